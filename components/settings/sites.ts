import { overlaps, parseCidr, publicAddressRule, siteCidrRule } from "./cidrs";
import { ALL_SPOKES, type KnownNetworks, refuseSharedAccount } from "./connections";
import type { Faults } from "./faults";
import { type Fields, isObject, refuseUnknownFields } from "./fields";
import { nameRule } from "./networks";
import type { Network, Site } from "./settings";

/** What the key `sites` depends on. */
export interface SitesContext extends KnownNetworks {
  /** IPv4 CIDR of Kubernetes services; undefined: it has a fault. */
  readonly kubernetesServiceCidr: string | undefined;
}

const FIELDS = ["cidrs", "spokes", "vpn", "direct-connect-gateway"];
const VPN_FIELDS = ["address", "asn"];
const FORM = "{cidrs: [192.168.0.0/16], spokes: [dev], vpn: {address: 203.0.113.10, asn: 65010}}";

/** Most sites: "Site-to-Site VPN connections per Region" by default (AWS Site-to-Site VPN User Guide, "AWS Site-to-Site VPN quotas"). */
const MOST_SITES = 50;

/** ASN of the transit gateway: AWS's default (Amazon EC2 API Reference, TransitGatewayRequestOptions). */
const GATEWAY_ASN = 64512;
/** Largest ASN of four bytes (RFC 6793). */
const LARGEST_ASN = 2 ** 32 - 1;

/** Form of the id of a Direct Connect gateway (AWS Direct Connect API Reference, DirectConnectGateway). */
const GATEWAY_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Reads the key `sites`, the networks outside AWS.
 *
 * @returns the sites by name; undefined if the key or the account map has a fault, which is recorded
 */
export function decodeSites(fields: Fields, context: SitesContext, faults: Faults): readonly Site[] | undefined {
  const entries = fields.object("sites");
  if (entries === undefined) return undefined;
  const names = Object.keys(entries).sort();
  if (names.length > MOST_SITES) {
    faults.add("sites", "…", `an object of ${names.length} sites; must have at most ${MOST_SITES}`);
    return undefined;
  }
  const sites = names.map((name) => decodeSite(name, entries[name], context, faults));
  const known = sites.flatMap((site) => site ?? []);
  refuseOverlaps(known, context, faults);
  refuseTwice(known, faults);
  const { networks } = context;
  if (networks === undefined || known.length < sites.length) return undefined;
  const inOrder = known.map((site) => ({ ...site, ...sorted(site, networks) }));
  for (const spoke of networks.filter(({ name }) => known.some(({ spokes }) => spokes.includes(name)))) {
    refuseSharedAccount(spoke, "sites", networks, faults);
  }
  return inOrder;
}

function decodeSite(name: string, entry: unknown, context: SitesContext, faults: Faults): Site | undefined {
  const place = `sites.${name}`;
  refuseName(name, context, faults);
  if (!isObject(entry)) {
    faults.add(place, entry, `must be ${FORM}`);
    return undefined;
  }
  refuseUnknownFields(place, entry, { known: FIELDS, where: "here" }, faults);
  const cidrs = strings(`${place}.cidrs`, entry["cidrs"], "CIDRs of the site, such as [192.168.0.0/16]", faults);
  cidrs?.forEach((cidr, index) => faults.check(`${place}.cidrs[${index}]`, cidr, siteCidrRule));
  if (cidrs?.length === 0) faults.add(`${place}.cidrs`, cidrs, "must list at least one CIDR of the site");
  const spokes = strings(`${place}.spokes`, entry["spokes"] ?? [], "names of spokes, such as [dev]", faults);
  spokes?.forEach((spoke, index) => {
    const advice = spokeFault(spoke, context);
    if (advice !== undefined) faults.add(`${place}.spokes[${index}]`, spoke, advice);
  });
  const link = decodeLink(place, entry, faults);
  const areGood = cidrs?.every((cidr) => siteCidrRule(cidr) === undefined) ?? false;
  if (cidrs === undefined || spokes === undefined || link === undefined || !areGood) return undefined;
  return { name, cidrs, spokes, link };
}

function refuseName(name: string, { names = [] }: SitesContext, faults: Faults): void {
  const isTaken = names.includes(name) ? `also the name of networks.${name}; rename the site` : undefined;
  faults.check(`the name of sites.${name}`, name, (text) => nameRule(text) ?? isTaken);
}

function spokeFault(spoke: string, { names, hub }: SitesContext): string | undefined {
  if (spoke === hub) return "the hub and every site reach each other without it; remove it";
  if (spoke === ALL_SPOKES) return "must be the name of a spoke; name each one that may reach the site";
  if (names === undefined || names.includes(spoke)) return undefined;
  return `networks has no spoke ${spoke}; add it, or correct the name`;
}

