import { contains } from "../model/addresses/blocks";
import { topologyOf, type Topology } from "../model/topology/topology";
import type { Transit, TransitRoute, TransitTable } from "../model/topology/transit-gateways";
import type { Estate } from "../model/estate";
import { finding, type NetworkPromise } from "./promise";

/**
 * The first of two locks: the transit gateway itself leads a spoke to nobody but the hub, whatever a spoke's account
 * puts into its own route tables. `spokes-are-isolated` is about both together, and does not see when one is open.
 */
export const transitTablesKeepSpokesApart: NetworkPromise = {
  name: "transit-tables-keep-spokes-apart",
  sentence: "The transit gateway leads a spoke to the hub alone, and drops all else of our addresses.",
  check(stack, all) {
    const topology = topologyOf(all);
    const { transit } = topology;
    if (stack.isHub) {
      // What a VPC gets that is attached tomorrow.
      return finding(
        [...transit.defaultTables].flatMap(([gatewayId, table]) => [
          {
            holds: table === undefined || leadsToHubAlone(topology, all, table),
            evidence: `a new attachment reads ${table === undefined ? "no table" : tableInWords(topology, table)}`,
          },
          announcement(transit, gatewayId, table),
        ]),
      );
    }
    const own = transit.attachments.filter(({ vpcId }) => topology.networkById.get(vpcId)?.stack === stack.name);
    if (own.length === 0) return undefined;
    return finding(
      own.map(({ id, name }) => {
        const table = transit.tableOf.get(id);
        return {
          holds: table !== undefined && leadsToHubAlone(topology, all, table),
          evidence: `${name} reads ${table === undefined ? "no table" : tableInWords(topology, table)}`,
        };
      }),
    );
  },
};

/** Two that announce themselves where both read reach each other: no spoke need be there to see it. */
function announcement({ tables, defaultPropagations }: Transit, gatewayId: string, reads: TransitTable | undefined) {
  const id = defaultPropagations.get(gatewayId);
  const name = tables.find((table) => table.id === id)?.name ?? "no table";
  const holds = id === undefined || id !== reads?.id;
  return { holds, evidence: `a new attachment announces itself in ${name}${holds ? "" : ", which every other reads"}` };
}

function leadsToHubAlone(topology: Topology, { addressSpace }: Estate, { routes }: TransitTable): boolean {
  const isBlackhole = ({ attachmentId, destination }: TransitRoute): boolean =>
    attachmentId === null && contains(destination, addressSpace);
  return (
    routes.some(isBlackhole) && routes.every((route) => route.attachmentId === null || leadsToHub(topology, route))
  );
}

/** To the hub's attachment, and for the hub's own block: not for more, such as another spoke's. */
function leadsToHub(topology: Topology, { attachmentId, destination }: TransitRoute): boolean {
  const vpcId = topology.transit.attachmentById.get(attachmentId ?? "")?.vpcId ?? "";
  const network = topology.networkById.get(vpcId);
  return network?.isHub === true && network.blocks.some((block) => contains(block, destination));
}

function tableInWords(topology: Topology, { name, routes }: TransitTable): string {
  const words = routes.map(({ destination, attachmentId }) => {
    const vpcId = topology.transit.attachmentById.get(attachmentId ?? "")?.vpcId ?? "";
    const to = attachmentId === null ? "dropped" : (topology.networkById.get(vpcId)?.name ?? "nowhere");
    return `${destination} → ${to}`;
  });
  return `${name} (${words.join(", ")})`;
}
