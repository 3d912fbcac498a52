import { expect } from "chai";
import { plan, type Plan } from "../../../tools/planner/plan";
import type { Verification } from "../../../tools/verify/verification";
import { project } from "../../support/plans";
import { addResource, findResource, removeResource, setOutput, setProperty } from "./support/exports";
import { countInAws, driftReport, type Edit, verifyEdited } from "./support/verify";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

const verified = (edit: Edit): Verification => verifyEdited(planned, edit);

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const NAT = "aws:ec2/natGateway:NatGateway";
const ZONE = "aws:route53/zone:Zone";
const ROUTE = "aws:ec2/route:Route";
/** The lines of the hub and dev if they have no drift. */
const none = (): string[] =>
  ["hub", "dev"].map((name) => `  ${name}: no drift; ${countInAws(planned, name)} resources as planned`);
/** The number of a stack's resources as planned, if some have drift. */
const others = (stack: string, drifted = 0): string => `${countInAws(planned, stack) - drifted} resources as planned`;

describe("drift from the plan", () => {
  it("is empty if everything is deployed as planned", () => {
    expect(driftReport(verified(() => undefined))).to.deep.equal(none());
  });

  it("shows a property that differs, with both values", () => {
    const found = verified((files) =>
      setProperty(findResource(files, "dev", SUBNET, "dev-private-1"), "cidrBlock", "10.1.0.0/19"),
    );
    expect(driftReport(found)).to.deep.equal([
      none()[0],
      `  dev: 1 differs; ${others("dev", 1)}`,
      "    differs    ec2.Subnet dev-private-1",
      "                 critical (reach): cidrBlock: planned 10.1.0.0/18, is 10.1.0.0/19",
      "",
      "  differs: deployed with other properties than planned; pulumi up would update or replace it",
      "  critical: affects reachability, access, encryption or logs",
    ]);
  });

  it("shows AWS's value instead of the one that was set", () => {
    const found = verified((files) => {
      setOutput(findResource(files, "dev", VPC, "dev"), "enableDnsHostnames", false);
    });
    expect(found.drift[1]?.differing).to.deep.equal([
      {
        resource: `${VPC}::dev`,
        properties: [{ path: "enableDnsHostnames", planned: true, running: false, concern: "reach" }],
      },
    ]);
  });

  it("shows unplanned values, but none that AWS or the provider sets", () => {
    const found = verified((files) => {
      const nat = findResource(files, "dev", NAT, "dev-1");
      setProperty(nat, "connectivityType", "private");
      setProperty(nat, "availabilityMode", "zonal");
      setProperty(nat, "tagsAll", { Name: "dev-1", Owner: "somebody" });
      setProperty(nat, "publicIp", "203.0.113.9");
    });
    expect(found.drift[1]?.differing).to.deep.equal([
      {
        resource: `${NAT}::dev-1`,
        properties: [{ path: "connectivityType", running: "private", concern: "reach" }],
      },
    ]);
  });

  it("shows an unplanned tag, even on a resource without tags", () => {
    const found = verified((files) => {
      const options = findResource(files, "dev", "aws:ec2/vpcDhcpOptions:VpcDhcpOptions", "dev");
      setOutput(options, "tags", { owner: "somebody" });
    });
    expect(found.drift[1]?.differing.map(({ properties }) => properties)).to.deep.equal([
      [{ path: "tags.owner", running: "somebody", concern: "other" }],
    ]);
  });

  it("ignores what the program ignores, if a stack created it", () => {
    const found = verified((files) => {
      const vpcs = ["hub", "dev"].map((stack) => ({ vpcId: findResource(files, stack, VPC, stack).id }));
      setProperty(findResource(files, "hub", ZONE, "hub-zone-piksel.internal"), "vpcs", vpcs);
    });
    expect(driftReport(found)).to.deep.equal(none());
  });

  // This includes the VPC of a stack without an export.
  it("shows a VPC that no exported stack has associated with a hosted zone", () => {
    const found = verified((files) =>
      setProperty(findResource(files, "hub", ZONE, "hub-zone-piksel.internal"), "vpcs", [{ vpcId: "vpc-1" }]),
    );
    expect(driftReport(found).slice(0, 3)).to.deep.equal([
      `  hub: 1 with additions; ${others("hub")}`,
      "    added      route53.Zone hub-zone-piksel.internal",
      "                 critical (reach): vpc-1, which is not in an exported stack",
    ]);
  });

  it("shows what is missing, and does not compare what refers to it", () => {
    const found = verified((files) => removeResource(files, "dev", findResource(files, "dev", NAT, "dev-1")));
    expect(driftReport(found)).to.deep.equal([
      none()[0],
      `  dev: 1 missing; ${others("dev", 1)}`,
      "    missing    ec2.NatGateway dev-1",
      "",
      "  missing: planned but not deployed; pulumi up would create it",
      "",
      "  2 values cannot be compared; --verbose lists them",
    ]);
    expect(driftReport(found, true).slice(-3)).to.deep.equal([
      "  2 values cannot be compared:",
      "    dev ec2.Route dev-private-1 natGatewayId",
      "    dev ec2.Route dev-private-2 natGatewayId",
    ]);
  });

  it("shows what is deployed but not planned", () => {
    const found = verified((files) => {
      const eip = findResource(files, "dev", "aws:ec2/eip:Eip", "dev-1");
      addResource(files, "dev", {
        ...eip,
        urn: eip.urn.replace(/dev-1$/, "dev-bastion"),
        id: "eipalloc-1",
      });
    });
    expect(driftReport(found).slice(1)).to.deep.equal([
      `  dev: 1 unplanned; ${others("dev")}`,
      "    unplanned  ec2.Eip dev-bastion",
      "",
      "  unplanned: deployed but not planned; pulumi up would delete it",
    ]);
  });

  it("shows, of two resources with one name, the one with the wrong parent", () => {
    const found = verified((files) => {
      const nat = findResource(files, "dev", NAT, "dev-1");
      const moved = {
        ...nat,
        urn: `urn:pulumi:dev::piksel-network::${NAT}::dev-1`,
        parent: findResource(files, "dev", VPC, "dev").urn,
        id: "nat-2",
      };
      addResource(files, "dev", moved, 0);
    });
    expect(found.drift[1]?.unplanned).to.deep.equal([`${NAT}::dev-1`]);
    expect(found.drift[1]?.differing).to.deep.equal([]);
  });

  it("shows resources pending deletion, which the checks exclude", () => {
    const found = verified((files) => {
      const subnet = findResource(files, "dev", SUBNET, "dev-private-1");
      const old = {
        ...subnet,
        id: "subnet-old",
        delete: true,
        inputs: { ...subnet.inputs, mapPublicIpOnLaunch: true },
      };
      addResource(files, "dev", old);
    });
    expect(found.checks.filter(({ passed }) => !passed)).to.deep.equal([]);
    expect(driftReport(found).slice(1)).to.deep.equal([
      `  dev: 1 left over; ${others("dev")}`,
      "    leftover   ec2.Subnet dev-private-1",
      "                 subnet-old",
      "",
      "  leftover: replaced or removed by an update, but still in AWS; pulumi up would delete it",
    ]);
  });

  it("shows references to a resource that was recreated, in its own stack and in a spoke", () => {
    const found = verified((files) => {
      findResource(files, "dev", SUBNET, "dev-transit-1").id = "subnet-0a1b2c3d";
      findResource(files, "hub", "aws:ec2transitgateway/transitGateway:TransitGateway", "hub").id = "tgw-0a1b2c3d";
    });
    const [hub, dev] = found.drift.map(({ differing }) =>
      differing.map(({ resource, properties }) => [
        resource.split(":").slice(-3).join(":"),
        properties.map(({ path }) => path),
      ]),
    );
    expect(hub?.map(([resource]) => resource)).to.deep.include("VpcAttachment::hub");
    expect(dev).to.deep.equal([
      ["RouteTableAssociation::dev-transit-1", ["subnetId"]],
      ["VpcAttachment::dev", ["subnetIds[0]", "transitGatewayId"]],
      ["Route::dev-private-1-transit", ["transitGatewayId"]],
      ["Route::dev-private-2-transit", ["transitGatewayId"]],
    ]);
  });

  it("neither compares nor shows a secret", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"swordfish"' };
    const found = verified((files) =>
      setProperty(findResource(files, "dev", SUBNET, "dev-private-1"), "cidrBlock", secret),
    );
    expect(found.drift[1]?.differing).to.deep.equal([]);
    expect(found.drift[1]?.unknown).to.deep.equal([{ resource: `${SUBNET}::dev-private-1`, path: "cidrBlock" }]);
    expect(JSON.stringify([found, driftReport(found, true)])).not.to.contain("swordfish");
  });

  it("fails no check if a network is missing", () => {
    const { checks, skipped } = verified(() => undefined);
    expect(checks.filter(({ passed }) => !passed)).to.deep.equal([]);
    expect(skipped).to.deep.equal(["staging", "prod"]);
  });

  it("is reported in plan order, whatever the order of creation", () => {
    const edit: Edit = (files) => {
      for (const zone of ["1", "2"])
        setProperty(findResource(files, "dev", ROUTE, `dev-private-${zone}`), "natGatewayId", "nat-1");
    };
    const reversed = verified((files) => {
      edit(files);
      files["dev"]?.deployment.resources?.reverse();
    });
    expect(reversed).to.deep.equal(verified(edit));
  });
});