function decodeLink(place: string, entry: Readonly<Record<string, unknown>>, faults: Faults): Site["link"] | undefined {
  const [vpn, gatewayId] = [entry["vpn"], entry["direct-connect-gateway"]];
  if ((vpn === undefined) === (gatewayId === undefined)) {
    const got = vpn === undefined ? undefined : { vpn, "direct-connect-gateway": gatewayId };
    const advice = "must be one of vpn: {address: 203.0.113.10, asn: 65010} and direct-connect-gateway: ID";
    faults.add(`the link of ${place}`, got, advice);
    return undefined;
  }
  if (vpn !== undefined) return decodeVpn(`${place}.vpn`, vpn, faults);
  if (typeof gatewayId === "string" && GATEWAY_ID.test(gatewayId)) return { kind: "direct connect", gatewayId };
  const advice =
    "must be the id of a Direct Connect gateway in the hub's account, such as 01234567-89ab-cdef-0123-456789abcdef";
  faults.add(`${place}.direct-connect-gateway`, gatewayId, advice);
  return undefined;
}

function decodeVpn(place: string, vpn: unknown, faults: Faults): Site["link"] | undefined {
  if (!isObject(vpn)) {
    faults.add(place, vpn, "must be {address: 203.0.113.10, asn: 65010}; without asn, the VPN has static routes");
    return undefined;
  }
  refuseUnknownFields(place, vpn, { known: VPN_FIELDS, where: "here" }, faults);
  const { address, asn } = vpn;
  const isAddress = typeof address === "string";
  if (isAddress) faults.check(`${place}.address`, address, publicAddressRule);
  else faults.add(`${place}.address`, address, "must be an IPv4 address, such as 203.0.113.10");
  const advice = asn === undefined ? undefined : asnFault(asn);
  if (advice !== undefined) faults.add(`${place}.asn`, asn, advice);
  if (!isAddress || publicAddressRule(address) !== undefined || advice !== undefined) return undefined;
  return { kind: "vpn", address, asn: asn as number | undefined };
}

/** A peer with the transit gateway's own ASN would be an internal BGP peer, which AWS does not support. */
function asnFault(asn: unknown): string | undefined {
  if (asn === GATEWAY_ASN) return "the ASN of the transit gateway; choose another one for the device";
  const isAsn = typeof asn === "number" && Number.isInteger(asn) && asn >= 1 && asn <= LARGEST_ASN;
  return isAsn
    ? undefined
    : `must be a whole number from 1 to ${LARGEST_ASN}, such as 65010; leave it out for static routes`;
}

/** A list of distinct strings; undefined, with a fault, for anything else. */
export function strings(key: string, value: unknown, what: string, faults: Faults): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [undefined];
  if (!list.every((each) => typeof each === "string")) {
    faults.add(key, value, `must be a list of ${what}`);
    return undefined;
  }
  const twice = list.find((each, index) => list.indexOf(each) < index);
  if (twice !== undefined) faults.add(key, value, `lists ${twice} twice; remove one of the two`);
  return list;
}

/** A site's CIDR must be no other network's: a transit gateway has one route for an address. */
function refuseOverlaps(
  sites: readonly Site[],
  { networks, kubernetesServiceCidr }: SitesContext,
  faults: Faults,
): void {
  const others = [
    ...(networks ?? []).map(({ name, cidr }) => ({ what: `networks.${name}.cidr`, cidr })),
    ...(kubernetesServiceCidr === undefined ? [] : [{ what: "kubernetes-service-cidr", cidr: kubernetesServiceCidr }]),
  ];
  for (const { name, cidrs } of sites) {
    for (const cidr of cidrs) {
      for (const other of others.filter((each) => overlap(each.cidr, cidr))) {
        const advice = `overlaps ${other.what}, "${other.cidr}"; list CIDRs that only the site has`;
        faults.add(`sites.${name}.cidrs`, cidr, advice);
      }
      others.push({ what: `sites.${name}.cidrs`, cidr });
    }
  }
}

function overlap(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  return a !== undefined && b !== undefined && overlaps(a, b);
}

/**
 * AWS returns the existing customer gateway for the same address and ASN (Amazon EC2 API Reference, CreateCustomerGateway),
 * so two sites would share one. A Direct Connect gateway has one association with a transit gateway.
 */
function refuseTwice(sites: readonly Site[], faults: Faults): void {
  const earlier = new Map<string, string>();
  for (const { name, link } of sites) {
    const [field, value] =
      link.kind === "vpn" ? ["vpn.address", link.address] : ["direct-connect-gateway", link.gatewayId];
    const other = earlier.get(value);
    if (other !== undefined)
      faults.add(`sites.${name}.${field}`, value, `the same as of sites.${other}; make the two one site`);
    earlier.set(value, name);
  }
}

/** CIDRs and spokes in address order. */
function sorted({ cidrs, spokes }: Site, networks: readonly Network[]): Pick<Site, "cidrs" | "spokes"> {
  const first = (cidr: string): bigint => parseCidr(cidr)?.startAddress().bigInt() ?? 0n;
  return {
    cidrs: [...cidrs].sort((a, b) => (first(a) < first(b) ? -1 : 1)),
    spokes: networks.map(({ name }) => name).filter((name) => spokes.includes(name)),
  };
}

/** CIDRs of sites that are not part of the address space, whose routes and rules do not cover them. */
export function cidrsOutside(addressSpace: string, sites: readonly Site[]): readonly string[] {
  return sites.flatMap(({ cidrs }) => cidrs).filter((cidr) => !overlap(cidr, addressSpace));
}
