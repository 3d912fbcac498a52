import { expect } from "chai";
import type { Changes } from "../../tools/planner/changes/changes";
import { plan } from "../../tools/planner/plan";
import { ALL_ENDPOINTS, withCentralEgress } from "../support/egress";
import { changes, project, stack, withConfig } from "../support/plans";

const nothing: Changes = { create: [], update: [], replace: [], delete: [] };
const dev = (config: Record<string, string | number | boolean>) =>
  withConfig(project, "dev", { cluster: false, ...config });

const HALVES = ["dev-private-1", "dev-private-2"].flatMap((name) => [
  `aws:ec2/route:Route::${name}-egress-low`,
  `aws:ec2/route:Route::${name}-egress-high`,
]);
const ZONAL = [
  "aws:ec2/eip:Eip::dev-1",
  "aws:ec2/natGateway:NatGateway::dev-1",
  "aws:ec2/route:Route::dev-private-1",
  "aws:ec2/route:Route::dev-private-2",
];
const REGIONAL = [
  "piksel:network:RegionalNat::dev",
  "aws:ec2/eip:Eip::dev-regional-1",
  "aws:ec2/eip:Eip::dev-regional-2",
  "aws:ec2/natGateway:NatGateway::dev-regional",
  "piksel:network:EgressRoutes::dev",
  ...HALVES,
];

function sorted({ create, update, replace, delete: deleted }: Changes): Changes {
  return { create: [...create].sort(), update, replace, delete: [...deleted].sort() };
}

