import { items, type ModelResource, text, textIn } from "../resource";
import type { Resources } from "./resources";

/** A firewall that is attached to a transit gateway. Its attachment is no resource of its own. */
export interface FirewallAttachment {
  readonly id: string;
  /** Name of the firewall. */
  readonly name: string;
  /** Id of the firewall itself. */
  readonly firewallId: string;
  readonly gatewayId: string;
  /** Name of its stack. */
  readonly stack: string;
  /** AZ IDs in which it has endpoints. */
  readonly zoneIds: readonly string[];
}

export const FIREWALL = "aws:networkfirewall/firewall:Firewall";

/** Path of the attribute with the attachment. */
const ATTACHMENT = "firewallStatuses[0].transitGatewayAttachmentSyncStates[0].attachmentId";

/** Id of the transit gateway attachment of a firewall; empty if it has none. */
export function firewallAttachmentId({ id, outputs }: ModelResource): string {
  if (outputs === undefined) return id.replace(/\}$/, `.${ATTACHMENT}}`);
  const [status] = items({ inputs: outputs }, "firewallStatuses");
  const [state] = status === undefined ? [] : items({ inputs: status }, "transitGatewayAttachmentSyncStates");
  return state === undefined ? "" : textIn(state, "attachmentId");
}

/**
 * Firewalls of transit gateways (AWS Network Firewall Developer Guide, "Transit gateway-attached firewalls"). They propagate no
 * route. Which route table they use is set by an association.
 */
export function readFirewalls(resources: Resources): FirewallAttachment[] {
  return resources
    .ofType(FIREWALL)
    .filter((firewall) => text(firewall, "transitGatewayId") !== "")
    .map((firewall) => ({
      ...{ id: firewallAttachmentId(firewall), name: firewall.name, firewallId: firewall.id },
      ...{ gatewayId: text(firewall, "transitGatewayId"), stack: resources.stackOf(firewall)?.name ?? "" },
      zoneIds: items(firewall, "availabilityZoneMappings").map((each) => textIn(each, "availabilityZoneId")),
    }));
}
