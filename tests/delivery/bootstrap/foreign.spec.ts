import { expect } from "chai";
import { deploymentPolicies, type Deployment } from "../../../delivery/bootstrap/deployment-policy";
import { authorization, ec2Arn, tagged, type Tags } from "./authorization";
import { asking } from "./requests";
import { dev, hub, REGION, tagsOf } from "./scopes";

/** Tags of somebody else's resources: none, or a name and a project of their own. */
const FOREIGN: Readonly<Record<string, Tags>> = { untagged: {}, named: { Name: "payroll", Project: "payroll" } };

const actionsOf = (deployment: Deployment): string[] => [
  ...new Set(
    deploymentPolicies(deployment)
      .flatMap(({ Statement }) => Statement)
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action }) => [Action].flat()),
  ),
];

/** Changes that the deployment role may make to what is found in EC2, by kind: `ACTION KIND`. */
function ec2Allowed(deployment: Deployment, tags: Tags): string[] {
  const may = asking(deploymentPolicies(deployment));
  return actionsOf(deployment)
    .filter((action) => action.startsWith("ec2:") && !/:(Describe|Get|Search)/.test(action))
    .flatMap((action) =>
      (authorization(action).found ?? [])
        .filter((kind) => may(action, ec2Arn(deployment, kind), tagged(tags)) === "allowed")
        .map((kind) => `${action.replace("ec2:", "")} ${kind}`),
    )
    .sort();
}

/** Tag keys that the role can put on a found resource, with our values; the role's own Name first. */
function forged(deployment: Deployment, kind: string, tags: Tags): Tags {
  const may = asking(deploymentPolicies(deployment));
  const wanted: Tags = {
    ...tagsOf(deployment),
    Name: "hub-resolver",
    "karpenter.sh/discovery": "piksel-dev",
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([key, value]) =>
        may("ec2:CreateTags", ec2Arn(deployment, kind), {
          ...tagged(tags),
          [`aws:RequestTag/${key}`]: value,
          "aws:TagKeys": [key],
        }) === "allowed",
    ),
  );
}

/**
 * What may be done to a resource that has no tag of ours, and why. None of it opens, joins or takes anything.
 */
const UNTAGGED = {
  hub: [
    // The default group of a VPC, as AWS makes it: emptied, not opened.
    "RevokeSecurityGroupEgress security-group",
    "RevokeSecurityGroupIngress security-group",
    // A route of our own table leads there; our own gateway has it as its default table.
    "CreateTransitGatewayRoute transit-gateway-attachment",
    // The attachment of a spoke uses our own table, or is propagated to it: connections.
    "AssociateTransitGatewayRouteTable transit-gateway-attachment",
    "DisableTransitGatewayRouteTablePropagation transit-gateway-attachment",
    "DisassociateTransitGatewayRouteTable transit-gateway-attachment",
    "EnableTransitGatewayRouteTablePropagation transit-gateway-attachment",
    "ModifyTransitGateway transit-gateway-route-table",
    // A VPC of ours joins it.
    "CreateTransitGatewayVpcAttachment transit-gateway",
    // Interfaces of the resolver: of no group and subnet but ours.
    "DeleteNetworkInterface network-interface",
    "ModifyNetworkInterfaceAttribute network-interface",
    // An address of ours leaves the interface of a NAT gateway: central egress.
    "DisassociateAddress network-interface",
    "DisassociateNatGatewayAddress network-interface",
  ].sort(),
  dev: [
    "RevokeSecurityGroupEgress security-group",
    "RevokeSecurityGroupIngress security-group",
    "CreateTransitGatewayVpcAttachment transit-gateway",
    // A VPC of ours takes options; an address of ours leaves an interface.
    "AssociateDhcpOptions dhcp-options",
    "DisassociateAddress network-interface",
    "DisassociateNatGatewayAddress network-interface",
  ].sort(),
};

