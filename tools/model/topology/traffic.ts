import { lookup } from "../resource";
export type Protocol = "tcp" | "udp";

/** What a packet asks for. */
export interface Port {
  readonly protocol: Protocol;
  readonly port: number;
}

export const HTTPS: Port = { protocol: "tcp", port: 443 };
/** RFC 1035, section 4.2: both. */
export const DNS: readonly Port[] = [
  { protocol: "udp", port: 53 },
  { protocol: "tcp", port: 53 },
];

/** Packets that a filter is asked about. */
export interface Traffic {
  /** Undefined: of any protocol and port, and one that passes is enough. */
  readonly protocol: Protocol | undefined;
  /** Destination ports; of a protocol all of them must pass. */
  readonly fromPort: number;
  readonly toPort: number;
}

/** Anything at all: what a leak is looked for with. */
export const ANYTHING: Traffic = { protocol: undefined, fromPort: 0, toPort: 65535 };

export function requestTo({ protocol, port }: Port): Traffic {
  return { protocol, fromPort: port, toPort: port };
}

/** Answers go to the port that the client chose (Amazon VPC User Guide, "Custom network ACLs": ephemeral ports). */
export function answerTo({ protocol }: Traffic): Traffic {
  return { protocol, fromPort: protocol === undefined ? 0 : 1024, toPort: 65535 };
}

/** Numbers of IANA's, which rules take as well as names, in any case. */
const NUMBERED: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", all: "-1" };

/** A protocol by its name where it is one that is asked for here; `-1`: all. */
export function protocolNamed(given: string): string {
  const protocol = given.toLowerCase();
  return lookup(NUMBERED, protocol) ?? protocol;
}
