import { expect } from "chai";
import type { PolicyDocument } from "../../../components/policy-document";
import { plan, type Plan } from "../../../tools/planner/plan";
import { evaluate, type IamRequest } from "../../support/iam";
import { project, stack } from "../../support/plans";
import { policyOf } from "../../support/policies";

const HUB = "111111111111";
const DEV = "222222222222";
const PROD = "444444444444";

const zone = (name: string): string => `\${aws:route53/zone:Zone::hub-${name}.arn}`;
const SHARED = zone("zone-piksel.internal");
const OWN = zone("zone-dev.piksel.internal");
const OTHER = zone("zone-prod.piksel.internal");
const ENDPOINT = zone("endpoint-api.ecr.ap-southeast-3.amazonaws.com");

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

const trust = (role: string): PolicyDocument =>
  policyOf(planned, "hub", `aws:iam/role:Role::${role}`, "assumeRolePolicy");
const permissions = (role: string): PolicyDocument =>
  policyOf(planned, "hub", `aws:iam/rolePolicy:RolePolicy::${role}`);

/** Whether a session of a role may do something. */
const may = (role: string, action: string, resource: string, context: IamRequest["context"] = {}): string =>
  evaluate(permissions(role), { principal: `arn:aws:iam::${HUB}:role/${role}`, action, resource, context });

const takes = (role: string, account: string, action = "sts:AssumeRole"): string =>
  evaluate(trust(role), {
    principal: `arn:aws:iam::${account}:root`,
    action,
    resource: role,
    context: { "aws:PrincipalAccount": account },
  });

// Review M5: one role for all spokes let dev's account authorise any VPC for prod's hosted zone.
describe("the roles of a spoke in the hub", () => {
  it("have names by which they are found, and one account each takes them", () => {
    const roles = stack(planned, "hub").resources.filter(
      ({ type, name }) => type === "aws:iam/role:Role" && name.startsWith("hub-spoke-"),
    );
    expect(roles.map(({ inputs }) => inputs["name"])).to.deep.equal(
      ["dev", "staging", "prod"].flatMap((spoke) => [
        `piksel-spoke-access-${spoke}`,
        `piksel-spoke-preview-${spoke}`,
        `piksel-dns-records-${spoke}`,
      ]),
    );
    for (const role of ["access", "preview", "records"]) {
      expect(takes(`hub-spoke-dev-${role}`, DEV)).to.equal("allowed");
      expect(takes(`hub-spoke-dev-${role}`, PROD)).to.equal("not allowed");
      expect(takes(`hub-spoke-dev-${role}`, HUB)).to.equal("not allowed");
    }
  });

  const vpc = { "route53:VPCs": ["VPCId=vpc-1,VPCRegion=ap-southeast-3"] };

  it("authorise VPCs for the zones that the spoke reads, and for no other spoke's", () => {
    for (const action of ["Create", "Delete"].map((verb) => `route53:${verb}VPCAssociationAuthorization`)) {
      for (const each of [SHARED, OWN, ENDPOINT]) {
        expect(may("hub-spoke-dev-access", action, each, vpc)).to.equal("allowed");
      }
      expect(may("hub-spoke-dev-access", action, OTHER, vpc)).to.equal("not allowed");
    }
    expect(may("hub-spoke-dev-access", "route53:ListVPCAssociationAuthorizations", OWN)).to.equal("allowed");
  });

  it("authorise no VPC of another Region, change no record and delete no zone", () => {
    const elsewhere = { "route53:VPCs": ["VPCId=vpc-1,VPCRegion=eu-west-1"] };
    const authorise = "route53:CreateVPCAssociationAuthorization";
    expect(may("hub-spoke-dev-access", authorise, OWN, elsewhere)).to.equal("not allowed");
    expect(may("hub-spoke-dev-access", "route53:ChangeResourceRecordSets", OWN)).to.equal("not allowed");
    expect(may("hub-spoke-dev-access", "route53:DeleteHostedZone", OWN)).to.equal("not allowed");
  });

  // Review M4: a preview took a role that authorises.
  it("let a preview read the authorizations, and change none", () => {
    expect(may("hub-spoke-dev-preview", "route53:ListVPCAssociationAuthorizations", OWN)).to.equal("allowed");
    expect(may("hub-spoke-dev-preview", "route53:ListVPCAssociationAuthorizations", OTHER)).to.equal("not allowed");
    for (const verb of ["Create", "Delete"]) {
      expect(may("hub-spoke-dev-preview", `route53:${verb}VPCAssociationAuthorization`, OWN, vpc)).to.equal(
        "not allowed",
      );
    }
  });

  // Review C4: each spoke owns NAME.DOMAIN, and no role could write records there.
  it("write records in the spoke's own zone, and in no other", () => {
    for (const action of ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"]) {
      expect(may("hub-spoke-dev-records", action, OWN)).to.equal("allowed");
      for (const each of [SHARED, OTHER, ENDPOINT]) {
        expect(may("hub-spoke-dev-records", action, each)).to.equal("not allowed");
      }
    }
    expect(may("hub-spoke-dev-records", "route53:ListHostedZones", "*")).to.equal("allowed");
    expect(may("hub-spoke-dev-records", "route53:DeleteHostedZone", OWN)).to.equal("not allowed");
  });

  it("are taken by pods across accounts, whose sessions EKS Pod Identity tags", () => {
    expect(takes("hub-spoke-dev-records", DEV, "sts:TagSession")).to.equal("allowed");
    expect(takes("hub-spoke-dev-access", DEV, "sts:TagSession")).to.equal("not allowed");
  });
});

describe("a spoke's provider for the hub's account", () => {
  const roleOf = async (access: string | undefined): Promise<unknown> => {
    if (access === undefined) delete process.env["PIKSEL_HUB_ACCESS"];
    else process.env["PIKSEL_HUB_ACCESS"] = access;
    try {
      const provider = stack(await plan(project), "dev").resources.find(
        ({ type, name }) => type === "pulumi:providers:aws" && name === "hub",
      );
      return JSON.parse(String(provider?.inputs["assumeRoles"]));
    } finally {
      delete process.env["PIKSEL_HUB_ACCESS"];
    }
  };
  const session = (role: string): object[] => [
    { roleArn: `arn:aws:iam::${HUB}:role/${role}`, sessionName: "piksel-dev" },
  ];

  it("takes the role that authorises, and the one that reads where the pipeline says that it only reads", async () => {
    expect(await roleOf(undefined)).to.deep.equal(session("piksel-spoke-access-dev"));
    expect(await roleOf("")).to.deep.equal(session("piksel-spoke-access-dev"));
    expect(await roleOf("read")).to.deep.equal(session("piksel-spoke-preview-dev"));
  });

  it("refuses another value, in a sentence", async () => {
    const error: unknown = await roleOf("write").catch((reason: unknown) => reason);
    expect(String(error)).to.contain(
      'The environment variable PIKSEL_HUB_ACCESS is "write": must be "read", or not set.',
    );
  });
});
