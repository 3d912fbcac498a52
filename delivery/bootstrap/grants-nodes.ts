import { ec2, on, onOurs, type Grant, type Scope } from "./grants";

/** What nodes take, the managed ones and those that Karpenter launches. */
export function nodeGrants(scope: Scope, cluster: string): readonly Grant[] {
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
      // EKS makes a node group from a template only for those who might launch from it themselves: from a template of
      // ours, and what the launch consists of, while it is from a template.
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