describe("drift of resource options and providers", () => {
  it("shows a removed deletion protection, and a resource with another parent", () => {
    const found = verified((files) => {
      delete findResource(files, "hub", "aws:ec2transitgateway/transitGateway:TransitGateway", "hub").protect;
      const nat = findResource(files, "dev", NAT, "dev-1");
      nat.parent = findResource(files, "dev", VPC, "dev").urn;
    });
    expect(found.drift.map(({ differing }) => differing)).to.deep.equal([
      [
        {
          resource: "aws:ec2transitgateway/transitGateway:TransitGateway::hub",
          properties: [{ path: "protect", planned: true, running: false, concern: "other" }],
        },
      ],
      [
        {
          resource: `${NAT}::dev-1`,
          properties: [
            { path: "parent", planned: `${SUBNET}::dev-public-1`, running: `${VPC}::dev`, concern: "other" },
          ],
        },
      ],
    ]);
  });

  it("shows an additional account that the stack's provider allows", () => {
    const found = verified((files) =>
      setProperty(
        findResource(files, "dev", "pulumi:providers:aws", "aws"),
        "allowedAccountIds",
        '["222222222222","999999999999"]',
      ),
    );
    expect(driftReport(found).slice(1, 4)).to.deep.equal([
      `  dev: 1 differs; ${countInAws(planned, "dev") - 1} resources as planned`,
      "    differs    pulumi.providers.aws aws",
      "                 allowedAccountIds: has 999999999999, which is not planned",
    ]);
  });

  it("shows an unplanned role of a provider, but not the provider's defaults", () => {
    const found = verified((files) => {
      const provider = findResource(files, "dev", "pulumi:providers:aws", "aws");
      setProperty(provider, "skipRegionValidation", "true");
      setProperty(provider, "assumeRoles", '[{"roleArn":"arn:aws:iam::999999999999:role/other"}]');
    });
    expect(found.drift[1]?.differing.map(({ properties }) => properties.map(({ path }) => path))).to.deep.equal([
      ["assumeRoles"],
    ]);
  });
});
