import { Partition } from "../model/addresses/partition";
import { covers, rangesOf, union } from "../model/addresses/ranges";
import { rangesInWords } from "../model/addresses/words";
import type { Estate } from "../model/estate";
import { topologyOf, type Network, type Topology } from "../model/topology/topology";
import type { Attachment, Transit, TransitRoute, TransitTable } from "../model/topology/transit-gateways";
import { finding, type NetworkCheck } from "./check";
import type { Seen } from "./paths-in-words";

/**
 * The first of two locks: the transit gateway itself leads a spoke to nobody but the hub, whatever a spoke's account
 * puts into its own route tables. `spokes-are-isolated` is about both together, and does not see when one is open.
 */
export const transitRoutesIsolateSpokes: NetworkCheck = {
  name: "transit-routes-isolate-spokes",
  sentence: "The transit gateway leads a spoke to the hub alone, and drops all else of our addresses.",
  check(stack, all) {
    const topology = topologyOf(all);
    const { transit } = topology;
    if (stack.isHub) {
      // What a VPC gets that is attached tomorrow.
      return finding([
        ...transit.attachments
          .filter((attachment) => attachment.stack === stack.name)
          .flatMap((attachment) => strayRoutes(topology, attachment)),
        ...[...transit.defaultTables].flatMap(([gatewayId, table]) => [
          ...(table === undefined ? [noTable("a new attachment")] : read("a new attachment", topology, all, table)),
          announcement(transit, gatewayId, table),
        ]),
      ]);
    }
    const own = transit.attachments.filter((attachment) => attachment.stack === stack.name);
    if (own.length === 0) return undefined;
    return finding(
      own.flatMap(({ id, name }) => {
        const table = transit.tableOf.get(id);
        return table === undefined ? [{ ...noTable(name), passed: false }] : read(name, topology, all, table);
      }),
    );
  },
};

/** Routes of the table that the hub reads by which a network gets what is not for it. */
function strayRoutes(topology: Topology, { id, name }: Attachment): Seen[] {
  const table = topology.transit.tableOf.get(id);
  return (table?.routes ?? []).flatMap(({ attachmentId, destination }) => {
    const network = networkBehind(topology, attachmentId);
    const isStray = network !== undefined && !covers(rangesOf(network.blocks), rangesOf([destination]));
    const evidence = `${name} reads ${table?.name ?? ""}: ${destination} → ${network?.name ?? ""}, which has less`;
    return isStray ? [{ passed: false, evidence }] : [];
  });
}

function noTable(reader: string): Seen {
  return { passed: true, evidence: `${reader} reads no table` };
}

/** Two that announce themselves where both read reach each other: no spoke need be there to see it. */
function announcement({ tables, defaultPropagations }: Transit, gatewayId: string, reads: TransitTable | undefined) {
  const id = defaultPropagations.get(gatewayId);
  const name = tables.find((table) => table.id === id)?.name ?? "no table";
  const passed = id === undefined || id !== reads?.id;
  return {
    passed,
    evidence: `a new attachment announces itself in ${name}${passed ? "" : ", which every other reads"}`,
  };
}

/** Whether a table keeps its readers apart: a way for each route that does not, and one for what nothing drops. */
function read(reader: string, topology: Topology, all: Estate, table: TransitTable): Seen[] {
  const faults = table.routes.filter((route) => !isDropped(route) && !leadsToHub(topology, route));
  const words = tableInWords(topology, table);
  const seen = { passed: faults.length === 0, evidence: `${reader} reads ${words}` };
  const open = notDropped(all, table);
  return open === "" ? [seen] : [seen, { passed: false, evidence: `${reader} reads ${words}: nothing drops ${open}` }];
}

function isDropped({ attachmentId }: TransitRoute): boolean {
  return attachmentId === null;
}

/** To the hub's attachment, and for the hub's own blocks: not for more, such as another spoke's. */
function leadsToHub(topology: Topology, { attachmentId, destination }: TransitRoute): boolean {
  const network = networkBehind(topology, attachmentId);
  return network?.isHub === true && covers(rangesOf(network.blocks), rangesOf([destination]));
}

/**
 * Addresses of ours that no blackhole is for, in words; empty: none. A blackhole has to hold the hub's too, as it does
 * when the hub is gone.
 */
function notDropped({ addressSpace }: Estate, { routes }: TransitTable): string {
  const blackholes = routes.filter(isDropped);
  const open = new Partition(blackholes)
    .split(rangesOf([addressSpace]))
    .flatMap(({ item, ranges }) => (item === undefined ? [ranges] : []));
  return rangesInWords(union(...open));
}

function tableInWords(topology: Topology, { name, routes }: TransitTable): string {
  const words = routes.map(({ destination, attachmentId }) => {
    const to = attachmentId === null ? "dropped" : (networkBehind(topology, attachmentId)?.name ?? "nowhere");
    return `${destination} → ${to}`;
  });
  return `${name} (${words.join(", ")})`;
}

function networkBehind({ networkById, transit }: Topology, attachmentId: string | null): Network | undefined {
  return networkById.get(transit.attachmentById.get(attachmentId ?? "")?.vpcId ?? "");
}
