import { expect } from "chai";
import type { Changes } from "../../tools/planner/changes/changes";
import { plan } from "../../tools/planner/plan";
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
});
