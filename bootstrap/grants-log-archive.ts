import { PREFIX } from "../components/tags";
import { on, type Grant, type Scope } from "./grants";

/** What the log archive takes, and the table and queries that read it. */
export function logArchiveGrants({ stack, account, region }: Scope): readonly Grant[] {
  const arn = (service: string, path: string): string => `arn:aws:${service}:${region}:${account}:${path}`;
  return [
    {
      types: [
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      ],
      statements: [
        // Not its objects: a pipeline neither reads the logs nor deletes one.
        on(
          "KeepLogArchive",
          [
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
          ],
          `arn:aws:s3:::${stack}-logs-*`,
        ),
      ],
    },
    {
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
            arn("glue", `database/${PREFIX}_logs`),
            arn("glue", `table/${PREFIX}_logs/*`),
            // A database is deleted with what might be in it.
            arn("glue", `userDefinedFunction/${PREFIX}_logs/*`),
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
          arn("athena", `workgroup/${PREFIX}-logs`),
        ),
      ],
    },
  ];
}
