import { readFileSync } from "node:fs";
import { expect } from "chai";
import { boundaryPolicy } from "../../../delivery/bootstrap/boundary";
import { type Deployment, MANAGED_POLICY_CHARACTERS, size } from "../../../delivery/bootstrap/deployment-policy";
import type { PolicyDocument } from "../../../components/policy-document";
import { plan, type Plan } from "../../../tools/planner/plan";
import { project, stack, withConfig } from "../../support/plans";
import { policiesOf } from "../../support/policies";
import { expanded } from "./authorization";
import { asking } from "./requests";
import { dev, DEV_ACCOUNT, hub, HUB_ACCOUNT } from "./scopes";

const { policies: MANAGED } = JSON.parse(readFileSync("tests/fixtures/managed-policies.json", "utf8")) as {
  readonly policies: Readonly<Record<string, { readonly actions: readonly string[] }>>;
};

/** What a key's policy or a grant gives to a role, and no policy of the role's: a boundary holds it as well. */
const BY_KEYS = [
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateDataKey*",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ListGrants",
  "kms:ReEncrypt*",
];

/** Descriptions, which the boundary allows with one pattern for each service. */
const DESCRIPTIONS = /^((?:ec2|elasticloadbalancing):Describe).+$/;

/** What AWS's policies for EKS Auto Mode allow and the boundary does not: this network has none of it. */
const NOT_OF_THIS_NETWORK = [
  "cognito-idp:DescribeUserPoolClient",
  "ec2:AssignIpv6Addresses",
  "ec2:UnassignIpv6Addresses",
  "elasticloadbalancing:ModifyCapacityReservation",
  "elasticloadbalancing:ModifyIpPools",
  "elasticloadbalancing:SetWebAcl",
  "shield:CreateProtection",
  "shield:DeleteProtection",
  "shield:TagResource",
  "wafv2:AssociateWebACL",
  "wafv2:DisassociateWebACL",
];

const EVERYTHING: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};
const actionsIn = (document: PolicyDocument): string[] =>
  document.Statement.flatMap(({ Action }) => (typeof Action === "string" ? [Action] : [...Action]));

