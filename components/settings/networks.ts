import { addressPlan, usableAddresses, VPC_PREFIXES } from "../address-plan";
import { MAX_NETWORK_NAME } from "../names";
import { networkCidrRule, parseCidr, type Spaces } from "./cidrs";
import type { Faults, Rule } from "./faults";
import { isObject, refuseUnknownFields } from "./fields";
import type { Network } from "./settings";

/** Name of the one network that is not a spoke. */
export const HUB = "hub";

/** Prefix length of the largest address space that is allowed. */
const LARGEST_SPACE = 8;

const FIELDS = ["cidr", "account"];

/**
 * Reads the networks of the account map and returns them in address order: the CLI may pass them in any.
 *
 * @param entries the object `networks`; undefined when it has a fault
 * @param spaces the CIDR that contains those of the networks, and the one that they must not overlap
 */
export function decodeNetworks(
  entries: Readonly<Record<string, unknown>> | undefined,
  spaces: Spaces,
  faults: Faults,
): readonly Network[] | undefined {
  if (entries === undefined) return undefined;
  const count = Object.keys(entries).length;
  const most = mostNetworks(spaces.addressSpace);
  if (count > most) {
    const advice = `an object of ${count} networks; at most ${most} networks, each a /${VPC_PREFIXES.smallest}, fit in address-space ${spaces.addressSpace ?? ""}`;
    faults.add("networks", "…", `${advice.trim()}; remove some, or choose a larger address space`);
    return undefined;
  }
  const cidrRule = networkCidrRule(spaces);
  const networks = Object.entries(entries).flatMap(([name, entry]) => {
    faults.check(`the name of networks.${name}`, name, nameRule);
    return decodeNetwork(name, entry, cidrRule, faults) ?? [];
  });
  if (!Object.hasOwn(entries, HUB)) {
    faults.add(`networks.${HUB}`, undefined, `every spoke attaches to the hub; add ${HUB}: {cidr: ..., account: ...}`);
  }
  refuseOverlaps(entries, faults);
  const first = new Map(networks.map(({ name, cidr }) => [name, addressesOf(cidr)?.first ?? 0n]));
  return networks.sort((a, b) => Number((first.get(a.name) ?? 0n) - (first.get(b.name) ?? 0n)));
}

/** Most addresses of a private subnet in which a cluster is likely to run out of them. */
const FEW_ADDRESSES = 1024;

/** Addresses that a node takes at once for its pods (`components/spoke/addons.ts`). */
const BLOCK = 16;

/**
 * A warning about the private subnets of a cluster's network if they are small: the control plane, nodes, pods and load
 * balancers share them, and nodes need whole blocks of 16 (Amazon EKS User Guide, "Increase the available IP addresses for your
 * Amazon EKS node").
 */
export function smallNetworkWarning({ cidr }: Network): string[] {
  const [first] = addressPlan(cidr, [""]).private;
  const addresses = first === undefined ? 0 : usableAddresses(first.cidr);
  if (addresses > FEW_ADDRESSES) return [];
  return [
    `the cluster's private subnets have ${addresses.toLocaleString("en-GB")} usable addresses each, which nodes take in blocks ` +
      `of ${BLOCK} for their pods: choose a larger cidr before the first deployment if you need more`,
  ];
}

function decodeNetwork(name: string, entry: unknown, cidrRule: Rule, faults: Faults): Network | undefined {
  const place = `networks.${name}`;
  if (!isObject(entry)) {
    faults.add(place, entry, 'must be {cidr: 10.1.0.0/16, account: "222222222222"}');
    return undefined;
  }
  refuseUnknownFields(place, entry, { known: FIELDS, where: "of a network" }, faults);
  const cidr = decodeCidr(`${place}.cidr`, entry["cidr"], cidrRule, faults);
  const account = decodeAccount(`${place}.account`, entry["account"], faults);
  return cidr === undefined || account === undefined ? undefined : { name, cidr, account };
}

function decodeCidr(key: string, value: unknown, rule: Rule, faults: Faults): string | undefined {
  if (typeof value === "string") return faults.check(key, value, rule);
  faults.add(key, value, "must be an IPv4 CIDR, such as 10.1.0.0/16");
  return undefined;
}

/** Reads an account number. Without quotes YAML reads it as a number, and in base 8 if it begins with 0. */
function decodeAccount(key: string, value: unknown, faults: Faults): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text === "string" && /^\d{12}$/.test(text)) return text;
  faults.add(key, value, 'must be the 12 digits of an AWS account, in quotes, such as "222222222222"');
  return undefined;
}

/** Number of networks of the smallest size that fit in an address space; for one with a fault, in the largest that is allowed. */
function mostNetworks(addressSpace: string | undefined): number {
  const prefix = addressSpace === undefined ? LARGEST_SPACE : (parseCidr(addressSpace)?.subnetMask ?? LARGEST_SPACE);
  return 2 ** (VPC_PREFIXES.smallest - prefix);
}

/** Names of properties that every JavaScript object has. */
const RESERVED = ["constructor"];

/** Form of the name of a network or of a site. */
export const nameRule: Rule = (name) => {
  if (RESERVED.includes(name)) return "reserved by JavaScript; choose another name";
  return isName(name) ? undefined : NAME_ADVICE;
};

const isName = (name: string): boolean => /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name) && name.length <= MAX_NETWORK_NAME;

const NAME_ADVICE = `must be at most ${MAX_NETWORK_NAME} lower case letters, digits and hyphens, with a letter first and no hyphen last`;

/** Most pairs of networks whose overlap is recorded: a message lists fewer faults. */
const MOST_OVERLAPS = 100;

/**
 * A transit gateway does not route between overlapping CIDRs (Amazon VPC Transit Gateways, "Amazon VPC attachments").
 */
function refuseOverlaps(entries: Readonly<Record<string, unknown>>, faults: Faults): void {
  const earlier: (Addresses & { readonly name: string; readonly cidr: string })[] = [];
  let count = 0;
  for (const [name, entry] of Object.entries(entries)) {
    const cidr = isObject(entry) ? entry["cidr"] : undefined;
    const addresses = typeof cidr === "string" ? addressesOf(cidr) : undefined;
    if (typeof cidr !== "string" || addresses === undefined) continue;
    const { first, last } = addresses;
    for (const other of earlier.filter((each) => each.first <= last && first <= each.last)) {
      const advice = `overlaps networks.${other.name}.cidr, "${other.cidr}"; give one of the two another CIDR`;
      faults.add(`networks.${name}.cidr`, cidr, advice);
      count += 1;
      if (count === MOST_OVERLAPS) return;
    }
    earlier.push({ name, cidr, first, last });
  }
}

/** The first and the last address of a CIDR. */
interface Addresses {
  readonly first: bigint;
  readonly last: bigint;
}

function addressesOf(cidr: string): Addresses | undefined {
  const block = parseCidr(cidr);
  return block && { first: block.startAddress().bigInt(), last: block.endAddress().bigInt() };
}
