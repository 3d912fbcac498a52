import type { NetworkView } from "../../view/networks";
import { counted } from "../../view/words";
import type { Markup } from "../markup";
import { onEdge, type Size } from "./layout";
import { PART } from "./legend";
import type { Parts } from "./parts";
import { placeKey } from "./places";
import { fitted, numbered, place, rectangle, type Rectangle } from "./shapes";

/** Spokes whose cards show every part; the cards of more show name and CIDR. */
const MOST_FULL = 40;
const LINE = 19;
const SECOND_COLUMN = 102;

/** Size of a spoke's card in a picture of so many. */
export function cardSize(spokes: number): Size {
  return spokes > MOST_FULL ? { width: 150, height: 54 } : { width: 193, height: 147 };
}

/** A spoke in a picture of many: the numbered parts in words. */
export function networkCard(view: NetworkView, parts: Parts, box: Rectangle): Markup {
  const at = (line: number, column: number): { x: number; y: number } => ({
    x: box.x + 10 + column * SECOND_COLUMN,
    y: box.y + 22 + line * LINE,
  });
  const name = numbered(PART.spokeStack, fitted(view.name, box.width - 40, 15), at(0, 0), "name");
  const isFull = box.height > cardSize(MOST_FULL + 1).height;
  const content = isFull
    ? facts(view, parts).flatMap((row, line) =>
        row.map(([number, text], column) => numbered(number, text, at(1 + line, column), "small")),
      )
    : [numbered(PART.cidr, view.cidr, at(1, 0), "small")];
  return place(placeKey("network", view.name), [onEdge(box, "top")], rectangle("account", box, 8), name, ...content);
}

type Fact = readonly [number: number, text: string];

/** Line by line. */
function facts(view: NetworkView, parts: Parts): Fact[][] {
  const { account, cidr, zones, natGateways, subnets } = view;
  const inTier = (tier: string): string[] => subnets.filter((each) => each.tier === tier).map(({ name }) => name);
  const nodes = [...parts.nodes.values()].reduce((sum, each) => sum + each, 0);
  const isTagged = inTier("private").some((name) => (parts.discoveryTags.get(name) ?? []).length > 0);
  const cluster: Fact[] = parts.kubernetes === undefined ? [] : [[PART.controlPlane, `EKS ${parts.kubernetes}`]];
  const lines: Fact[][] = [
    [[PART.spokeAccount, account]],
    [
      [PART.cidr, cidr],
      [PART.az, counted(zones.length, "AZ")],
    ],
    [
      [PART.publicSubnets, `${String(inTier("public").length)} public`],
      [PART.natGateway, `${String(natGateways.length)} NAT`],
    ],
    [
      [PART.privateSubnets, `${String(inTier("private").length)} private`],
      ...(cluster.length === 0 ? [] : [[PART.workerNodes, counted(nodes, "node")] as Fact]),
    ],
    [...cluster, ...(isTagged ? [[PART.subnetTags, "tags"] as Fact] : [])],
    parts.hasFlowLogs ? [[PART.flowLogs, "flow logs"]] : [],
  ];
  return lines.filter((line) => line.length > 0);
}
