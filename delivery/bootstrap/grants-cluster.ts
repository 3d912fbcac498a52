import { ADMIN_POLICY } from "../../components/spoke/cluster";
import {
  becomesOurs,
  clusterArns,
  defaultTagsAlone,
  ec2,
  type Grant,
  inRegion,
  on,
  onOurs,
  type Scope,
} from "./grants";
import { clusterGroupGrants } from "./grants-network";

/** Grants for a cluster: its control plane, access entries, nodes, and what Karpenter needs. */
export function clusterGrants(scope: Scope, cluster: string, admins: readonly string[]): readonly Grant[] {
  return [
    ...controlPlane(scope, cluster),
    ...accessGrants(scope, cluster, admins),
    ...clusterGroupGrants(scope, cluster),
    ...nodeGrants(scope, cluster),
    ...secretGrants(scope, cluster),
  ];
}

function controlPlane(scope: Scope, cluster: string): readonly Grant[] {
  const { account, region } = scope;
  return [
    {
      types: [
        "aws:eks/addon:Addon",
        "aws:eks/cluster:Cluster",
        "aws:eks/nodeGroup:NodeGroup",
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
      ],
      statements: [
        {
          // The action has no resource (Service Authorization Reference, Amazon EKS).
          ...inRegion(scope, "MakeCluster", ["eks:CreateCluster"]),
          Condition: {
            StringEquals: { "aws:RequestedRegion": region },
            // Otherwise the principal that creates a cluster administers it.
            Bool: { "eks:bootstrapClusterCreatorAdminPermissions": "false" },
          },
        },
        on(
          "KeepCluster",
          [
            "eks:AssociateEncryptionConfig",
            "eks:CreateAddon",
            "eks:CreateNodegroup",
            "eks:CreatePodIdentityAssociation",
            "eks:DeleteAddon",
            "eks:DeleteCluster",
            "eks:DeleteNodegroup",
            "eks:DeletePodIdentityAssociation",
            "eks:TagResource",
            "eks:UntagResource",
            "eks:UpdateAddon",
            "eks:UpdateClusterConfig",
            "eks:UpdateClusterVersion",
            "eks:UpdateNodegroupConfig",
            "eks:UpdateNodegroupVersion",
            "eks:UpdatePodIdentityAssociation",
          ],
          clusterArns(scope, cluster),
        ),
      ],
    },
    {
      types: ["aws:cloudwatch/logGroup:LogGroup"],
      statements: [
        on(
          "KeepClusterLog",
          [
            "logs:CreateLogGroup",
            "logs:DeleteLogGroup",
            "logs:DeleteRetentionPolicy",
            "logs:PutRetentionPolicy",
            "logs:TagResource",
            "logs:UntagResource",
          ],
          `arn:aws:logs:${region}:${account}:log-group:/aws/eks/${cluster}/cluster*`,
        ),
      ],
    },
  ];
}

/**
 * Grants for access entries of a cluster: for the administrators that the project lists, and for Karpenter's nodes. A
 * role that may create an access entry for any principal can create one for itself, so this policy lists the
 * principals.
 *
 * @param admins ARNs of IAM roles, `cluster-admins` of the stack
 */
function accessGrants(scope: Scope, cluster: string, admins: readonly string[]): readonly Grant[] {
  const { stack, account, region } = scope;
  const eks = (path: string): string => `arn:aws:eks:${region}:${account}:${path}`;
  const administrators = [
    {
      ...on("LetAdministratorsIn", ["eks:CreateAccessEntry"], eks(`cluster/${cluster}`)),
      Condition: { ArnEquals: { "eks:principalArn": admins } },
    },
    {
      ...on(
        "MakeThemAdministrators",
        ["eks:AssociateAccessPolicy"],
        admins.flatMap(entryPaths).map((path) => eks(`access-entry/${cluster}/${path}/*`)),
      ),
      Condition: { ArnEquals: { "eks:policyArn": ADMIN_POLICY } },
    },
  ];
  return [
    {
      types: ["aws:eks/accessEntry:AccessEntry", "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"],
      statements: [
        ...(admins.length > 0 ? administrators : []),
        {
          ...on("LetNodesIn", ["eks:CreateAccessEntry"], eks(`cluster/${cluster}`)),
          Condition: {
            StringEquals: { "eks:accessEntryType": "EC2_LINUX" },
            ArnLike: { "eks:principalArn": `arn:aws:iam::${account}:role/${stack}-karpenter-node-*` },
          },
        },
        on(
          "TakeAccessBack",
          ["eks:DeleteAccessEntry", "eks:DisassociateAccessPolicy"],
          eks(`access-entry/${cluster}/*`),
        ),
      ],
    },
  ];
}

