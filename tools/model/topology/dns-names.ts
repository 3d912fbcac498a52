/** A name as names are compared: without regard to case, and absolute with or without the dot at its end (RFC 1034, 3.1). */
export function dnsName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** The name of a record, which a resource may give below its zone: `db` in `internal`, empty for the zone's own. */
export function recordName(name: string, domain: string): string {
  const given = dnsName(name);
  if (given === "") return domain;
  return isAtOrBelow(given, domain) ? given : `${given}.${domain}`;
}

export function isAtOrBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
