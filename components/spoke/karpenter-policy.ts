import { CLUSTER_GROUP_TAG } from "./karpenter-manifests";
import { policyDocument, type PolicyDocument, type Statement } from "../policy-document";

/** What a policy of the controller is written for. */
interface KarpenterScope {
  readonly clusterName: string;
  readonly region: string;
  readonly account: string;
}

/**
 * The policies of Karpenter's controller, those of its release 1.14 (aws/karpenter-provider-aws,
 * `getting-started-with-karpenter/cloudformation.yaml`), and narrower in three ways: everything is of this account,
 * subnets are those tagged for this cluster and security groups those that EKS made for it, and the controller makes no instance profiles, since
 * it is given one.
 *
 * All of them are policies of one role, which has room for 10,240 characters (IAM User Guide, "IAM and AWS STS quotas").
 */
export function launchPolicy({ clusterName, region, account }: KarpenterScope): PolicyDocument {
  const owned = `aws:ResourceTag/kubernetes.io/cluster/${clusterName}`;
  const ofAws = (kind: string): string => `arn:aws:ec2:${region}::${kind}/*`;
  const ours = (kind: string): string => `arn:aws:ec2:${region}:${account}:${kind}/*`;
  const made = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"];
  const launch = ["ec2:RunInstances", "ec2:CreateFleet"];

  /** A resource that Karpenter made for this cluster. */
  const isOwned: Statement["Condition"] = {
    StringEquals: { [owned]: "owned" },
    StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
  };
  /** A request that makes a resource carry the tags of this cluster. */
  const becomesOwned = {
    StringEquals: {
      [`aws:RequestTag/kubernetes.io/cluster/${clusterName}`]: "owned",
      "aws:RequestTag/eks:eks-cluster-name": clusterName,
    },
    StringLike: { "aws:RequestTag/karpenter.sh/nodepool": "*" },
  };

  return policyDocument(
    {
      Sid: "LaunchFrom",
      Effect: "Allow",
      Action: launch,
      Resource: [ofAws("image"), ofAws("snapshot"), ours("capacity-reservation"), ours("placement-group")],
    },
    {
      Sid: "LaunchInto",
      Effect: "Allow",
      Action: launch,
      Resource: ours("subnet"),
      Condition: { StringEquals: { "aws:ResourceTag/karpenter.sh/discovery": clusterName } },
    },
    {
      Sid: "LaunchWith",
      Effect: "Allow",
      Action: launch,
      Resource: ours("security-group"),
      Condition: { StringEquals: { [`aws:ResourceTag/${CLUSTER_GROUP_TAG}`]: clusterName } },
    },
    {
      Sid: "LaunchByOwnTemplate",
      Effect: "Allow",
      Action: launch,
      Resource: ours("launch-template"),
      Condition: isOwned,
    },
    {
      Sid: "LaunchTagged",
      Effect: "Allow",
      Action: [...launch, "ec2:CreateLaunchTemplate"],
      Resource: made.map(ours),
      Condition: becomesOwned,
    },
    {
      Sid: "TagWhatIsLaunched",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: made.map(ours),
      Condition: {
        ...becomesOwned,
        StringEquals: {
          ...becomesOwned.StringEquals,
          "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
        },
      },
    },
    {
      Sid: "NameOwnInstances",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: ours("instance"),
      Condition: {
        ...isOwned,
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": clusterName },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
      },
    },
    {
      Sid: "DeleteOwn",
      Effect: "Allow",
      Action: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      Resource: [ours("instance"), ours("launch-template")],
      Condition: isOwned,
    },
  );
}

/** Gives the nodes their role, and no other role to anything. */
export function nodeRolePolicy(nodeRoleArn: string): PolicyDocument {
  return policyDocument({
    Sid: "PassNodeRole",
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: nodeRoleArn,
    Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
  });
}

/** Hears what will happen to instances. */
export function interruptionPolicy(queueArn: string): PolicyDocument {
  return policyDocument({
    Sid: "ReadInterruptions",
    Effect: "Allow",
    Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
    Resource: queueArn,
  });
}

/** Looks at what there is to launch, in this region, and changes none of it. */
export function discoveryPolicy({ clusterName, region, account }: KarpenterScope): PolicyDocument {
  return policyDocument(
    {
      Sid: "FindCluster",
      Effect: "Allow",
      Action: "eks:DescribeCluster",
      Resource: `arn:aws:eks:${region}:${account}:cluster/${clusterName}`,
    },
    {
      Sid: "DescribeRegion",
      Effect: "Allow",
      Action: [
        "ec2:DescribeCapacityReservations",
        "ec2:DescribeImages",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribePlacementGroups",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      Sid: "FindImages",
      Effect: "Allow",
      Action: "ssm:GetParameter",
      Resource: `arn:aws:ssm:${region}::parameter/aws/service/*`,
    },
    // Neither action knows resources (Service Authorization Reference). Prices are asked of another region.
    { Sid: "ReadPrices", Effect: "Allow", Action: "pricing:GetProducts", Resource: "*" },
    { Sid: "ListInstanceProfiles", Effect: "Allow", Action: "iam:ListInstanceProfiles", Resource: "*" },
    {
      Sid: "ReadInstanceProfiles",
      Effect: "Allow",
      Action: "iam:GetInstanceProfile",
      Resource: `arn:aws:iam::${account}:instance-profile/*`,
    },
  );
}
