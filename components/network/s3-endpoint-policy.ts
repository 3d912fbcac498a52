import { policyDocument, type PolicyDocument } from "../policy-document";

/**
 * Buckets of AWS that a node reads, by region (Amazon ECR User Guide, "Amazon ECR interface VPC endpoints", for the
 * image layers; Amazon Linux 2023 User Guide, "Managing repositories"; AWS Systems Manager User Guide, "SSM Agent
 * communications with AWS managed S3 buckets").
 */
export function awsBuckets(region: string): readonly string[] {
  return [
    `prod-${region}-starport-layer-bucket`,
    `al2023-repos-${region}-de612dc2`,
    `amazon-ssm-${region}`,
    `amazon-ssm-packages-${region}`,
    `aws-ssm-${region}`,
    `aws-ssm-document-attachments-${region}`,
    `patch-baseline-snapshot-${region}`,
    `${region}-birdwatcher-prod`,
  ];
}

/**
 * Policy of the S3 gateway endpoints: AWS's own buckets are read, our accounts' buckets are used by our principals,
 * and no other bucket is reached, so that nothing is carried out to a stranger's.
 */
export function s3EndpointPolicy(accounts: readonly string[], region: string): PolicyDocument {
  return policyDocument(
    {
      Sid: "ReadFromAws",
      Effect: "Allow",
      // Anybody: a layer is fetched by a signed URL of ECR's, and packages without credentials.
      Principal: "*",
      Action: "s3:GetObject",
      Resource: awsBuckets(region).map((bucket) => `arn:aws:s3:::${bucket}/*`),
    },
    {
      Sid: "OurBuckets",
      Effect: "Allow",
      // "*" and conditions: a gateway endpoint's policy knows no account as principal.
      Principal: "*",
      Action: "s3:*",
      // Buckets are told by their owner: their names are not known here, and do not say whose they are.
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalAccount": accounts, "aws:ResourceAccount": accounts } },
    },
  );
}