describe("the boundary of the roles that a stack makes", () => {
  let planned: Plan;
  before(async () => {
    const publishing = withConfig(project, "hub", { "image-publishers": ["repo:acme/core:ref:refs/heads/main"] });
    // A step of a move has the roles of both Karpenter and EKS Auto Mode.
    planned = await plan(withConfig(publishing, "dev", { "node-autoscaling": "karpenter-and-auto" }));
  });

  /** What the roles of a stack are given: by policies of the program, and by AWS's. */
  function given(name: string): string[] {
    const own = policiesOf(planned, name)
      .filter(({ place }) => place.startsWith("aws:iam/rolePolicy:"))
      .flatMap(({ document }) => actionsIn(document));
    const managed = stack(planned, name)
      .resources.filter(({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .map(({ inputs }) => String(inputs["policyArn"]).replace("arn:aws:iam::aws:policy/", ""))
      .flatMap((policy) => {
        const actions = MANAGED[policy]?.actions;
        if (actions === undefined) throw new Error(`tests/fixtures/managed-policies.json has no ${policy}`);
        return actions;
      });
    return [...new Set([...own, ...managed])].sort();
  }

  // Review M1.
  for (const [name, deployment] of Object.entries({ hub, dev })) {
    it(`names the actions that the roles of ${name} have by their policies, and no other`, () => {
      const inShort = (actions: readonly string[]): string[] =>
        [...new Set(actions.map((action) => action.replace(DESCRIPTIONS, "$1*")))].sort();
      const all = [...given(name), ...(name === "dev" ? BY_KEYS : [])].filter(
        (action) => !NOT_OF_THIS_NETWORK.includes(action),
      );
      const bound = actionsIn(boundaryPolicy(deployment)).flatMap((action) =>
        DESCRIPTIONS.test(action) ? [action] : expanded(action),
      );
      expect(inShort(bound)).to.deep.equal(inShort(all));
    });
  }

  it("leaves a spoke's roles these actions where they need them", () => {
    const may = asking([boundaryPolicy(dev)]);
    const ec2 = (kind: string): string => `arn:aws:ec2:ap-southeast-3:${DEV_ACCOUNT}:${kind}/x`;
    for (const kind of ["network-interface", "instance", "volume", "snapshot", "fleet", "security-group"]) {
      expect(may("ec2:CreateTags", ec2(kind)), kind).to.equal("allowed");
    }
    const making = { "ec2:CreateAction": "CreateLaunchTemplate" };
    expect(may("ec2:CreateTags", ec2("launch-template"), making)).to.equal("allowed");
    expect(may("ec2:CreateRoute", ec2("route-table"), { "aws:ResourceTag/Project": "piksel" })).to.equal("allowed");
    const topic = `arn:aws:sns:ap-southeast-3:${HUB_ACCOUNT}:piksel-network-events`;
    expect(may("sns:Publish", topic)).to.equal("allowed");
    expect(may("sns:Publish", topic.replace("network-events", "orders"))).to.equal("not allowed");
    const elb = { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" };
    const linked = (name: string): string => `arn:aws:iam::${DEV_ACCOUNT}:role/aws-service-role/${name}/x`;
    expect(may("iam:CreateServiceLinkedRole", linked("elasticloadbalancing.amazonaws.com"), elb)).to.equal("allowed");
  });

  // Review H5: what the deployment role changes by our tag must not get it from a role that it writes.
  it("lets nothing be tagged that the deployment role changes by its tag", () => {
    const may = asking([EVERYTHING], boundaryPolicy(dev));
    for (const kind of [
      "vpc",
      "subnet",
      "route-table",
      "internet-gateway",
      "elastic-ip",
      "natgateway",
      "vpc-endpoint",
    ]) {
      const arn = `arn:aws:ec2:ap-southeast-3:${DEV_ACCOUNT}:${kind}/x`;
      expect(may("ec2:CreateTags", arn, { "ec2:CreateAction": "CreateVpc" }), kind).to.equal("not allowed");
    }
    const template = `arn:aws:ec2:ap-southeast-3:${DEV_ACCOUNT}:launch-template/x`;
    expect(may("ec2:CreateTags", template)).to.equal("not allowed");
    const foreign = `arn:aws:ec2:ap-southeast-3:${DEV_ACCOUNT}:route-table/x`;
    expect(may("ec2:CreateRoute", foreign)).to.equal("not allowed");
  });

  it("lets the cluster's key be used, told by its alias, and any key by way of a volume", () => {
    const may = asking([EVERYTHING], boundaryPolicy(dev));
    const key = `arn:aws:kms:ap-southeast-3:${DEV_ACCOUNT}:key/1`;
    for (const action of ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"]) {
      expect(may(action, key, { "kms:ResourceAliases": ["alias/piksel-dev"] }), action).to.equal("allowed");
      expect(may(action, key, { "aws:ResourceTag/Project": "piksel" }), action).to.equal("not allowed");
    }
    expect(may("kms:CreateGrant", key, { "kms:ViaService": "ec2.ap-southeast-3.amazonaws.com" })).to.equal("allowed");
    expect(may("kms:CreateGrant", key)).to.equal("not allowed");
  });

  for (const [name, deployment] of Object.entries({ hub, dev }) as [string, Deployment][]) {
    it(`holds even a role of ${name} that was given everything`, () => {
      const may = asking([EVERYTHING], boundaryPolicy(deployment));
      for (const action of [
        "iam:CreateRole",
        "iam:CreateUser",
        "iam:PutRolePolicy",
        "iam:AttachRolePolicy",
        "iam:CreatePolicyVersion",
        "iam:UpdateAssumeRolePolicy",
        "organizations:LeaveOrganization",
        "cloudtrail:StopLogging",
        "sts:AssumeRole",
        "s3:GetObject",
        "s3:DeleteObject",
        "kms:Decrypt",
        "eks:CreateAccessEntry",
        "secretsmanager:GetSecretValue",
        "ssm:SendCommand",
        "ssm:StartSession",
        "ec2:CreateVpc",
        "ec2:ModifySubnetAttribute",
        "ec2:GetPasswordData",
      ]) {
        expect(may(action), action).to.equal("not allowed");
      }
      expect(may("ec2:RunInstances", "*", { "aws:RequestedRegion": "us-east-1" })).to.equal("not allowed");
    });
  }

  it("lets external-dns take the hub's role for this spoke's records, and lets nothing take another role", () => {
    const may = asking([EVERYTHING], boundaryPolicy(dev));
    const role = (name: string, account = HUB_ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`;
    for (const action of ["sts:AssumeRole", "sts:TagSession"]) {
      expect(may(action, role("piksel-dns-records-dev")), action).to.equal("allowed");
      expect(may(action, role("piksel-dns-records-prod")), action).to.equal("not allowed");
      expect(may(action, role("piksel-spoke-access-dev")), action).to.equal("not allowed");
      expect(may(action, role("piksel-dns-records-dev", DEV_ACCOUNT)), action).to.equal("not allowed");
    }
  });

  it("lets load balancers be managed in the stack's Region, without web ACLs and reserved capacity", () => {
    const may = asking([EVERYTHING], boundaryPolicy(dev));
    const here = { "aws:RequestedRegion": "ap-southeast-3" };
    expect(may("elasticloadbalancing:CreateLoadBalancer", "*", here)).to.equal("allowed");
    const elsewhere = { "aws:RequestedRegion": "us-east-1" };
    expect(may("elasticloadbalancing:CreateLoadBalancer", "*", elsewhere)).to.equal("not allowed");
    for (const action of ["SetWebAcl", "ModifyCapacityReservation", "ModifyIpPools", "CreateTrustStore"]) {
      expect(may(`elasticloadbalancing:${action}`, "*", here), action).to.equal("not allowed");
    }
  });

  it("of the hub has nothing of machines, clusters and sessions", () => {
    const services = actionsIn(boundaryPolicy(hub)).map((action) => action.split(":")[0]);
    expect([...new Set(services)].sort()).to.deep.equal(["ecr", "route53"]);
  });

  it("lets Karpenter and EKS Auto Mode pass the roles of their nodes to EC2, and no role to anything else", () => {
    const may = asking([EVERYTHING], boundaryPolicy(dev));
    const own = (name: string): string => `arn:aws:iam::${DEV_ACCOUNT}:role/${name}`;
    const toEc2 = { "iam:PassedToService": "ec2.amazonaws.com" };
    expect(may("iam:PassRole", own("dev-karpenter-node-1a2b3c4"), toEc2)).to.equal("allowed");
    expect(may("iam:PassRole", own("dev-auto-node-1a2b3c4"), toEc2)).to.equal("allowed");
    const profile = (name: string): string => `arn:aws:iam::${DEV_ACCOUNT}:instance-profile/${name}`;
    expect(may("iam:AddRoleToInstanceProfile", profile("eks-1"))).to.equal("allowed");
    expect(may("iam:AddRoleToInstanceProfile", profile("dev-karpenter-node-1a2b3c4"))).to.equal("not allowed");
    expect(may("iam:PassRole", own("dev-node-1a2b3c4"), toEc2)).to.equal("not allowed");
    const toLambda = { "iam:PassedToService": "lambda.amazonaws.com" };
    expect(may("iam:PassRole", own("dev-karpenter-node-1a2b3c4"), toLambda)).to.equal("not allowed");
    expect(may("iam:PassRole", `arn:aws:iam::${HUB_ACCOUNT}:role/admin`, toEc2)).to.equal("not allowed");
  });

  it("fits a managed policy, whatever the network is called", () => {
    const longest = { account: "999999999999", region: "ap-southeast-3", stack: "a".repeat(20) };
    for (const deployment of [hub, dev]) {
      expect(size(boundaryPolicy({ ...deployment, ...longest }))).to.be.at.most(MANAGED_POLICY_CHARACTERS);
    }
  });
});
