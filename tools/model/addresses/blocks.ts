/** An IPv4 CIDR as integers: its first and last address, and the length of its prefix in bits. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

const known = new Map<string, Block | undefined>();

/**
 * The block that a text names: a CIDR, whose host bits count for nothing, or a bare address, which is a /32; undefined
 * for anything else, such as a name or an IPv6 CIDR.
 */
export function block(text: string): Block | undefined {
  if (!known.has(text)) known.set(text, parsed(text));
  return known.get(text);
}

function parsed(text: string): Block | undefined {
  const match = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})(?:\/(\d{1,2}))?$/.exec(text);
  if (match === null) return undefined;
  const octets = match.slice(1, 5).map(Number);
  const prefix = Number(match[5] ?? 32);
  if (prefix > 32 || octets.some((octet) => octet > 255)) return undefined;
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1, prefix };
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

/** Whether two texts name the same block; false where either is no IPv4 block. */
export function isSameBlock(one: string, other: string): boolean {
  const [a, b] = [block(one), block(other)];
  return a !== undefined && b !== undefined && a.first === b.first && a.last === b.last;
}

/** `10.0.0.1` for an address as an integer. */
export function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => String(Math.floor(address / 2 ** shift) % 256)).join(".");
}
