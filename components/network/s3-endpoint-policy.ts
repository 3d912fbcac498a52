import { policyDocument, type PolicyDocument, type Statement } from "../policy-document";
import { AWS_BUCKETS, bucketsIn, REGISTRY_BUCKETS, type BucketSource } from "../facts/s3-endpoint-buckets";

/**
 * Policy of the S3 gateway endpoints: the buckets that AWS and public registries send nodes to are read, our accounts'
 * buckets are used by our principals, and no other bucket is reached, so that nothing is carried out to a stranger's.
 */
export function s3EndpointPolicy(accounts: readonly string[], region: string): PolicyDocument {
  return policyDocument(
    ...reading("ReadFromAws", region, AWS_BUCKETS),
    ...reading("ReadFromRegistries", region, REGISTRY_BUCKETS),
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

/** Reads of the buckets in the region; no statement where there is none, since AWS refuses one without a resource. */
function reading(sid: string, region: string, lists: readonly BucketSource[]): Statement[] {
  const resources = bucketsIn(region, lists).map(({ bucket }) => `arn:aws:s3:::${bucket}/*`);
  if (resources.length === 0) return [];
  return [
    {
      Sid: sid,
      Effect: "Allow",
      // Anybody: a layer is fetched by a signed URL of the registry's or without credentials, as packages are.
      Principal: "*",
      Action: "s3:GetObject",
      Resource: resources,
    },
  ];
}
