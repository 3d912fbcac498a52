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

/** `NAME STACK` of the promises that some stack breaks. */
const broken = ({ promises }: Verification): string[] =>
  promises.filter(({ holds }) => !holds).map(({ name, stack }) => `${name} ${stack}`);

/** Lines of the report on drift, without the counts. */
function driftLines(found: Verification): string[] {
  const report = verificationReport(found, { verbose: false }, plainPaint);
  const lines = report.slice(report.indexOf("Drift from the plan")).split("\n");
  return lines.filter((line) => !/^ {2}(hub|dev): /.test(line));
}

/** `TYPE NAME`, without the module of the type. */
const inShort = (resource: string): string => resource.replace(/^(?:aws:.*|pulumi:providers):([^:]+)::/, "$1 ");

/** What an update from release 0.1.0 to this program does, as the real engine did it. */
const UPDATE = [
  {
    stack: "hub",
    same: 66,
    missing: [
      "Topic hub-events",
      "EventRule hub-transit-events",
      "Role hub-spoke-dev-access",
      "Role hub-spoke-dev-preview",
      "Role hub-spoke-dev-records",
      "Bucket hub-logs-results",
      "TopicPolicy hub-events",
      "BucketVersioning hub-logs",
      "BucketOwnershipControls hub-logs-results",
      "BucketPublicAccessBlock hub-logs-results",
      "BucketServerSideEncryptionConfiguration hub-logs-results",
      "BucketLifecycleConfiguration hub-logs-results",
      "BucketObjectLockConfiguration hub-logs",
      "BucketPolicy hub-logs-results",
      "EventTarget hub-transit-events",
      "RolePolicy hub-spoke-dev-records",
      "RolePolicy hub-spoke-dev-access",
      "RolePolicy hub-spoke-dev-preview",
      "Parameter hub-deletion-guard",
    ],
    unplanned: ["Role hub-spoke-access", "RolePolicy hub-spoke-access"],
    differing: [
      "RegistryPolicy hub-cache",
      "RepositoryCreationTemplate hub-cache-ecr-public",
      "RepositoryCreationTemplate hub-cache-kubernetes",
      "RepositoryCreationTemplate hub-cache-quay",
      "RepositoryPolicy hub-images-piksel-core",
      "BucketLifecycleConfiguration hub-logs",
      "BucketPolicy hub-logs",
      "VpcEndpoint hub-s3",
      "VpcEndpoint hub-endpoint-ecr.api",
      "VpcEndpoint hub-endpoint-ecr.dkr",
      "NamedQuery hub-logs-nat-bytes-by-destination",
    ],
    // The bucket that results move to does not run yet.
    unknown: ["Workgroup hub-logs"],
    added: [],
    leftovers: [],
  },
  {
    stack: "dev",
    same: 41,
    missing: [
      "EventRule dev-transit-events",
      "Role dev-transit-events",
      "RolePolicy dev-transit-events",
      "EventTarget dev-transit-events",
      "Parameter dev-deletion-guard",
    ],
    unplanned: [],
    differing: [
      "VpcDhcpOptions dev",
      "aws hub",
      "Route dev-private-1-transit",
      "Route dev-private-2-transit",
      "VpcEndpoint dev-s3",
    ],
    unknown: [],
    added: [],
    leftovers: [],
  },
];

// The recording is of release 0.1.0: what today's program has beside it shows as drift, and what is mended as broken.
describe("a deployment of release 0.1.0 by the real engine, refreshed,", () => {
  let released: Verification;
  before(() => {
    released = verified(asDeployed());
  });

  it("breaks the promises that the release broke, and no other", () => {
    expect(broken(released)).to.deep.equal([
      "private-addresses-stay-inside dev",
      "wildcards-are-held hub",
      "data-and-access-are-guarded hub",
    ]);
    expect(isGood(released)).to.equal(false);
  });

  it("has drifted by what an update to this program creates, changes and deletes, and by nothing else", () => {
    expect(
      released.drift.map((each) => ({
        ...each,
        missing: each.missing.map(inShort),
        unplanned: each.unplanned.map(inShort),
        differing: each.differing.map(({ resource }) => inShort(resource)),
        unknown: each.unknown.map(({ resource }) => inShort(resource)),
      })),
    ).to.deep.equal(UPDATE);
  });

  describe("and changed in the console,", () => {
    let changed: Verification;
    before(() => {
      changed = verified(changedInTheConsole());
    });

    it("breaks these promises as well", () => {
      const old = broken(released);
      expect(broken(changed).filter((each) => !old.includes(each))).to.deep.equal([
        "spokes-reach-the-hub dev",
        "return-paths-are-symmetric hub",
        "shared-services-answer dev",
        "image-pulls-are-private dev",
        "names-resolve-alike dev",
        "internet-reaches-nothing hub",
        "internet-reaches-nothing dev",
        "hub-admits-the-address-space hub",
        "accounts-are-admitted dev",
      ]);
    });

    it("has drifted by all that was changed, and by nothing else", () => {
      const old = driftLines(released);
      expect(driftLines(changed).filter((line) => !old.includes(line))).to.deep.equal([
        "    differs    s3.BucketPublicAccessBlock hub-logs",
        "                 grave (access): blockPublicAcls: planned true, is false",
        "    added      ec2.SecurityGroup hub-endpoint",
        "                 grave (reach): 0.0.0.0/0, tcp 22",
        "    added      iam.Role hub-spoke-access",
        "                 grave (access): arn:aws:iam::aws:policy/AdministratorAccess",
        "                 grave (access): inline policy extra",
        "    missing    ec2.Route dev-private-2-transit",
        "    differs    ec2.Vpc dev",
        "                 grave (reach): enableDnsHostnames: planned true, is false",
        "    differs    ec2.Subnet dev-public-1",
        "                 tags.owner: is somebody, not planned",
        "    differs    ec2.Subnet dev-private-2",
        "                 tags.Name: planned dev-private-2, is other",
        "    differs    ec2.DefaultSecurityGroup dev",
        "                 grave (reach): ingress: has { cidrBlocks: 0.0.0.0/0; fromPort: 22; protocol: tcp; toPort: 22 },",
        "                   not planned",
        "                 grave (reach): routeTableIds: has rtb-293224f0560498203 (dev-public-1), not planned",
        "    added      ec2.RouteTable dev-private-1",
        "                 grave (reach): 10.3.0.0/16 → tgw-7f54a05d6244d99bb (hub)",
        "  added: put onto a resource of ours outside of Pulumi: pulumi up would leave it",
      ]);
    });
  });
});
