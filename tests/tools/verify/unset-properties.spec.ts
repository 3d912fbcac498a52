import { expect } from "chai";
import { plan, type Plan } from "../../../tools/planner/plan";
import type { Verification } from "../../../tools/verify/verification";
import { project } from "../../support/plans";
import { findResource, setOutput } from "./support/exports";
import { type Edit, verifyEdited } from "./support/verify";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

/** Sets an output only, as a refresh does with a property that the program does not set. */
const observed =
  (stack: string, type: string, name: string, property: string, value: unknown): Edit =>
  (files) =>
    setOutput(findResource(files, stack, type, name), property, value);

const BUCKET = "aws:s3/bucket:Bucket";
const ADDON = "aws:eks/addon:Addon";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const ALL_USERS = {
  ...{ id: "", type: "Group", permissions: ["READ"] },
  uri: "http://acs.amazonaws.com/groups/global/AllUsers",
};
const REPLICATION = {
  role: "arn:aws:iam::999999999999:role/replication",
  rules: [{ id: "all", status: "Enabled", destination: { bucket: "arn:aws:s3:::somebody" } }],
};

/** Failed checks and critical drift. */
const findings = ({ checks, drift }: Verification): readonly string[] => [
  ...checks.filter(({ passed }) => !passed).map(({ name, stack }) => `broken ${name} ${stack}`),
  ...drift.flatMap(({ differing, added }) => [
    ...differing.flatMap(({ properties }) => properties.map(({ path, concern }) => `${concern}: ${path}`)),
    ...added.map(({ words, concern }) => `${concern}: ${words}`),
  ]),
];

// Review H2: each of these left the report as it was.
const GUARD = "broken data-and-access-are-protected hub";

describe("an unset property with a value after a refresh", () => {
  for (const [what, edit, expected] of [
    [
      "an archive that everybody may list",
      observed("hub", BUCKET, "hub-logs", "grants", [ALL_USERS]),
      [GUARD, "access: grants"],
    ],
    ["a public ACL of the archive", observed("hub", BUCKET, "hub-logs", "acl", "public-read"), [GUARD, "access: acl"]],
    [
      "an archive that is copied to another bucket",
      observed("hub", BUCKET, "hub-logs", "replicationConfiguration", REPLICATION),
      [
        "broken only-known-accounts-have-access hub",
        GUARD,
        "access: replicationConfiguration.role",
        "access: replicationConfiguration.rules",
      ],
    ],
    [
      "an unknown VPC on a hosted zone",
      (files: Parameters<Edit>[0]) => {
        const ours = ["hub", "dev"].map((stack) => findResource(files, stack, "aws:ec2/vpc:Vpc", stack).id);
        const vpcs = [...ours, "vpc-0bad"].map((vpcId) => ({ vpcId, vpcRegion: "ap-southeast-3" }));
        observed("hub", "aws:route53/zone:Zone", "hub-zone-piksel.internal", "vpcs", vpcs)(files);
      },
      ["broken paths-are-fully-modeled hub", "reach: vpc-0bad, which is not in an exported stack"],
    ],
    [
      "an IPv6 block of the VPC",
      observed("dev", "aws:ec2/vpc:Vpc", "dev", "ipv6CidrBlock", "2600:1f1a::/56"),
      ["broken paths-are-fully-modeled dev", "reach: ipv6CidrBlock"],
    ],
    [
      "a VPN gateway that propagates into a private table",
      observed("dev", "aws:ec2/routeTable:RouteTable", "dev-private-1", "propagatingVgws", ["vgw-0bad"]),
      ["broken paths-are-fully-modeled dev", "reach: propagatingVgws"],
    ],
    [
      "a launch template that assigns public addresses",
      observed("dev", "aws:ec2/launchTemplate:LaunchTemplate", "dev-system-1", "networkInterfaces", [
        { associatePublicIpAddress: "true" },
      ]),
      ["broken not-reachable-from-the-internet dev", "reach: networkInterfaces"],
    ],
  ] as const) {
    it(`is reported as critical: ${what}`, () => {
      expect(findings(verifyEdited(planned, edit))).to.deep.equal(expected);
    });
  }

  it("is reported as missing if AWS no longer has it, whatever the inputs", () => {
    const found = verifyEdited(planned, (files) => {
      const block = findResource(files, "hub", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "hub-logs");
      delete block.outputs?.["restrictPublicBuckets"];
    });
    expect(found.drift[0]?.differing.map(({ properties }) => properties)).to.deep.equal([
      [{ path: "restrictPublicBuckets", planned: true, concern: "access" }],
    ]);
  });

  it("is included in the checks, as for a subnet that assigns public addresses", () => {
    const gives = (value: boolean) =>
      findings(
        verifyEdited(planned, observed("dev", "aws:ec2/subnet:Subnet", "dev-private-1", "mapPublicIpOnLaunch", value)),
      );
    expect(gives(false)).to.deep.equal([]);
    expect(gives(true)).to.deep.equal(["broken private-subnets-are-private dev", "reach: mapPublicIpOnLaunch"]);
  });

  it("is reported for an add-on in a namespace that is neither kube-system nor its own", () => {
    const elsewhere = observed("dev", ADDON, "dev-external-dns", "namespaceConfig", { namespace: "coredns" });
    expect(findings(verifyEdited(planned, elsewhere))).to.deep.equal(["other: namespaceConfig"]);
  });

  it("is not reported for the defaults of every account", () => {
    const found = verifyEdited(planned, (files) => {
      observed("hub", BUCKET, "hub-logs", "grants", [
        { id: "75aa57", type: "CanonicalUser", permissions: ["FULL_CONTROL"], uri: "" },
      ])(files);
      observed("dev", "aws:ec2/vpc:Vpc", "dev", "enableDnsSupport", true)(files);
      observed("dev", "aws:ec2/vpc:Vpc", "dev", "instanceTenancy", "default")(files);
      observed("dev", "aws:iam/role:Role", "dev-node", "maxSessionDuration", 3600)(files);
      observed("dev", ADDON, "dev-coredns", "namespaceConfig", { namespace: "kube-system" })(files);
      observed("dev", ADDON, "dev-external-dns", "namespaceConfig", { namespace: "external-dns" })(files);
      observed("dev", ASSOCIATION, "dev-external-dns", "externalId", "a1b2c3d4")(files);
      const vpc = findResource(files, "dev", "aws:ec2/vpc:Vpc", "dev");
      vpc.outputs = { ...vpc.outputs, mainRouteTableId: vpc.outputs?.["defaultRouteTableId"] };
    });
    expect(findings(found)).to.deep.equal([]);
  });
});
