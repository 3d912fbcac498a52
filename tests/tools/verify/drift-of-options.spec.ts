import { expect } from "chai";
import { plan, type Plan } from "../../../tools/planner/plan";
import type { Verification } from "../../../tools/verify/verification";
import { project } from "../../support/plans";
import { atAws, driftReport, find, set, verifiedWith, type Bend } from "./bent";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

const verified = (bend: Bend): Verification => verifiedWith(planned, bend);

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const NAT = "aws:ec2/natGateway:NatGateway";

describe("drift of resource options and providers", () => {
  it("shows a removed deletion protection, and a resource with another parent", () => {
    const found = verified((files) => {
      delete find(files, "hub", "aws:ec2transitgateway/transitGateway:TransitGateway", "hub").protect;
      const nat = find(files, "dev", NAT, "dev-1");
      nat.parent = find(files, "dev", VPC, "dev").urn;
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
      set(find(files, "dev", "pulumi:providers:aws", "aws"), "allowedAccountIds", '["222222222222","999999999999"]'),
    );
    expect(driftReport(found).slice(1, 4)).to.deep.equal([
      `  dev: 1 differs; ${atAws(planned, "dev") - 1} resources as planned`,
      "    differs    pulumi.providers.aws aws",
      "                 allowedAccountIds: has 999999999999, which is not planned",
    ]);
  });

  it("shows an unplanned role of a provider, but not the provider's defaults", () => {
    const found = verified((files) => {
      const provider = find(files, "dev", "pulumi:providers:aws", "aws");
      set(provider, "skipRegionValidation", "true");
      set(provider, "assumeRoles", '[{"roleArn":"arn:aws:iam::999999999999:role/other"}]');
    });
    expect(found.drift[1]?.differing.map(({ properties }) => properties.map(({ path }) => path))).to.deep.equal([
      ["assumeRoles"],
    ]);
  });
});
