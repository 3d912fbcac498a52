import {
  ListHostedZonesByVPCCommand,
  ListHostedZonesCommand,
  ListTagsForResourcesCommand,
  type HostedZone,
  type VPCRegion,
} from "@aws-sdk/client-route-53";
import { ask } from "../../io/aws";
import type { Item, Place } from "../item";
import { isTagged, type Clients } from "./clients";

/** Zones that Route 53 tells the tags of at once. */
const AT_ONCE = 10;

/** Private zones that answer in a VPC. */
export async function zonesOfVpc({ route53 }: Clients, vpc: string, region: string): Promise<Item[]> {
  const items: Item[] = [];
  let NextToken: string | undefined;
  do {
    const page = { VPCId: vpc, VPCRegion: region as VPCRegion, ...(NextToken === undefined ? {} : { NextToken }) };
    const answer = await ask("route53:ListHostedZonesByVPC", () => route53.send(new ListHostedZonesByVPCCommand(page)));
    for (const { HostedZoneId: zone = "", Name = "" } of answer.HostedZoneSummaries ?? []) {
      const id = `${zone}:${vpc}:${region}`;
      items.push({ kind: "zoneAssociation", id, name: withoutDot(Name), tagged: false, vpc });
    }
    NextToken = answer.NextToken;
  } while (NextToken !== undefined);
  return items;
}

/** Private zones of these names that carry the tags of a stack; another zone may have the same name. */
export async function taggedZones(clients: Clients, names: readonly string[], place: Place): Promise<Item[]> {
  if (names.length === 0) return [];
  const { route53 } = clients;
  const zones = (await hostedZones(clients)).filter(({ Name = "" }) => names.includes(withoutDot(Name)));
  const items: Item[] = [];
  for (let first = 0; first < zones.length; first += AT_ONCE) {
    const some = new Map(zones.slice(first, first + AT_ONCE).map((zone) => [idOf(zone), withoutDot(zone.Name ?? "")]));
    const ResourceIds = [...some.keys()];
    const { ResourceTagSets = [] } = await ask("route53:ListTagsForResources", () =>
      route53.send(new ListTagsForResourcesCommand({ ResourceType: "hostedzone", ResourceIds })),
    );
    for (const { ResourceId: id = "", Tags } of ResourceTagSets) {
      if (isTagged(place, Tags)) items.push({ kind: "hostedZone", id, name: some.get(id) ?? "", tagged: true });
    }
  }
  return items;
}

async function hostedZones({ route53 }: Clients): Promise<HostedZone[]> {
  const zones: HostedZone[] = [];
  let Marker: string | undefined;
  do {
    const page = Marker === undefined ? {} : { Marker };
    const answer = await ask("route53:ListHostedZones", () => route53.send(new ListHostedZonesCommand(page)));
    zones.push(...(answer.HostedZones ?? []));
    Marker = answer.IsTruncated === true ? answer.NextMarker : undefined;
  } while (Marker !== undefined);
  return zones.filter(({ Config }) => Config?.PrivateZone === true);
}

function idOf({ Id = "" }: HostedZone): string {
  return Id.replace("/hostedzone/", "");
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}
