import { lookup } from "../resource";

type Protocol = "tcp" | "udp";

/** The destination port of a request. */
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

/** Packets that a filter evaluates. */
export interface Traffic {
  /** Undefined: any protocol and port; it is enough that one of them passes. */
  readonly protocol: Protocol | undefined;
  /** Destination ports; with a protocol, all of them must pass. */
  readonly fromPort: number;
  readonly toPort: number;
}

/** Any traffic, to find any leak. */
export const ANYTHING: Traffic = { protocol: undefined, fromPort: 0, toPort: 65535 };

export function requestTo({ protocol, port }: Port): Traffic {
  return { protocol, fromPort: port, toPort: port };
}

/** Replies go to the port that the client chose (Amazon VPC User Guide, "Custom network ACLs": ephemeral ports). */
export function replyTo({ protocol }: Traffic): Traffic {
  return { protocol, fromPort: protocol === undefined ? 0 : 1024, toPort: 65535 };
}

/** IANA protocol numbers, which rules accept as well as names in any case. */
const NUMBERED: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", all: "-1" };

/** A protocol of a rule: `tcp` and `udp` by name; `-1`: all. */
export function protocolNamed(given: string): string {
  const protocol = given.toLowerCase();
  return lookup(NUMBERED, protocol) ?? protocol;
}
