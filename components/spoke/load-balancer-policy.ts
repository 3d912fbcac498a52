import { CLUSTER_GROUP_TAG, LOAD_BALANCER_TAG } from "../kubernetes-names";
import { type Condition, policyDocument, type PolicyDocument, type Statement } from "../policy-document";

/** What the AWS Load Balancer Controller of a cluster may change. */
export interface LoadBalancerScope {
  readonly clusterName: string;
  readonly region: string;
  readonly account: string;
  readonly vpcId: string;
  /** Whether load balancers may face the internet. */
  readonly internetFacing: boolean;
}

const LOAD_BALANCERS = ["loadbalancer/app/*/*", "loadbalancer/net/*/*"];
const TARGET_GROUPS = ["targetgroup/*/*"];
const LISTENERS = [
  "listener/app/*/*/*",
  "listener/net/*/*/*",
  "listener-rule/app/*/*/*/*",
  "listener-rule/net/*/*/*/*",
];
const EVERYTHING = [...LOAD_BALANCERS, ...TARGET_GROUPS, ...LISTENERS];

/**
 * Lets the controller manage load balancers of one cluster.
 *
 * The policy is that of the controller's release 3.5 (kubernetes-sigs/aws-load-balancer-controller,
 * `docs/install/iam_policy.json`), with these restrictions. It names the cluster in the owner's tag, where the original
 * accepts the tag of any cluster, and also requires it for targets, listeners and rules. It opens security groups of
 * the controller and the one that EKS created for the cluster, and no others. It allows this account, Region and VPC.
 * Only internal load balancers can be created unless the spoke allows others
 * (Service Authorization Reference, AWS Elastic Load Balancing V2, `elasticloadbalancing:Scheme`).
 *
 * It has no permissions for what the network does not use: AWS WAF and AWS Shield, which the controller must have
 * disabled (`enableWaf`, `enableWafv2` and `enableShield` of its chart), Amazon Cognito, IAM server certificates, trust
 * stores for mutual TLS, reserved capacity, IPAM pools, AWS Outposts, and target groups that others created.
 */
export function loadBalancerPolicy(scope: LoadBalancerScope): PolicyDocument {
  return policyDocument(
    ...readStatements(scope),
    ...groupStatements(scope),
    ...creationStatements(scope),
    ...changeStatements(scope),
  );
}

/** Condition values: the request sets the tag of this cluster. */
const becomesOwned = ({ clusterName }: LoadBalancerScope) =>
  ({ [`aws:RequestTag/${LOAD_BALANCER_TAG}`]: clusterName }) as const;

/** Condition values: the resource has the tag of this cluster. */
const isOwned = ({ clusterName }: LoadBalancerScope) =>
  ({ [`aws:ResourceTag/${LOAD_BALANCER_TAG}`]: clusterName }) as const;

/** Conditions: the resource has the tag of this cluster, and the request does not change it. */
const staysOwned = (scope: LoadBalancerScope): Condition => ({
  StringEquals: isOwned(scope),
  Null: { [`aws:RequestTag/${LOAD_BALANCER_TAG}`]: "true" },
});

