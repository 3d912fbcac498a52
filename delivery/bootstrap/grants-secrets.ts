import { becomesOurs, defaultTagsAlone, inRegion, on, type Grant, type Scope } from "./grants";

/**
 * What the key of a cluster's secrets takes before it has a policy: the rest is in its policy
 * (`components/spoke/secrets-key-policy.ts`). kms:TagResource knows no condition that tells a new key from another (Service
 * Authorization Reference, AWS KMS), so no right on a key hangs on a tag.
 */
export function secretGrants(scope: Scope, cluster: string): readonly Grant[] {
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