// Review H5.
describe("somebody else's resource in the account", () => {
  for (const [name, deployment] of Object.entries({ hub, dev }) as ["hub" | "dev", Deployment][]) {
    it(`without a tag is open to the deployment role of ${name} for exactly what is listed`, () => {
      expect(ec2Allowed(deployment, {})).to.deep.equal(UNTAGGED[name]);
    });

    it(`with a name and a project of its own is not even emptied, in ${name}`, () => {
      const groups = UNTAGGED[name].filter((each) => !each.endsWith(" security-group"));
      expect(ec2Allowed(deployment, FOREIGN["named"] ?? {})).to.deep.equal(groups);
    });

    for (const [state, tags] of Object.entries(FOREIGN)) {
      it(`that is ${state} cannot be made to look like ours, or that buys nothing, in ${name}`, () => {
        const kinds = [...new Set(actionsOf(deployment).flatMap((each) => tryFound(each)))];
        expect(kinds).to.include.members(["security-group", "vpc", "route-table", "subnet"]);
        for (const kind of kinds) {
          const put = forged(deployment, kind, tags);
          const can = (now: Tags): string[] => ec2Allowed(deployment, now).filter((each) => each.endsWith(` ${kind}`));
          // Only a group without a name can be tagged, with the provider's own tags.
          const expected = kind === "security-group" && state === "untagged" ? [...deployment.tagKeys] : [];
          expect(Object.keys(put), kind).to.deep.equal(expected);
          expect(can({ ...tags, ...put }), kind).to.deep.equal(can(tags));
        }
      });
    }
  }

  it("keeps its tags: none is taken off, and none but the provider's own even from a group that it tagged", () => {
    const may = asking(deploymentPolicies(dev));
    const group = ec2Arn(dev, "security-group");
    const off = (tags: Tags, keys?: string[]): string =>
      may("ec2:DeleteTags", group, { ...tagged(tags), ...(keys === undefined ? {} : { "aws:TagKeys": keys }) });
    expect(off({ Name: "payroll" }, ["Name"])).to.equal("not allowed");
    expect(off({ Project: "piksel", team: "pay" }, ["team"])).to.equal("not allowed");
    // A request without keys takes all tags off.
    expect(off({ Project: "piksel", team: "pay" })).to.equal("not allowed");
    expect(off({ Project: "piksel" }, ["Project"])).to.equal("allowed");
  });

  it("is a key: tagged by whoever may make keys, and nothing follows from the tag", () => {
    const may = asking(deploymentPolicies(dev));
    const key = `arn:aws:kms:${REGION}:${dev.account}:key/payroll`;
    const tags = { "aws:RequestTag/Project": "piksel", "aws:TagKeys": ["Project"] };
    expect(may("kms:TagResource", key, tags)).to.equal("allowed");
    for (const action of [
      "PutKeyPolicy",
      "ScheduleKeyDeletion",
      "CreateGrant",
      "CreateAlias",
      "UntagResource",
      "Decrypt",
    ]) {
      expect(may(`kms:${action}`, key, { "aws:ResourceTag/Project": "piksel" }), action).to.equal("not allowed");
    }
    expect(may("kms:TagResource", key, { ...tags, "aws:TagKeys": ["Project", "team"] })).to.equal("not allowed");
  });

  it("is a share: tagged, and changed by its name alone", () => {
    const may = asking(deploymentPolicies(hub));
    const share = `arn:aws:ram:${REGION}:${hub.account}:resource-share/1`;
    expect(may("ram:TagResource", share, { "aws:TagKeys": ["Project"] })).to.equal("allowed");
    for (const action of [
      "AssociateResourceShare",
      "DisassociateResourceShare",
      "DeleteResourceShare",
      "UpdateResourceShare",
    ]) {
      const asked = (name: string): string =>
        may(`ram:${action}`, share, { "aws:ResourceTag/Project": "piksel", "ram:ResourceShareName": name });
      expect(asked("payroll"), action).to.equal("not allowed");
      expect(asked("hub-transit-gateway"), action).to.equal("allowed");
    }
  });

  it("is anything that has a name: tagging it is refused", () => {
    const named = [
      ["sqs:TagQueue", "arn:aws:sqs:ap-southeast-3:222222222222:orders"],
      ["sns:TagResource", "arn:aws:sns:ap-southeast-3:111111111111:orders"],
      ["events:TagResource", "arn:aws:events:ap-southeast-3:222222222222:rule/nightly"],
      ["logs:TagResource", "arn:aws:logs:ap-southeast-3:222222222222:log-group:/aws/lambda/x"],
      ["eks:TagResource", "arn:aws:eks:ap-southeast-3:222222222222:cluster/other"],
      ["ssm:AddTagsToResource", "arn:aws:ssm:ap-southeast-3:222222222222:parameter/prod/db"],
      ["s3:TagResource", "arn:aws:s3:::payroll"],
      ["s3:PutBucketTagging", "arn:aws:s3:::payroll"],
      ["glue:TagResource", "arn:aws:glue:ap-southeast-3:111111111111:database/payroll"],
      ["athena:TagResource", "arn:aws:athena:ap-southeast-3:111111111111:workgroup/primary"],
      ["network-firewall:TagResource", "arn:aws:network-firewall:ap-southeast-3:111111111111:firewall/payroll"],
      ["iam:TagRole", "arn:aws:iam::222222222222:role/admin"],
      ["iam:TagInstanceProfile", "arn:aws:iam::222222222222:instance-profile/admin"],
      ["iam:TagOpenIDConnectProvider", "arn:aws:iam::111111111111:oidc-provider/api.pulumi.com/oidc"],
    ] as const;
    const may = [hub, dev].map((deployment) => asking(deploymentPolicies(deployment)));
    for (const [action, resource] of named) {
      for (const each of may) expect(each(action, resource), action).to.equal("not allowed");
    }
  });

  it("is tagged by no other action: these are all that tag", () => {
    const tagging = /:(Tag|Untag|AddTags|RemoveTags|CreateTags|DeleteTags|PutBucketTagging|ChangeTags)/;
    const actions = [...new Set([hub, dev].flatMap(actionsOf))].filter((action) => tagging.test(action));
    const services = [...new Set(actions.map((action) => action.split(":")[0]))].sort();
    // ECR's repositories and Route 53's zones and resolver are the account's own in the hub: no grant hangs on their tags,
    // of which IAM knows no condition for the last two.
    expect(services).to.deep.equal([
      ...["athena", "cloudwatch", "ec2", "ecr", "eks", "events", "glue", "iam", "kms", "logs"],
      ...["network-firewall", "ram", "route53", "route53resolver", "s3", "sns", "sqs", "ssm"],
    ]);
    const conditions = [hub, dev].flatMap((deployment) =>
      deploymentPolicies(deployment).flatMap(({ Statement }) =>
        Statement.filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes("aws:ResourceTag/")).flatMap(
          ({ Action }) => [Action].flat(),
        ),
      ),
    );
    expect([...new Set(conditions.map((action) => action.split(":")[0]))]).to.deep.equal(["ec2"]);
  });
});

function tryFound(action: string): readonly string[] {
  return action.startsWith("ec2:") ? (authorization(action).found ?? []) : [];
}
