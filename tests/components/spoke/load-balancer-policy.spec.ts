import { expect } from "chai";
import type { Condition, PolicyDocument, Statement } from "../../../components/policy-document";
import { loadBalancerPolicy, type LoadBalancerScope } from "../../../components/spoke/load-balancer-policy";
import { plan, type Plan } from "../../../tools/planner/plan";
import { authorization } from "../../delivery/bootstrap/authorization";
import { evaluate, type IamRequest, type IamVerdict } from "../../support/iam";
import { project, withConfig } from "../../support/plans";
import { policyOf } from "../../support/policies";

const REGION = "ap-southeast-3";
const ACCOUNT = "222222222222";
const scope: LoadBalancerScope = {
  clusterName: "piksel-dev",
  region: REGION,
  account: ACCOUNT,
  vpcId: "vpc-1",
  internetFacing: false,
};

const ec2 = (resource: string): string => `arn:aws:ec2:${REGION}:${ACCOUNT}:${resource}`;
const elb = (...resources: readonly string[]): string[] =>
  resources.map((resource) => `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:${resource}`);
const OWNED = { "aws:ResourceTag/elbv2.k8s.aws/cluster": "piksel-dev" };
const BECOMES_OWNED = { "aws:RequestTag/elbv2.k8s.aws/cluster": "piksel-dev" };
const STAYS_OWNED: Condition = { StringEquals: OWNED, Null: { "aws:RequestTag/elbv2.k8s.aws/cluster": "true" } };
const LOAD_BALANCERS = elb("loadbalancer/app/*/*", "loadbalancer/net/*/*");
const EVERYTHING = [
  ...LOAD_BALANCERS,
  ...elb("targetgroup/*/*", "listener/app/*/*/*", "listener/net/*/*/*"),
  ...elb("listener-rule/app/*/*/*/*", "listener-rule/net/*/*/*/*"),
];

const groupStatements: readonly Statement[] = [
  {
    Sid: "MakeGroups",
    Effect: "Allow",
    Action: "ec2:CreateSecurityGroup",
    Resource: ec2("security-group/*"),
    Condition: { StringEquals: BECOMES_OWNED },
  },
  { Sid: "MakeGroupsInVpc", Effect: "Allow", Action: "ec2:CreateSecurityGroup", Resource: ec2("vpc/vpc-1") },
  {
    Sid: "TagNewGroups",
    Effect: "Allow",
    Action: "ec2:CreateTags",
    Resource: ec2("security-group/*"),
    Condition: { StringEquals: { ...BECOMES_OWNED, "ec2:CreateAction": "CreateSecurityGroup" } },
  },
  {
    Sid: "TagOwnGroups",
    Effect: "Allow",
    Action: ["ec2:CreateTags", "ec2:DeleteTags"],
    Resource: ec2("security-group/*"),
    Condition: STAYS_OWNED,
  },
  {
    Sid: "ChangeOwnGroups",
    Effect: "Allow",
    Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupIngress"],
    Resource: ec2("security-group/*"),
    Condition: { StringEquals: OWNED },
  },
  {
    Sid: "ReachPods",
    Effect: "Allow",
    Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
    Resource: ec2("security-group/*"),
    Condition: { StringEquals: { "aws:ResourceTag/aws:eks:cluster-name": "piksel-dev" } },
  },
  {
    Sid: "MakeRules",
    Effect: "Allow",
    Action: "ec2:AuthorizeSecurityGroupIngress",
    Resource: ec2("security-group-rule/*"),
  },
];

