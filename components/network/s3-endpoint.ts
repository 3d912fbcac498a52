import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { s3EndpointPolicy } from "./s3-endpoint-policy";

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
