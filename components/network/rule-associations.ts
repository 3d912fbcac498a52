import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ruleName } from "../names";

export interface RuleAssociationsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Ids of Resolver rules by domain name. The names are plain strings: each is a resource, named after the domain. */
  readonly ruleIds: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Associates a VPC with the Resolver rules of the hub, so that its own resolver forwards queries for these domains. */
export class RuleAssociations extends pulumi.ComponentResource {
  constructor(name: string, { vpcId, ruleIds }: RuleAssociationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:network:RuleAssociations", name, {}, opts);
    for (const [domain, resolverRuleId] of Object.entries(ruleIds)) {
      new aws.route53.ResolverRuleAssociation(
        `${name}-${domain}`,
        { name: ruleName(domain), resolverRuleId, vpcId },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
