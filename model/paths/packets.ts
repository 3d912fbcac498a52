import { rangesInWords } from "../addresses/words";
import { difference, intersection, isEmpty, type Ranges } from "../addresses/ranges";
import { permitted, type NetworkAcl } from "../topology/network-acls";
import type { Subnet } from "../topology/topology";
import type { Traffic } from "../topology/traffic";
import type { End, Hop, Translation, Way } from "./path";

/** Packets on their way: any of the sources with any of the destinations. */
export interface Packets {
  /** As they left the subnet that sends them. */
  readonly origin: Ranges;
  /** As they are now: behind a NAT gateway its addresses. */
  readonly sources: Ranges;
  readonly destinations: Ranges;
  readonly traffic: Traffic;
  /** Service that the addresses belong to, which prefix lists of gateway endpoints go by; undefined for none. */
  readonly service: { readonly name: string; readonly region: string } | undefined;
  /** VPC of the interface that sends them, a NAT gateway's after that: only there do gateways know it. */
  readonly vpcId: string;
  /** Whether that interface has an address of the internet's, which an internet gateway asks for. */
  readonly hasPublicAddress: boolean;
  readonly translations: readonly Translation[];
}

/** The end of some packets. */
export function ended(
  { origin, sources, destinations, translations }: Packets,
  hops: readonly Hop[],
  end: End,
  why?: string,
  landsIn: string | null = null,
): Way {
  return {
    ...{ hops, end, landsIn, translations, destinations },
    ...{ sources: origin, seenFrom: sources },
    ...(why === undefined ? {} : { why }),
  };
}

/** Packets that passed a filter, undefined for none, and the ways of those that did not. */
export interface Filtered {
  readonly passing: Packets | undefined;
  readonly refused: readonly Way[];
}

/**
 * From one subnet to another, past the ACLs of both: that of the first by the destination, that of the second by the
 * source. Inside a subnet no ACL is asked (Amazon VPC User Guide, "Control subnet traffic with network access control
 * lists"). `to` is undefined for what leaves the VPC.
 */
export function betweenSubnets(from: Subnet, to: Subnet | undefined, packets: Packets, hops: readonly Hop[]): Filtered {
  return from.id === to?.id ? { passing: packets, refused: [] } : pastBoth(from.acl, to?.acl, packets, hops);
}

/**
 * Into a transit gateway: past the ACL of the sender's subnet by the destination, and that of the attachment's subnet by
 * the source, even if both are one (Amazon VPC Transit Gateways, "Network ACLs for transit gateways").
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
  const [passing, stopped] = [intersection(packets.destinations, allowed), difference(packets.destinations, allowed)];
  const why = `network ACL ${acl.name} lets nothing out to ${rangesInWords(stopped)}`;
  return {
    passing: isEmpty(passing) ? undefined : { ...packets, destinations: passing },
    refused: isEmpty(stopped) ? [] : [ended({ ...packets, destinations: stopped }, hops, "refused", why)],
  };
}

/** Past the ACL of the subnet that packets come into. */
export function entering(acl: NetworkAcl | undefined, packets: Packets, hops: readonly Hop[]): Filtered {
  if (acl === undefined) return { passing: packets, refused: [] };
  const allowed = permitted(acl.ingress, packets.traffic);
  const [passing, stopped] = [intersection(packets.sources, allowed), difference(packets.sources, allowed)];
  const why = `network ACL ${acl.name} lets nothing in from ${rangesInWords(stopped)}`;
  return {
    passing: isEmpty(passing) ? undefined : fromSources(packets, passing),
    refused: isEmpty(stopped) ? [] : [ended(fromSources(packets, stopped), hops, "refused", why)],
  };
}

/** Packets of some of the sources; before a NAT gateway these are those of the sender. */
export function fromSources(packets: Packets, sources: Ranges): Packets {
  return packets.translations.length > 0 ? { ...packets, sources } : { ...packets, sources, origin: sources };
}
