import { Address4 } from "ip-address";

/** An IPv4 block as numbers, which compare in no time: traces ask this some million times for a hundred networks. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

const known = new Map<string, Block | undefined>();

/** The block that a text names, a bare address being a /32; undefined for anything else, such as a name or IPv6. */
export function block(text: string): Block | undefined {
  if (!known.has(text)) known.set(text, parsed(text));
  return known.get(text);
}

function parsed(text: string): Block | undefined {
  if (!Address4.isValid(text)) return undefined;
  const address = new Address4(text);
  const first = Number(address.startAddress().bigInt());
  return { first, last: Number(address.endAddress().bigInt()), prefix: address.subnetMask };
}

/** Whether `inner` lies in `outer`; false where either is no IPv4 block. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [block(outer), block(inner)];
  return a !== undefined && b !== undefined && a.first <= b.first && b.last <= a.last;
}

/** Whether two blocks share an address; false where either is no IPv4 block. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [block(one), block(other)];
  return a !== undefined && b !== undefined && a.first <= b.last && b.first <= a.last;
}

/** Blocks of RFC 1918, and the shared address space of RFC 6598: no internet gateway passes what is bound for them. */
const PRIVATE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

export function isPrivateAddress(address: string): boolean {
  return PRIVATE_BLOCKS.some((each) => contains(each, address));
}

/** The item with the longest prefix of those that hold the address; of equals the first. */
export function mostSpecific<T extends { readonly destination: string }>(
  items: readonly T[],
  address: string,
): T | undefined {
  let best: T | undefined;
  let length = -1;
  for (const item of items) {
    const prefix = contains(item.destination, address) ? (block(item.destination)?.prefix ?? -1) : -1;
    if (prefix > length) [best, length] = [item, prefix];
  }
  return best;
}