const balancerStatements: readonly Statement[] = [
  {
    Sid: "MakeLoadBalancers",
    Effect: "Allow",
    Action: "elasticloadbalancing:CreateLoadBalancer",
    Resource: LOAD_BALANCERS,
    Condition: { StringEquals: { ...BECOMES_OWNED, "elasticloadbalancing:Scheme": "internal" } },
  },
  {
    Sid: "MakeTargetGroups",
    Effect: "Allow",
    Action: "elasticloadbalancing:CreateTargetGroup",
    Resource: elb("targetgroup/*/*"),
    Condition: { StringEquals: BECOMES_OWNED },
  },
  {
    Sid: "TagNew",
    Effect: "Allow",
    Action: "elasticloadbalancing:AddTags",
    Resource: EVERYTHING,
    Condition: {
      StringEquals: {
        ...BECOMES_OWNED,
        "elasticloadbalancing:CreateAction": [
          "CreateListener",
          "CreateLoadBalancer",
          "CreateRule",
          "CreateTargetGroup",
        ],
      },
    },
  },
  {
    Sid: "LetServiceMakeItsRole",
    Effect: "Allow",
    Action: "iam:CreateServiceLinkedRole",
    Resource:
      `arn:aws:iam::${ACCOUNT}:role/aws-service-role/elasticloadbalancing.amazonaws.com/` +
      "AWSServiceRoleForElasticLoadBalancing",
    Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
  },
  {
    Sid: "TagOwn",
    Effect: "Allow",
    Action: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
    Resource: EVERYTHING,
    Condition: STAYS_OWNED,
  },
  {
    Sid: "ChangeOwn",
    Effect: "Allow",
    Action: [
      ...["AddListenerCertificates", "CreateListener", "CreateRule", "DeleteListener", "DeleteLoadBalancer"],
      ...["DeleteRule", "DeleteTargetGroup", "DeregisterTargets", "ModifyListener", "ModifyListenerAttributes"],
      ...["ModifyLoadBalancerAttributes", "ModifyRule", "ModifyTargetGroup", "ModifyTargetGroupAttributes"],
      ...["RegisterTargets", "RemoveListenerCertificates", "SetIpAddressType", "SetRulePriorities"],
      ...["SetSecurityGroups", "SetSubnets"],
    ].map((action) => `elasticloadbalancing:${action}`),
    Resource: EVERYTHING,
    Condition: { StringEquals: OWNED },
  },
];

const READS = [
  "acm:ListCertificates",
  ...["AccountAttributes", "Addresses", "AvailabilityZones", "Instances", "InternetGateways", "NetworkInterfaces"].map(
    (what) => `ec2:Describe${what}`,
  ),
  ...["RouteTables", "SecurityGroups", "Subnets", "Vpcs"].map((what) => `ec2:Describe${what}`),
  "ec2:GetSecurityGroupsForVpc",
  ...["CapacityReservation", "ListenerAttributes", "ListenerCertificates", "Listeners", "LoadBalancerAttributes"].map(
    (what) => `elasticloadbalancing:Describe${what}`,
  ),
  ...["LoadBalancers", "Rules", "Tags", "TargetGroupAttributes", "TargetGroups", "TargetHealth"].map(
    (what) => `elasticloadbalancing:Describe${what}`,
  ),
];

const expected: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "DescribeRegion",
      Effect: "Allow",
      Action: READS,
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": REGION } },
    },
    {
      Sid: "ReadCertificates",
      Effect: "Allow",
      Action: "acm:DescribeCertificate",
      Resource: `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/*`,
    },
    ...groupStatements,
    ...balancerStatements,
  ],
};