describe("egress", () => {
  it("regional is a NAT gateway with an address per AZ and half routes, instead of the zonal one", async () => {
    const { dev: found, ...others } = await changes(dev({}), dev({ egress: "regional" }));
    expect(sorted(found ?? nothing)).to.deep.equal({
      ...nothing,
      create: [...REGIONAL].sort(),
      delete: [...ZONAL].sort(),
    });
    expect(others).to.deep.equal({ hub: nothing, staging: nothing, prod: nothing });
  });

  it("none takes the NAT gateway away, and nothing else", async () => {
    const { dev: found } = await changes(dev({}), dev({ egress: "none" }));
    expect(sorted(found ?? nothing)).to.deep.equal({ ...nothing, delete: [...ZONAL].sort() });
  });

  it("hub is refused, in a sentence, while the hub has no NAT gateways", async () => {
    const error: unknown = await plan(dev({ egress: "hub" })).catch((reason: unknown) => reason);
    expect(String(error)).to.contain(
      'egress of dev is "hub", but the hub has no NAT gateways for spokes: ' +
        "set egress to zonal, regional or none, or central-egress of the hub to true and update the hub first",
    );
  });

  it("regional has the inputs that AWS requires of manual mode", async () => {
    const planned = stack(await plan(dev({ egress: "regional" })), "dev").resources;
    const nat = planned.find(({ name }) => name === "dev-regional");
    expect(nat?.inputs).to.deep.include({
      availabilityMode: "regional",
      connectivityType: "public",
      vpcId: "${aws:ec2/vpc:Vpc::dev}",
      availabilityZoneAddresses: [1, 2].map((zone) => ({
        availabilityZone: `ap-southeast-3${zone === 1 ? "a" : "b"}`,
        allocationIds: [`\${aws:ec2/eip:Eip::dev-regional-${String(zone)}}`],
      })),
    });
  });

  it("regional adds an AZ in place", async () => {
    const { dev: found } = await changes(dev({ egress: "regional" }), dev({ egress: "regional", "az-count": 3 }));
    expect(found?.replace).to.deep.equal([]);
    expect(found?.delete).to.deep.equal([]);
    expect(found?.update.map(({ name }) => name)).to.include("aws:ec2/natGateway:NatGateway::dev-regional");
  });

  for (const [egress, target, addresses] of [
    [
      "regional",
      { natGatewayId: "${aws:ec2/natGateway:NatGateway::dev-regional}" },
      [1, 2].map((zone) => `\${aws:ec2/eip:Eip::dev-regional-${String(zone)}.publicIp}`),
    ],
    [
      "hub",
      { transitGatewayId: "${aws:ec2transitgateway/transitGateway:TransitGateway::hub}" },
      [1, 2, 3].map((zone) => `\${aws:ec2/eip:Eip::hub-egress-${String(zone)}.publicIp}`),
    ],
  ] as const) {
    it(`${egress} routes each half of all addresses, and tells the public addresses`, async () => {
      const planned = stack(
        await plan(withConfig(withCentralEgress(project), "dev", { cluster: false, egress })),
        "dev",
      );
      const routes = planned.resources.filter(({ name }) => name.includes("-egress-"));
      expect(routes.map(({ name, inputs }) => [name, inputs])).to.deep.equal(
        [1, 2].flatMap((zone) =>
          (
            [
              ["low", "0.0.0.0/1"],
              ["high", "128.0.0.0/1"],
            ] as const
          ).map(([half, destinationCidrBlock]) => {
            const table = `dev-private-${String(zone)}`;
            return [
              `${table}-egress-${half}`,
              { routeTableId: `\${aws:ec2/routeTable:RouteTable::${table}}`, destinationCidrBlock, ...target },
            ];
          }),
        ),
      );
      expect(planned.outputs["egressAddresses"]).to.deep.equal(addresses);
    });
  }

  it("zonal and none tell no addresses", async () => {
    for (const egress of ["zonal", "none"]) {
      expect(stack(await plan(dev({ egress })), "dev").outputs).not.to.have.property("egressAddresses");
    }
  });

  describe("with a cluster", () => {
    const withCluster = (egress: string, more: object = {}) =>
      withConfig(withCentralEgress(project), "dev", { egress, ...more });

    for (const egress of ["regional", "hub"]) {
      it(`${egress} changes nothing of the cluster and its platform`, async () => {
        const found = await changes(withCluster("zonal"), withCluster(egress));
        const alone = await changes(withCluster("zonal", { cluster: false }), withCluster(egress, { cluster: false }));
        expect(found["dev"]).to.deep.include({
          create: alone["dev"]?.create,
          delete: alone["dev"]?.delete,
          replace: [],
        });
        expect(found["dev"]?.update).to.deep.equal([]);
      });
    }

    it("none is refused, in a sentence, without the endpoints that it needs", async () => {
      const config = { egress: "none" };
      const error: unknown = await plan(withConfig(project, "dev", config)).catch((reason: unknown) => reason);
      expect(String(error)).to.contain(
        "cluster of dev: egress is none, so the cluster needs an endpoint for every service that it calls, and the hub has " +
          "none for ec2, eks, eks-auth, sts, sqs, elasticloadbalancing, ssm, ssmmessages, ec2messages, logs; add them to " +
          "shared-endpoints of the hub and update the hub first, or choose another egress",
      );
    });

    it("none needs fewer endpoints with EKS Auto Mode", async () => {
      const endpoints = ALL_ENDPOINTS.filter((name) => !["sqs", "elasticloadbalancing"].includes(name));
      const hub = withConfig(project, "hub", { "shared-endpoints": endpoints });
      const auto = withConfig(hub, "dev", { egress: "none", "node-autoscaling": "auto" });
      expect(stack(await plan(auto), "dev").resources.some(({ name }) => name === "dev-eksCluster")).to.equal(true);
    });

    it("none tells the platform, which tells Karpenter", async () => {
      const isolated = stack(await plan(withCluster("none")), "dev");
      expect(isolated.outputs["platform"]).to.deep.include({ isolated: true });
      expect(JSON.stringify(isolated.platform?.resources)).to.contain('"isolatedVPC":true');
      const connected = stack(await plan(withCluster("regional")), "dev");
      expect(connected.outputs["platform"]).not.to.have.property("isolated");
      expect(JSON.stringify(connected.platform?.resources)).not.to.contain("isolatedVPC");
    });
  });
});
