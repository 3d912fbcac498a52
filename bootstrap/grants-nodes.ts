import { inRegion, on, onOurs, type Grant, type Scope } from "./grants";

/** What nodes take, the managed ones and those that Karpenter launches. */
export function nodeGrants(scope: Scope, cluster: string): readonly Grant[] {
  return [...nodes(scope), ...interruptions(scope, cluster)];
}

function nodes(scope: Scope): readonly Grant[] {
  const { stack, account, region } = scope;
  return [
    {
      types: ["aws:ec2/launchTemplate:LaunchTemplate"],
      statements: [
        inRegion(scope, "MakeLaunchTemplates", ["ec2:CreateLaunchTemplate"]),
        onOurs(scope, "ChangeLaunchTemplates", [
          "ec2:CreateLaunchTemplateVersion",
          "ec2:DeleteLaunchTemplate",
          "ec2:ModifyLaunchTemplate",
        ]),
        {
          ...inRegion(scope, "LaunchFromTemplates", ["ec2:RunInstances"]),
          // EKS makes a node group from a template only for those who might launch from it themselves.
          Condition: {
            StringEquals: { "aws:RequestedRegion": region },
            ArnLike: { "ec2:LaunchTemplate": `arn:aws:ec2:${region}:${account}:launch-template/*` },
          },
        },
      ],
    },
    {
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
    },
  ];
}

function interruptions({ stack, account, region }: Scope, cluster: string): readonly Grant[] {
  return [
    {
      types: ["aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"],
      statements: [
        on(
          "KeepQueue",
          ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
          `arn:aws:sqs:${region}:${account}:${cluster}`,
        ),
      ],
    },
    {
      types: ["aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"],
      statements: [
        on(
          "KeepRules",
          [
            "events:DeleteRule",
            "events:PutRule",
            "events:PutTargets",
            "events:RemoveTargets",
            "events:TagResource",
            "events:UntagResource",
          ],
          `arn:aws:events:${region}:${account}:rule/${stack}-karpenter-*`,
        ),
      ],
    },
  ];
}
