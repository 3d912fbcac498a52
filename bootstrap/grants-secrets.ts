import { inRegion, on, onOurs, type Grant, type Scope } from "./grants";

/** What the key of a cluster's secrets takes. */
export function secretGrants(scope: Scope, cluster: string): readonly Grant[] {
  const { account, region } = scope;
  return [
    {
      types: ["aws:kms/alias:Alias", "aws:kms/key:Key"],
      statements: [
        {
          ...inRegion(scope, "MakeKeys", ["kms:CreateKey", "kms:TagResource"]),
          Condition: { StringEquals: { "aws:RequestedRegion": region, "aws:RequestTag/Project": "piksel" } },
        },
        // Not their use. EKS is given its grant, and does not support the condition that would hold a grant to services of
        // AWS (Amazon EKS User Guide, "Create an Amazon EKS cluster").
        onOurs(scope, "ChangeKeys", [
          "kms:CreateAlias",
          "kms:CreateGrant",
          "kms:DeleteAlias",
          "kms:DisableKeyRotation",
          "kms:EnableKeyRotation",
          "kms:PutKeyPolicy",
          "kms:ScheduleKeyDeletion",
          "kms:TagResource",
          "kms:UntagResource",
          "kms:UpdateAlias",
          "kms:UpdateKeyDescription",
        ]),
        on(
          "NameKeys",
          ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
          `arn:aws:kms:${region}:${account}:alias/${cluster}`,
        ),
      ],
    },
  ];
}
