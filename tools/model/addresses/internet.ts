import { ALL, difference, rangesOf } from "./ranges";

/**
 * Blocks that no internet gateway passes: private ones (RFC 1918), shared address space (RFC 6598), this network and
 * loopback (RFC 1122), link-local (RFC 3927), multicast (RFC 5771) and what is reserved (RFC 1112).
 */
const NOT_PUBLIC = rangesOf([
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
  ...["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"],
]);

/** Every address that an internet gateway passes. */
export const PUBLIC = difference(ALL, NOT_PUBLIC);
