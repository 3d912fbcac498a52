import { idOf, type Modification, withResource } from "../../../support/modifications";
import { subnet, TGW, transitTable, vpc } from "./mutation";

export const office = `${idOf("aws:ec2/vpnConnection:VpnConnection", "hub-site-office").slice(0, -1)}.transitGatewayAttachmentId}`;
export const firewall = `${idOf("aws:networkfirewall/firewall:Firewall", "hub-inspection").slice(0, -1)}.firewallStatuses[0].transitGatewayAttachmentSyncStates[0].attachmentId}`;

/** A route of the transit gateway that nobody ordered. */
export const leak = (name: string, destinationCidrBlock: string, transitGatewayAttachmentId: string): Modification =>
  withResource(`aws:${TGW}/route:Route`, "leak", {
    transitGatewayRouteTableId: transitTable(name),
    ...{ destinationCidrBlock, transitGatewayAttachmentId },
  });

/** A network ACL of a subnet with these rules for inbound packets; outbound packets may pass. */
export const acl = (network: string, of: string, ...ingress: readonly object[]): Modification =>
  withResource("aws:ec2/networkAcl:NetworkAcl", "acl", {
    ...{ vpcId: vpc(network), subnetIds: [subnet(of)], ingress },
    egress: [{ ruleNo: 100, ...ALL, action: "allow", cidrBlock: "0.0.0.0/0" }],
  });
export const ALL = { protocol: "-1", fromPort: 0, toPort: 0 };
