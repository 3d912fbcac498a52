import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface QueryLogArgs {
  readonly vpcId: pulumi.Input<string>;
  /** S3 bucket that the log goes to. */
  readonly logArchiveArn: pulumi.Input<string>;
}

/** Every name that is asked for in a VPC, and the answer, in the log archive. */
export class QueryLog extends pulumi.ComponentResource {
  constructor(name: string, { vpcId, logArchiveArn }: QueryLogArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:network:QueryLog", name, {}, opts);
    const config = new aws.route53.ResolverQueryLogConfig(
      name,
      { name, destinationArn: logArchiveArn, tags: { Name: name } },
      { parent: this },
    );
    new aws.route53.ResolverQueryLogConfigAssociation(
      name,
      { resolverQueryLogConfigId: config.id, resourceId: vpcId },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
