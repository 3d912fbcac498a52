import { items, text, textIn, texts } from "../resource";
import { groupBy, type Resources } from "./resources";

/** A private hosted zone. */
export interface PrivateZone {
  readonly id: string;
  /** Logical name of the resource. */
  readonly resource: string;
  /** In lower case, without a trailing dot. */
  readonly domain: string;
  /** VPCs that are associated with it. */
  readonly vpcIds: ReadonlySet<string>;
  readonly records: readonly DnsRecord[];
}

export interface DnsRecord {
  readonly resource: string;
  /** Full name, in lower case, without a trailing dot. */
  readonly name: string;
  readonly type: string;
  /** Its values, or the name of its alias target. */
  readonly values: readonly string[];
}

/** Private hosted zones with their records and the VPCs that any stack associates with them. */
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

/** A name in comparable form: lower case, without a trailing dot (RFC 1034, 3.1). */
export function dnsName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** The full name of a record. A resource may give it relative to its zone: `db` in `internal`; empty for the zone itself. */
function recordName(name: string, domain: string): string {
  const given = dnsName(name);
  if (given === "") return domain;
  return isAtOrBelow(given, domain) ? given : `${given}.${domain}`;
}

export function isAtOrBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
