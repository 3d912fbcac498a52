import { logDatabaseName, logWorkgroupName } from "../../components/names";
import type { Statement } from "../../components/policy-document";
import { type Grant, inRegion, on, type Scope } from "./grants";

/** ARN pattern of the bucket `STACK-logs`, to whose name Pulumi adds a hyphen and seven characters. */
const archiveArn = ({ stack }: Scope): string => `arn:aws:s3:::${stack}-logs-???????`;
/** ARN pattern of the bucket `STACK-logs-results`, which the pattern of the archive does not match. */
const resultsArn = ({ stack }: Scope): string => `arn:aws:s3:::${stack}-logs-results-*`;

/** ARN patterns of both buckets, for reading their configuration. */
export function logBucketArns(scope: Scope): readonly string[] {
  return [archiveArn(scope), resultsArn(scope)];
}

/** Actions that create, change and delete a bucket. None of them accesses its objects. */
const KEEP_BUCKET = [
  "s3:CreateBucket",
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutBucketTagging",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
  "s3:TagResource",
  "s3:UntagResource",
];

/**
 * Grants for the log archive, and for the table and queries that read it.
 *
 * A principal that can change the archive's policy, lifecycle, versioning or lock can read or delete logs. So the
 * deployment role may change them only while an administrator has set `archive-changes`. A Deny always prevents it from
 * accessing the logs themselves.
 */
export function logArchiveGrants(scope: Scope, archiveChanges: boolean): readonly Grant[] {
  return [buckets(scope, archiveChanges), queries(scope)];
}

function buckets(scope: Scope, archiveChanges: boolean): Grant {
  const changes: Statement[] = archiveChanges
    ? [
        on(
          "ChangeLogArchive",
          [...KEEP_BUCKET, "s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"],
          archiveArn(scope),
        ),
      ]
    : [];
  return {
    types: [
      "aws:s3/bucket:Bucket",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "aws:s3/bucketVersioning:BucketVersioning",
    ],
    statements: [
      ...changes,
      on("KeepQueryResults", KEEP_BUCKET, resultsArn(scope)),
      // A destroy empties the bucket of results first.
      on("EmptyQueryResults", ["s3:ListBucketVersions"], resultsArn(scope)),
      on("DeleteQueryResults", ["s3:DeleteObject", "s3:DeleteObjectVersion"], `${resultsArn(scope)}/*`),
      { ...on("LeaveLogsAlone", ["s3:*"], `${archiveArn(scope)}/*`), Effect: "Deny" },
    ],
  };
}

function queries({ account, region, prefix }: Scope): Grant {
  const database = logDatabaseName(prefix);
  const arn = (service: string, path: string): string => `arn:aws:${service}:${region}:${account}:${path}`;
  return {
    types: [
      "aws:athena/namedQuery:NamedQuery",
      "aws:athena/workgroup:Workgroup",
      "aws:glue/catalogDatabase:CatalogDatabase",
      "aws:glue/catalogTable:CatalogTable",
    ],
    statements: [
      on(
        "KeepLogTable",
        [
          "glue:CreateDatabase",
          "glue:CreateTable",
          "glue:DeleteDatabase",
          "glue:DeleteTable",
          "glue:TagResource",
          "glue:UntagResource",
          "glue:UpdateDatabase",
          "glue:UpdateTable",
        ],
        [
          arn("glue", "catalog"),
          arn("glue", `database/${database}`),
          arn("glue", `table/${database}/*`),
          // Deleting a database also deletes the functions in it.
          arn("glue", `userDefinedFunction/${database}/*`),
        ],
      ),
      on(
        "KeepLogQueries",
        [
          "athena:CreateNamedQuery",
          "athena:CreateWorkGroup",
          "athena:DeleteNamedQuery",
          "athena:DeleteWorkGroup",
          "athena:TagResource",
          "athena:UntagResource",
          "athena:UpdateWorkGroup",
        ],
        arn("athena", `workgroup/${logWorkgroupName(prefix)}`),
      ),
    ],
  };
}

const GITHUB_ISSUER = "token.actions.githubusercontent.com";

/** Grants for the registry, its pull through cache, and the OIDC provider of the image publishers. */
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
