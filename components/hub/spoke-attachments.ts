import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { attachedSpokes } from "../settings/connections";
import type { HubSettings } from "../settings/settings";

/** States of an attachment that carries traffic (Amazon EC2 API Reference, TransitGatewayAttachment). */
const ATTACHED = ["available", "modifying"];

/**
 * Finds the attachments of the spokes that connections use, in AWS: a spoke's stack creates its attachment after the hub's
 * update, and the hub reads no spoke's state. AWS states the account that owns an attachment; a tag or a name would be the
 * spoke's own word. Nothing is looked up while there are no connections.
 *
 * @returns ids by spoke; a spoke that is not attached yet is absent, with a warning
 * @throws RunError if an account has several attachments
 */
export async function findAttachments(
  { connections, spokes, network }: HubSettings,
  provider: aws.Provider,
): Promise<Readonly<Record<string, string>>> {
  const found = await Promise.all(
    attachedSpokes(connections, spokes).map(async ({ name, account }) => {
      const { ids } = await aws.ec2transitgateway.getAttachments(
        { filters: filters(network.account, account) },
        { provider },
      );
      const [id] = ids;
      if (ids.length > 1) throw new pulumi.RunError(severalAttachments(name, account, ids));
      if (id !== undefined) return [[name, id] as const];
      void pulumi.log.warn(
        `${name} has no transit gateway attachment yet, so its connections are left out: deploy ${name}, then update the hub again`,
      );
      return [];
    }),
  );
  return Object.fromEntries(found.flat());
}

/** Filters of DescribeTransitGatewayAttachments (Amazon EC2 API Reference). */
function filters(hubAccount: string, account: string): aws.types.input.ec2transitgateway.GetAttachmentsFilter[] {
  return [
    { name: "transit-gateway-owner-id", values: [hubAccount] },
    { name: "resource-owner-id", values: [account] },
    { name: "resource-type", values: ["vpc"] },
    { name: "state", values: ATTACHED },
  ];
}

function severalAttachments(name: string, account: string, ids: readonly string[]): string {
  return (
    `Account ${account} of ${name} has ${ids.length} VPC attachments to transit gateways of the hub, ${ids.join(", ")}, and ` +
    `connections needs one: find out who created the others and delete them, or remove ${name} from connections.`
  );
}
