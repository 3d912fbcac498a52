import { inRegion, on, type Grant, type Scope } from "./grants";

const GITHUB_ISSUER = "token.actions.githubusercontent.com";

/** What the registry takes, its cache, and trust in those who publish images. */
export function imageGrants(scope: Scope): readonly Grant[] {
  const { account, region } = scope;
  const github = `arn:aws:iam::${account}:oidc-provider/${GITHUB_ISSUER}`;
  return [
    {
      types: [
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "aws:ecr/repository:Repository",
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
      ],
      statements: [
        on(
          "KeepRepositories",
          [
            "ecr:CreateRepository",
            "ecr:DeleteLifecyclePolicy",
            "ecr:DeleteRepository",
            "ecr:DeleteRepositoryPolicy",
            "ecr:PutImageScanningConfiguration",
            "ecr:PutImageTagMutability",
            "ecr:PutLifecyclePolicy",
            "ecr:SetRepositoryPolicy",
            "ecr:TagResource",
            "ecr:UntagResource",
          ],
          `arn:aws:ecr:${region}:${account}:repository/*`,
        ),
      ],
    },
    {
      types: [
        "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
        "aws:ecr/registryPolicy:RegistryPolicy",
        "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
      ],
      statements: [
        inRegion(scope, "KeepCache", [
          "ecr:CreatePullThroughCacheRule",
          "ecr:CreateRepositoryCreationTemplate",
          "ecr:DeletePullThroughCacheRule",
          "ecr:DeleteRegistryPolicy",
          "ecr:DeleteRepositoryCreationTemplate",
          "ecr:PutRegistryPolicy",
          "ecr:UpdatePullThroughCacheRule",
          "ecr:UpdateRepositoryCreationTemplate",
        ]),
      ],
    },
    {
      types: ["aws:iam/openIdConnectProvider:OpenIdConnectProvider"],
      statements: [
        on(
          "TrustGitHub",
          [
            "iam:AddClientIDToOpenIDConnectProvider",
            "iam:CreateOpenIDConnectProvider",
            "iam:DeleteOpenIDConnectProvider",
            "iam:RemoveClientIDFromOpenIDConnectProvider",
            "iam:TagOpenIDConnectProvider",
            "iam:UntagOpenIDConnectProvider",
            "iam:UpdateOpenIDConnectProviderThumbprint",
          ],
          github,
        ),
      ],
    },
  ];
}
