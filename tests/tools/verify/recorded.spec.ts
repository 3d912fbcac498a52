import { expect } from "chai";
import { plainPaint } from "../../../tools/io/terminal";
import { plan, type Plan } from "../../../tools/planner/plan";
import { zoneNamesIn } from "../../../tools/verify/exports/export";
import { readExports } from "../../../tools/verify/exports/read";
import { isGood, type Verification } from "../../../tools/verify/verification";
import { verificationReport } from "../../../tools/verify/verify";
import { withConfig } from "../../support/plans";
import { type ExportFiles, findResource } from "./support/exports";
import { asDeployed, changedInTheConsole, recordedProject } from "./support/recorded";
import { countInAws, verifyExports } from "./support/verify";

let planned: Plan;
before(async () => {
  planned = await plan(recordedProject);
});

/** AZ IDs of dev. */
const IDS = ["apse3-az1", "apse3-az2"];

const verified = (files: ExportFiles): Verification => verifyExports(files, planned, recordedProject);

describe("a deployment by the real engine, refreshed,", () => {
  it("passes every check, and has no drift", () => {
    const found = verified(asDeployed());
    expect(found.checks.filter(({ passed }) => !passed)).to.deep.equal([]);
    expect(found.drift).to.deep.equal(
      ["hub", "dev"].map((stack) => ({
        ...{ stack, same: countInAws(planned, stack) },
        ...{ missing: [], unplanned: [], differing: [], added: [], leftovers: [] },
        // The provider marks every parameter's value as a secret.
        unknown: [{ resource: `aws:ssm/parameter:Parameter::${stack}-deletion-guard`, path: "value" }],
      })),
    );
    expect(isGood(found)).to.equal(true);
  });

  it("has no drift from a configuration with the AZ IDs of its AZs, whose names are in the exports", async () => {
    const byId = withConfig(recordedProject, "dev", { "availability-zones": IDS });
    const texts = Object.entries(asDeployed()).map(([name, file]) => ({ name, text: JSON.stringify(file) }));
    const zoneNames = zoneNamesIn(readExports(texts, byId));
    expect(Object.keys(zoneNames["dev"] ?? {})).to.have.members(IDS);
    const found = verifyExports(asDeployed(), await plan(byId, { zoneNames }), byId);
    expect(isGood(found)).to.equal(true);
    const reversed = withConfig(recordedProject, "dev", { "availability-zones": [...IDS].reverse() });
    const other = verifyExports(asDeployed(), await plan(reversed, { zoneNames }), reversed);
    expect(isGood(other)).to.equal(false);
  });

  describe("and changed in the console,", () => {
    it("fails these checks", () => {
      const found = verified(changedInTheConsole());
      expect(isGood(found)).to.equal(false);
      const broken = found.checks.filter(({ passed }) => !passed).map(({ name, stack }) => `${name} ${stack}`);
      expect(broken).to.deep.equal([
        "spokes-reach-the-hub dev",
        "return-paths-are-symmetric hub",
        "private-traffic-avoids-nat dev",
        "shared-endpoints-are-reachable dev",
        "image-pulls-are-private dev",
        "names-resolve-consistently dev",
        "not-reachable-from-the-internet hub",
        "not-reachable-from-the-internet dev",
        "hub-admits-the-address-space hub",
        "only-known-accounts-have-access dev",
        "wildcards-are-allowlisted hub",
        "data-and-access-are-protected hub",
      ]);
    });

    it("reports exactly what was changed", () => {
      const { hub, dev } = asDeployed();
      const table = findResource({ dev }, "dev", "aws:ec2/routeTable:RouteTable", "dev-public-1").id!;
      const gateway = findResource({ hub }, "hub", "aws:ec2transitgateway/transitGateway:TransitGateway", "hub").id!;
      const report = verificationReport(verified(changedInTheConsole()), { verbose: false }, plainPaint);
      expect(report.slice(report.indexOf("Drift from the plan")).split("\n")).to.deep.equal([
        "Drift from the plan",
        `  hub: 1 differs, 2 with additions; ${countInAws(planned, "hub") - 1} resources as planned`,
        "    differs    s3.BucketPublicAccessBlock hub-logs",
        "                 critical (access): blockPublicAcls: planned true, is false",
        "    added      iam.Role hub-spoke-dev-access",
        "                 critical (access): arn:aws:iam::aws:policy/AdministratorAccess",
        "                 critical (access): inline policy extra",
        "    added      ec2.SecurityGroup hub-endpoint",
        "                 critical (reach): tcp 22 from 0.0.0.0/0",
        `  dev: 1 missing, 5 differ, 1 with additions; ${countInAws(planned, "dev") - 6} resources as planned`,
        "    missing    ec2.Route dev-private-2-transit",
        "    differs    ec2.Vpc dev",
        "                 critical (reach): enableDnsHostnames: planned true, is false",
        "    differs    ec2.Subnet dev-public-1",
        "                 tags.owner: is somebody, which is not planned",
        "    differs    ec2.Subnet dev-private-2",
        "                 tags.Name: planned dev-private-2, is other",
        "    differs    ec2.DefaultSecurityGroup dev",
        "                 critical (reach): ingress: has { cidrBlocks: 0.0.0.0/0; fromPort: 22; protocol: tcp; toPort: 22 },",
        "                   which is not planned",
        "    differs    ec2.VpcEndpoint dev-s3",
        '                 critical (access): policy.Statement[2].Condition.StringEquals["aws:ResourceAccount"]: has 999999999999,',
        "                   which is not planned",
        `                 critical (reach): routeTableIds: has ${table} (dev-public-1),`,
        "                   which is not planned",
        "    added      ec2.RouteTable dev-private-1",
        `                 critical (reach): 10.3.0.0/16 → ${gateway} (hub)`,
        "",
        "  missing: planned but not deployed; pulumi up would create it",
        "  differs: deployed with other properties than planned; pulumi up would update or replace it",
        "  added: added to the resource outside Pulumi; pulumi up would not remove it",
        "  critical: affects reachability, access, encryption or logs",
        "",
        "  2 values cannot be compared; --verbose lists them",
        "",
      ]);
    });
  });
});