/** Only the Region can restrict these actions: they have no resources, or list what exists. */
function readStatements({ region, account }: LoadBalancerScope): Statement[] {
  return [
    {
      Sid: "DescribeRegion",
      Effect: "Allow",
      Action: [
        "acm:ListCertificates",
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAddresses",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "ec2:GetSecurityGroupsForVpc",
        "elasticloadbalancing:DescribeCapacityReservation",
        "elasticloadbalancing:DescribeListenerAttributes",
        "elasticloadbalancing:DescribeListenerCertificates",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      Sid: "ReadCertificates",
      Effect: "Allow",
      Action: "acm:DescribeCertificate",
      Resource: `arn:aws:acm:${region}:${account}:certificate/*`,
    },
  ];
}

/** Security groups of load balancers, and the rule that lets them reach pods. */
function groupStatements(scope: LoadBalancerScope): Statement[] {
  const { clusterName, region, account, vpcId } = scope;
  const ec2 = (resource: string): string => `arn:aws:ec2:${region}:${account}:${resource}`;
  const groups = ec2("security-group/*");
  return [
    {
      Sid: "MakeGroups",
      Effect: "Allow",
      Action: "ec2:CreateSecurityGroup",
      Resource: groups,
      Condition: { StringEquals: becomesOwned(scope) },
    },
    { Sid: "MakeGroupsInVpc", Effect: "Allow", Action: "ec2:CreateSecurityGroup", Resource: ec2(`vpc/${vpcId}`) },
    {
      Sid: "TagNewGroups",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: groups,
      Condition: { StringEquals: { ...becomesOwned(scope), "ec2:CreateAction": "CreateSecurityGroup" } },
    },
    {
      Sid: "TagOwnGroups",
      Effect: "Allow",
      Action: ["ec2:CreateTags", "ec2:DeleteTags"],
      Resource: groups,
      Condition: staysOwned(scope),
    },
    {
      Sid: "ChangeOwnGroups",
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupIngress"],
      Resource: groups,
      Condition: { StringEquals: isOwned(scope) },
    },
    {
      Sid: "ReachPods",
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      Resource: groups,
      Condition: { StringEquals: { [`aws:ResourceTag/${CLUSTER_GROUP_TAG}`]: clusterName } },
    },
    // EC2 authorizes a new rule in addition to its group.
    {
      Sid: "MakeRules",
      Effect: "Allow",
      Action: "ec2:AuthorizeSecurityGroupIngress",
      Resource: ec2("security-group-rule/*"),
    },
  ];
}

/** ARNs of resources of Elastic Load Balancing. */
function arns({ region, account }: LoadBalancerScope, ...patterns: readonly string[]): string[] {
  return patterns.map((pattern) => `arn:aws:elasticloadbalancing:${region}:${account}:${pattern}`);
}

/** Load balancers and target groups, which the tag of the cluster must be set on when they are created. */
function creationStatements(scope: LoadBalancerScope): Statement[] {
  const { account, internetFacing } = scope;
  return [
    {
      Sid: "MakeLoadBalancers",
      Effect: "Allow",
      Action: "elasticloadbalancing:CreateLoadBalancer",
      Resource: arns(scope, ...LOAD_BALANCERS),
      Condition: {
        StringEquals: {
          ...becomesOwned(scope),
          ...(internetFacing ? {} : { "elasticloadbalancing:Scheme": "internal" }),
        },
      },
    },
    {
      Sid: "MakeTargetGroups",
      Effect: "Allow",
      Action: "elasticloadbalancing:CreateTargetGroup",
      Resource: arns(scope, ...TARGET_GROUPS),
      Condition: { StringEquals: becomesOwned(scope) },
    },
    {
      Sid: "TagNew",
      Effect: "Allow",
      Action: "elasticloadbalancing:AddTags",
      Resource: arns(scope, ...EVERYTHING),
      Condition: {
        StringEquals: {
          ...becomesOwned(scope),
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
      Resource: `arn:aws:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`,
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
  ];
}

/** What has the tag of the cluster. */
function changeStatements(scope: LoadBalancerScope): Statement[] {
  return [
    {
      Sid: "TagOwn",
      Effect: "Allow",
      Action: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      Resource: arns(scope, ...EVERYTHING),
      Condition: staysOwned(scope),
    },
    {
      Sid: "ChangeOwn",
      Effect: "Allow",
      Action: CHANGES.map((action) => `elasticloadbalancing:${action}`),
      Resource: arns(scope, ...EVERYTHING),
      Condition: { StringEquals: isOwned(scope) },
    },
  ];
}

/** Actions on load balancers, target groups, listeners and rules that exist. */
const CHANGES = [
  "AddListenerCertificates",
  // Authorized for the load balancer, as a rule is for the listener.
  "CreateListener",
  "CreateRule",
  "DeleteListener",
  "DeleteLoadBalancer",
  "DeleteRule",
  "DeleteTargetGroup",
  "DeregisterTargets",
  "ModifyListener",
  "ModifyListenerAttributes",
  "ModifyLoadBalancerAttributes",
  "ModifyRule",
  "ModifyTargetGroup",
  "ModifyTargetGroupAttributes",
  "RegisterTargets",
  "RemoveListenerCertificates",
  "SetIpAddressType",
  "SetRulePriorities",
  "SetSecurityGroups",
  "SetSubnets",
] as const;
