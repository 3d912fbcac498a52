import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AWS_BUCKETS, bucketsIn, type BucketSource, REGISTRY_BUCKETS } from "../facts/s3-endpoint-buckets";
import { policyDocument, type PolicyDocument, type Statement } from "../policy-document";

export interface S3EndpointArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Route tables whose subnets reach S3 by it. */
  readonly routeTableIds: readonly pulumi.Input<string>[];
  /** Accounts whose buckets, and whose principals, pass. */
  readonly accounts: readonly string[];
  readonly region: string;
}

/**
 * The way to S3 that leaves by no NAT gateway and costs nothing, image layers above all. Every VPC has its own: a
 * gateway endpoint is a route, and a route cannot be used over a transit gateway (AWS PrivateLink Guide, "Gateway
 * endpoints").
 */
export class S3Endpoint extends pulumi.ComponentResource {
  constructor(
    name: string,
    { vpcId, routeTableIds, accounts, region }: S3EndpointArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:network:S3Endpoint", name, {}, opts);
    new aws.ec2.VpcEndpoint(
      `${name}-s3`,
      {
        vpcId,
        serviceName: `com.amazonaws.${region}.s3`,
        vpcEndpointType: "Gateway",
        routeTableIds: [...routeTableIds],
        policy: JSON.stringify(s3EndpointPolicy(accounts, region)),
        tags: { Name: `${name}-s3` },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

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
