import { items, text, textIn, texts } from "../resource";
import { groupBy, type Resources } from "./resources";

/** A private hosted zone. */
export interface PrivateZone {
  readonly id: string;
  /** Logical name of the resource. */
  readonly resource: string;
  /** In small letters, without a dot at its end. */
  readonly domain: string;
  /** VPCs whose resolver reads it. */
  readonly vpcIds: ReadonlySet<string>;
  readonly records: readonly DnsRecord[];
}

export interface DnsRecord {
  readonly resource: string;
  /** Whole, written as the zone's domain is. */
  readonly name: string;
  readonly type: string;
  /** What it holds, or the name that it is an alias of. */
  readonly values: readonly string[];
}

/** Zones with their VPCs, whichever stack associates them, and the records that a stack keeps in them. */
export function readPrivateZones(resources: Resources): readonly PrivateZone[] {
  const associations = groupBy(resources.ofType("aws:route53/zoneAssociation:ZoneAssociation"), (each) =>
    text(each, "zoneId"),
  );
  const records = groupBy(resources.ofType("aws:route53/record:Record"), (each) => text(each, "zoneId"));
  return resources
    .ofType("aws:route53/zone:Zone")
    .map((zone) => {
      const domain = dnsName(text(zone, "name"));
      return {
        id: zone.id,
        resource: zone.name,
        domain,
        vpcIds: new Set([
          ...items(zone, "vpcs").map((each) => textIn(each, "vpcId")),
          ...(associations.get(zone.id) ?? []).map((each) => text(each, "vpcId")),
        ]),
        records: (records.get(zone.id) ?? []).map((record) => ({
          resource: record.name,
          name: recordName(text(record, "name"), domain),
          type: text(record, "type"),
          values: [...texts(record, "records"), ...items(record, "aliases").map((alias) => textIn(alias, "name"))],
        })),
      };
    })
    .filter(({ vpcIds }) => vpcIds.size > 0);
}

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
