import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface ShareArgs {
  /** Name of the resource share. */
  readonly shareName: string;
  /** ARNs of what is shared, by logical name of its association. */
  readonly resourceArns: Readonly<Record<string, pulumi.Input<string>>>;
  /** Account ids, or the ARNs of organizations and OUs. Plain strings, because they decide which children exist. */
  readonly principals: readonly string[];
}

/** Shares resources of the hub with the accounts of spokes through AWS RAM, within the organization only. */
export function shareResources(
  name: string,
  { shareName, resourceArns, principals }: ShareArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const share = new aws.ram.ResourceShare(name, { name: shareName, allowExternalPrincipals: false }, opts);
  for (const [child, resourceArn] of Object.entries(resourceArns)) {
    new aws.ram.ResourceAssociation(child, { resourceShareArn: share.arn, resourceArn }, opts);
  }
  for (const principal of principals) {
    new aws.ram.PrincipalAssociation(
      `${name}-${principal.split("/").pop() ?? principal}`,
      { resourceShareArn: share.arn, principal },
      opts,
    );
  }
}
