import { expect } from "chai";
import { plan, type Plan } from "../../plan/plan";
import { plainPaint } from "../../plan/report/paint";
import { readExports } from "../../verify/exports/together";
import { verificationReport } from "../../verify/report/report";
import { isGood, verification, type Verification } from "../../verify/verification";
import { asDeployed, changedInTheConsole, recordedProject } from "./recorded";
import type { Export } from "./running";

let planned: Plan;
before(async () => {
  planned = await plan(recordedProject);
});

function verified(files: Record<string, Export>): Verification {
  const texts = Object.entries(files).map(([name, file]) => ({ name, text: JSON.stringify(file) }));
  return verification(readExports(texts, recordedProject), planned);
}

describe("a deployment by the real engine, refreshed,", () => {
  it("keeps every promise, and has not drifted", () => {
    const found = verified(asDeployed());
    expect(found.promises.filter(({ holds }) => !holds)).to.deep.equal([]);
    expect(found.drift.map((each) => ({ ...each, same: 0 }))).to.deep.equal(
      ["hub", "dev"].map((stack) => ({
        ...{ stack, same: 0, missing: [], unplanned: [], differing: [], added: [], leftovers: [], unknown: [] },
      })),
    );
    expect(found.drift.map(({ same }) => same)).to.deep.equal([79, 46]);
    expect(isGood(found)).to.equal(true);
  });

  describe("and changed in the console,", () => {
    it("breaks these promises", () => {
      const found = verified(changedInTheConsole());
      expect(isGood(found)).to.equal(false);
      const broken = found.promises.filter(({ holds }) => !holds).map(({ name, stack }) => `${name} ${stack}`);
      expect(broken).to.deep.equal([
        "spokes-reach-the-hub dev",
        "return-paths-are-symmetric hub",
        "private-addresses-stay-inside dev",
        "shared-services-answer dev",
        "image-pulls-are-private dev",
        "names-resolve-alike dev",
        "internet-reaches-nothing hub",
        "internet-reaches-nothing dev",
        "hub-admits-the-address-space hub",
        "accounts-are-admitted dev",
        "wildcards-are-held hub",
      ]);
    });

    it("tells all that was changed, and nothing else", () => {
      const report = verificationReport(verified(changedInTheConsole()), { verbose: false }, plainPaint);
      expect(report.slice(report.indexOf("Drift from the plan")).split("\n")).to.deep.equal([
        "Drift from the plan",
        "  hub: 1 differs, 2 added to; 78 resources run as planned",
        "    differs    s3.BucketPublicAccessBlock hub-logs",
        "                 blockPublicAcls: planned true, is false",
        "    added      iam.Role hub-spoke-access",
        "                 arn:aws:iam::aws:policy/AdministratorAccess",
        "                 inline policy extra",
        "    added      ec2.SecurityGroup hub-endpoint",
        "                 0.0.0.0/0, tcp 22",
        "  dev: 1 missing, 5 differ, 1 added to; 40 resources run as planned",
        "    missing    ec2.Route dev-private-2-transit",
        "    differs    ec2.Vpc dev",
        "                 enableDnsHostnames: planned true, is false",
        "    differs    ec2.Subnet dev-public-1",
        "                 tags.owner: is somebody, not planned",
        "    differs    ec2.Subnet dev-private-2",
        "                 tags.Name: planned dev-private-2, is other",
        "    differs    ec2.DefaultSecurityGroup dev",
        "                 ingress: has { cidrBlocks: 0.0.0.0/0; fromPort: 22; protocol: tcp; toPort: 22 },",
        "                   not planned",
        "    differs    ec2.VpcEndpoint dev-s3",
        '                 policy.Statement[1].Condition.StringEquals["aws:ResourceAccount"]: has 999999999999,',
        "                   not planned",
        "                 routeTableIds: has rtb-293224f0560498203 (dev-public-1), not planned",
        "    added      ec2.RouteTable dev-private-1",
        "                 10.3.0.0/16 → tgw-7f54a05d6244d99bb (hub)",
        "",
        "  missing: planned, and does not run: pulumi up would create it",
        "  differs: runs otherwise than planned: pulumi up would change or replace it",
        "  added: put onto a resource of ours outside of Pulumi: pulumi up would leave it",
        "",
      ]);
    });
  });
});
