import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { HubSettings } from "../settings/settings";

/**
 * AZ IDs of the hub's AZs, in order: AWS Network Firewall takes no names, and which AZ ID a name has is known only in the
 * account. Nothing is looked up without a firewall.
 *
 * @throws RunError for an AZ that the account does not have
 */
export async function findFirewallZones(
  { inspection, zones, network, region }: HubSettings,
  provider: aws.Provider,
): Promise<readonly string[]> {
  if (!inspection.enabled) return [];
  // The provider returns both lists in the order of the names (terraform-provider-aws, aws_availability_zones).
  const found = await aws.getAvailabilityZones(
    { filters: [{ name: "zone-type", values: ["availability-zone"] }] },
    { provider },
  );
  return zones.map((zone) => {
    const id = found.zoneIds[found.names.indexOf(zone)];
    if (id !== undefined) return id;
    throw new pulumi.RunError(
      `Account ${network.account} does not have ${zone} in ${region}, in which the firewall needs an endpoint: correct ` +
        `availability-zones of ${network.name}; it has ${found.names.join(", ")}.`,
    );
  });
}