/**
 * `role/ACCOUNT/NAME`, as in the ARN of an access entry (Service Authorization Reference, Amazon EKS). It is not
 * documented whether NAME includes the role's path, so a role with a path has two.
 */
function entryPaths(roleArn: string): string[] {
  const [, , , , account = "", resource = ""] = roleArn.split(":");
  const named = resource.replace(/^role\//, "");
  const bare = named.split("/").pop() ?? named;
  return [...new Set([bare, named])].map((name) => `role/${account}/${name}`);
}

/** Grants for nodes, both managed ones and those that Karpenter launches. */
function nodeGrants(scope: Scope, cluster: string): readonly Grant[] {
  return [launchTemplates(scope), instanceProfiles(scope), interruptions(scope, cluster)];
}

function launchTemplates(scope: Scope): Grant {
  const { account, region } = scope;
  const templates = ec2(scope, "launch-template");
  return {
    types: ["aws:ec2/launchTemplate:LaunchTemplate"],
    statements: [
      on("MakeLaunchTemplates", ["ec2:CreateLaunchTemplate"], templates),
      onOurs(scope, "ChangeLaunchTemplates", [
        "ec2:CreateLaunchTemplateVersion",
        "ec2:DeleteLaunchTemplate",
        "ec2:ModifyLaunchTemplate",
      ]),
      // EKS creates a node group from a launch template only for principals that may themselves launch from it: from a
      // template of this program, with resources of these kinds.
      onOurs(scope, "LaunchFromOurTemplates", ["ec2:RunInstances"], templates),
      {
        ...on(
          "LaunchFromTemplates",
          ["ec2:RunInstances"],
          [
            ...ec2(scope, "instance", "key-pair", "network-interface", "security-group", "subnet", "volume"),
            `arn:aws:ec2:${region}::image/*`,
            `arn:aws:ec2:${region}::snapshot/*`,
          ],
        ),
        Condition: { ArnLike: { "ec2:LaunchTemplate": `arn:aws:ec2:${region}:${account}:launch-template/*` } },
      },
    ],
  };
}

function instanceProfiles({ stack, account }: Scope): Grant {
  return {
    types: ["aws:iam/instanceProfile:InstanceProfile"],
    statements: [
      on(
        "KeepInstanceProfiles",
        [
          "iam:AddRoleToInstanceProfile",
          "iam:CreateInstanceProfile",
          "iam:DeleteInstanceProfile",
          "iam:RemoveRoleFromInstanceProfile",
          "iam:TagInstanceProfile",
          "iam:UntagInstanceProfile",
        ],
        `arn:aws:iam::${account}:instance-profile/${stack}-*`,
      ),
    ],
  };
}

function interruptions({ account, region }: Scope, cluster: string): Grant {
  return {
    types: ["aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"],
    statements: [
      on(
        "KeepQueue",
        ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
        `arn:aws:sqs:${region}:${account}:${cluster}`,
      ),
    ],
  };
}

/**
 * Grants for the key of a cluster's secrets before it has a key policy. The rest is in the key policy
 * (`components/spoke/cluster.ts`). No condition of kms:TagResource distinguishes a new key from others
 * (Service Authorization Reference, AWS KMS), so no permission on a key depends on a tag.
 */
function secretGrants(scope: Scope, cluster: string): readonly Grant[] {
  const { account, region } = scope;
  return [
    {
      types: ["aws:kms/alias:Alias", "aws:kms/key:Key"],
      statements: [
        {
          ...inRegion(scope, "MakeKeys", ["kms:CreateKey", "kms:TagResource"]),
          Condition: {
            ...defaultTagsAlone(scope),
            StringEquals: { "aws:RequestedRegion": region, ...becomesOurs(scope) },
          },
        },
        on(
          "NameKeys",
          ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
          `arn:aws:kms:${region}:${account}:alias/${cluster}`,
        ),
      ],
    },
  ];
}
