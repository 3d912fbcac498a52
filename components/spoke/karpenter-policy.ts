import { CLUSTER_GROUP_TAG, DISCOVERY_TAG } from "../kubernetes-names";
import { policyDocument, type PolicyDocument, type Statement } from "../policy-document";

/** The cluster of the controller. */
interface KarpenterScope {
  readonly clusterName: string;
  readonly region: string;
  readonly account: string;
}

/**
 * Lets the controller launch and delete instances.
 *
 * The policies of the controller are those of Karpenter's release 1.14 (aws/karpenter-provider-aws,
 * `getting-started-with-karpenter/cloudformation.yaml`), with three restrictions. They allow only resources of this
 * account. They allow only subnets that are tagged for this cluster, and security groups that EKS created for it. And
 * the controller creates no instance profiles, since it gets one.
 *
 * All of them belong to one role, which may have 10,240 characters of inline policies (IAM User Guide, "IAM and AWS STS
 * quotas").
 */
export function launchPolicy({ clusterName, region, account }: KarpenterScope): PolicyDocument {
  const owned = `aws:ResourceTag/kubernetes.io/cluster/${clusterName}`;
  const ofAws = (kind: string): string => `arn:aws:ec2:${region}::${kind}/*`;
  const ours = (kind: string): string => `arn:aws:ec2:${region}:${account}:${kind}/*`;
  const made = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"];
  const launch = ["ec2:RunInstances", "ec2:CreateFleet"];

  /** A resource that Karpenter created for this cluster. */
  const isOwned: Statement["Condition"] = {
    StringEquals: { [owned]: "owned" },
    StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
  };
  /** A request that sets the tags of this cluster on a resource. */
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
      Condition: { StringEquals: { [`aws:ResourceTag/${DISCOVERY_TAG}`]: clusterName } },
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

/** Lets the controller pass the nodes their role, and no other. */
export function nodeRolePolicy(nodeRoleArn: string): PolicyDocument {
  return policyDocument({
    Sid: "PassNodeRole",
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: nodeRoleArn,
    Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
  });
}

/** Lets the controller read interruption events. */
export function interruptionPolicy(queueArn: string): PolicyDocument {
  return policyDocument({
    Sid: "ReadInterruptions",
    Effect: "Allow",
    Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
    Resource: queueArn,
  });
}

/** Lets the controller read what it can launch in this Region. It changes nothing. */
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
    // Neither action has resources (Service Authorization Reference). The price list is in other Regions.
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
