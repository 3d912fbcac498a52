import { intersection, subtract, type Ranges } from "../addresses/ranges";
import { type NetworkAcl, permitted, type Traffic } from "../topology/packet-filters";
import type { Subnet } from "../topology/topology";
import type { End, Hop, PacketPath, Reason, Translation } from "./path";

/** Packets in transit: any of the sources with any of the destinations. */
export interface Packets {
  /** Source addresses in the sending subnet. */
  readonly origin: Ranges;
  /** Current source addresses: after a NAT gateway, the gateway's addresses. */
  readonly sources: Ranges;
  readonly destinations: Ranges;
  readonly traffic: Traffic;
  /** Service that owns the destinations, to match the prefix lists of gateway endpoints; undefined: none. */
  readonly service: { readonly name: string; readonly region: string } | undefined;
  /** VPC of the sending network interface (after NAT, the NAT gateway's): only gateways of this VPC serve it. */
  readonly vpcId: string;
  /** Whether that interface has a public address, which an internet gateway requires. */
  readonly hasPublicAddress: boolean;
  readonly translations: readonly Translation[];
}

/** The path of packets that end here. */
export function ended(
  { origin, sources, destinations, translations }: Packets,
  hops: readonly Hop[],
  end: End,
  reason?: Reason,
  landsIn: string | null = null,
): PacketPath {
  return {
    ...{ hops, end, landsIn, translations, destinations },
    ...{ sources: origin, seenFrom: sources },
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The packets that passed a filter (undefined: none), and the paths of those that did not. */
interface Filtered {
  readonly passing: Packets | undefined;
  readonly refused: readonly PacketPath[];
}

/**
 * From one subnet to another, through both network ACLs: the first filters by destination, the second by source. Network
 * ACLs do not apply inside a subnet (Amazon VPC User Guide, "Control subnet traffic with network access control lists").
 * `to` is undefined for packets that leave the VPC.
 */
export function betweenSubnets(from: Subnet, to: Subnet | undefined, packets: Packets, hops: readonly Hop[]): Filtered {
  return from.id === to?.id ? { passing: packets, refused: [] } : pastBoth(from.acl, to?.acl, packets, hops);
}

/**
 * Into a transit gateway: the network ACL of the sender's subnet filters by destination, that of the attachment subnet by
 * source, even if both are the same subnet (Amazon VPC Transit Gateways, "Network ACLs for transit gateways").
 */
export function pastBoth(
  out: NetworkAcl | undefined,
  into: NetworkAcl | undefined,
  packets: Packets,
  hops: readonly Hop[],
): Filtered {
  const left = leaving(out, packets, hops);
  if (left.passing === undefined) return left;
  const entered = entering(into, left.passing, hops);
  return { passing: entered.passing, refused: [...left.refused, ...entered.refused] };
}

function leaving(acl: NetworkAcl | undefined, packets: Packets, hops: readonly Hop[]): Filtered {
  if (acl === undefined) return { passing: packets, refused: [] };
  const allowed = permitted(acl.egress, packets.traffic);
  const [passing, stopped] = [intersection(packets.destinations, allowed), subtract(packets.destinations, allowed)];
  const reason = { kind: "network ACL egress", acl: acl.name, destinations: stopped } as const;
  return {
    passing: passing.length === 0 ? undefined : { ...packets, destinations: passing },
    refused: stopped.length === 0 ? [] : [ended({ ...packets, destinations: stopped }, hops, "refused", reason)],
  };
}

/** Through the network ACL of the subnet that packets enter. */
export function entering(acl: NetworkAcl | undefined, packets: Packets, hops: readonly Hop[]): Filtered {
  if (acl === undefined) return { passing: packets, refused: [] };
  const allowed = permitted(acl.ingress, packets.traffic);
  const [passing, stopped] = [intersection(packets.sources, allowed), subtract(packets.sources, allowed)];
  const reason = { kind: "network ACL ingress", acl: acl.name, sources: stopped } as const;
  return {
    passing: passing.length === 0 ? undefined : fromSources(packets, passing),
    refused: stopped.length === 0 ? [] : [ended(fromSources(packets, stopped), hops, "refused", reason)],
  };
}

/** The packets with these sources; without NAT on the path, the sources are the senders. */
function fromSources(packets: Packets, sources: Ranges): Packets {
  return packets.translations.length > 0 ? { ...packets, sources } : { ...packets, sources, origin: sources };
}
