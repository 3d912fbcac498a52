import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AWS_BUCKETS, bucketsIn, type BucketSource, REGISTRY_BUCKETS } from "../facts/s3-endpoint-buckets";
import { policyDocument, type PolicyDocument, type Statement } from "../policy-document";

export interface S3EndpointArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Route tables that get a route to the endpoint. */
  readonly routeTableIds: readonly pulumi.Input<string>[];
  /** Accounts whose principals may use the endpoint, to reach buckets of these accounts. */
  readonly accounts: readonly string[];
  readonly region: string;
}

/**
 * The S3 gateway endpoint of a VPC. It is free, and without it traffic to S3, above all image layers, would go through
 * a NAT gateway. Every VPC needs its own: the endpoint is a route, and routes do not apply to traffic from a transit
 * gateway (AWS PrivateLink Guide, "Gateway endpoints").
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
 * Policy of an S3 gateway endpoint. It allows reads of the buckets that AWS and public registries redirect nodes to,
 * and use of our accounts' buckets by our principals. It allows no other bucket, so that no data can be copied to one.
 */
export function s3EndpointPolicy(accounts: readonly string[], region: string): PolicyDocument {
  return policyDocument(
    ...reading("ReadFromAws", region, AWS_BUCKETS),
    ...reading("ReadFromRegistries", region, REGISTRY_BUCKETS),
    {
      Sid: "OurBuckets",
      Effect: "Allow",
      // "*" and conditions: the policy of a gateway endpoint cannot have an account as principal.
      Principal: "*",
      Action: "s3:*",
      // Conditions on the owner: the names of the buckets are not known here.
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalAccount": accounts, "aws:ResourceAccount": accounts } },
    },
  );
}

/**
 * Allows reads of the buckets in the Region. No statement where there are none, since AWS refuses one without a
 * resource.
 */
function reading(sid: string, region: string, lists: readonly BucketSource[]): Statement[] {
  const resources = bucketsIn(region, lists).map(({ bucket }) => `arn:aws:s3:::${bucket}/*`);
  if (resources.length === 0) return [];
  return [
    {
      Sid: sid,
      Effect: "Allow",
      // Any principal: layers are fetched with a signed URL of the registry, and packages without credentials.
      Principal: "*",
      Action: "s3:GetObject",
      Resource: resources,
    },
  ];
}