describe("the AWS Load Balancer Controller", () => {
  const asks = (
    action: string,
    resource: string | undefined,
    context: IamRequest["context"] = {},
    document = loadBalancerPolicy(scope),
  ): IamVerdict =>
    evaluate(document, { principal: "arn:aws:iam::222222222222:role/x", action, resource: resource ?? "", context });
  const [alb] = elb("loadbalancer/app/k8s-web/1");

  it("has exactly these permissions", () => {
    expect(loadBalancerPolicy(scope)).to.deep.equal(expected);
  });

  it("creates internal load balancers with the tag of its cluster, and no others", () => {
    const create = (context: Record<string, string>): IamVerdict =>
      asks("elasticloadbalancing:CreateLoadBalancer", alb, context);
    const internal = { "elasticloadbalancing:Scheme": "internal" };
    expect(create({ ...BECOMES_OWNED, ...internal })).to.equal("allowed");
    expect(create({ ...BECOMES_OWNED, "elasticloadbalancing:Scheme": "internet-facing" })).to.equal("not allowed");
    expect(create({ ...BECOMES_OWNED })).to.equal("not allowed");
    expect(create(internal)).to.equal("not allowed");
    expect(create({ ...internal, "aws:RequestTag/elbv2.k8s.aws/cluster": "piksel-prod" })).to.equal("not allowed");
  });

  it("creates load balancers that face the internet where the spoke allows them, and gets no other permission", () => {
    const open = loadBalancerPolicy({ ...scope, internetFacing: true });
    const facing = { ...BECOMES_OWNED, "elasticloadbalancing:Scheme": "internet-facing" };
    expect(asks("elasticloadbalancing:CreateLoadBalancer", alb, facing, open)).to.equal("allowed");
    const others = ({ Statement: all }: PolicyDocument): readonly Statement[] =>
      all.filter(({ Sid }) => Sid !== "MakeLoadBalancers");
    expect(others(open)).to.deep.equal(others(expected));
  });

  it("changes only what has the tag of its cluster, and cannot put the tag on anything else", () => {
    for (const action of [
      "DeleteLoadBalancer",
      "CreateListener",
      "SetSecurityGroups",
      "ModifyLoadBalancerAttributes",
    ]) {
      expect(asks(`elasticloadbalancing:${action}`, alb, OWNED), action).to.equal("allowed");
      expect(asks(`elasticloadbalancing:${action}`, alb), action).to.equal("not allowed");
      const theirs = { "aws:ResourceTag/elbv2.k8s.aws/cluster": "piksel-prod" };
      expect(asks(`elasticloadbalancing:${action}`, alb, theirs), action).to.equal("not allowed");
    }
    expect(asks("elasticloadbalancing:AddTags", alb, BECOMES_OWNED)).to.equal("not allowed");
    expect(asks("ec2:CreateTags", ec2("security-group/sg-1"), BECOMES_OWNED)).to.equal("not allowed");
    expect(asks("elasticloadbalancing:AddTags", alb, { ...OWNED, ...BECOMES_OWNED })).to.equal("not allowed");
  });

  it("opens its own security groups and the cluster's, and no others, and creates them in the spoke's VPC", () => {
    const open = (context: IamRequest["context"]): IamVerdict =>
      asks("ec2:AuthorizeSecurityGroupIngress", ec2("security-group/sg-1"), context);
    expect(open(OWNED)).to.equal("allowed");
    expect(open({ "aws:ResourceTag/aws:eks:cluster-name": "piksel-dev" })).to.equal("allowed");
    expect(open({ "aws:ResourceTag/aws:eks:cluster-name": "piksel-prod" })).to.equal("not allowed");
    expect(open({})).to.equal("not allowed");
    expect(asks("ec2:CreateSecurityGroup", ec2("vpc/vpc-1"))).to.equal("allowed");
    expect(asks("ec2:CreateSecurityGroup", ec2("vpc/vpc-2"))).to.equal("not allowed");
  });

  it("works in its own account and Region", () => {
    for (const arn of [
      `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:loadbalancer/app/x/1`,
      `arn:aws:elasticloadbalancing:${REGION}:999999999999:loadbalancer/app/x/1`,
    ]) {
      expect(asks("elasticloadbalancing:DeleteLoadBalancer", arn, OWNED), arn).to.equal("not allowed");
    }
    const elsewhere = { "aws:RequestedRegion": "eu-west-1" };
    expect(asks("ec2:DescribeSubnets", "*", elsewhere)).to.equal("not allowed");
  });

  it("uses only condition keys that AWS fills in for every action of the statement", () => {
    const dead = balancerStatements.flatMap(({ Sid, Action, Condition: condition = {} }) =>
      Object.entries(condition)
        .filter(([operator]) => operator !== "Null")
        .flatMap(([, keys]) => Object.keys(keys))
        .flatMap((key) =>
          [Action]
            .flat()
            .filter((action) => action.startsWith("elasticloadbalancing:"))
            .filter(
              (action) =>
                !authorization(action).keys.some(
                  (each) => each === key || (each.endsWith("/") && key.startsWith(each)),
                ),
            )
            .map((action) => `${Sid ?? ""}: ${action} has no ${key}`),
        ),
    );
    expect(dead).to.deep.equal([]);
  });

  describe("in the plan of a spoke", () => {
    const policy = (planned: Plan): PolicyDocument =>
      policyOf(planned, "dev", "aws:iam/rolePolicy:RolePolicy::dev-load-balancer-controller-manage");

    it("has these permissions for the cluster and the VPC of the spoke", async () => {
      const vpcId = "${aws:ec2/vpc:Vpc::dev}";
      expect(policy(await plan(project))).to.deep.equal(loadBalancerPolicy({ ...scope, vpcId }));
    });

    it("may face the internet with internet-load-balancers", async () => {
      const planned = policy(await plan(withConfig(project, "dev", { "internet-load-balancers": true })));
      const { Condition: condition } = planned.Statement.find(({ Sid }) => Sid === "MakeLoadBalancers") ?? {};
      expect(condition).to.deep.equal({ StringEquals: BECOMES_OWNED });
    });

    it("has policies that fit a role's 10,240 characters", () => {
      const longest = { ...scope, clusterName: `${"p".repeat(29)}-${"n".repeat(20)}`, vpcId: "vpc-0123456789abcdef0" };
      expect(JSON.stringify(loadBalancerPolicy(longest)).length).to.be.below(10_240);
    });
  });
});
