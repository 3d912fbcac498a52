import { usableAddresses } from "../../../../components/address-plan";
import type { SubnetView } from "../../view/networks";
import type { RouteView } from "../../view/routes";
import { counted, grouped } from "../../view/words";
import { markup, NOTHING, type Markup } from "../markup";
import { bottom, center } from "./layout";
import { PART } from "./legend";
import type { Parts } from "./parts";
import { placeKey } from "./places";
import { fitted, label, numbered, place, rectangle, type Point, type Rectangle } from "./shapes";

/** A subnet with the routes of its table. */
export interface RoutedSubnet extends SubnetView {
  readonly routes: readonly RouteView[];
}

/** Characters that a cell has room for in the usual size. */
const LONG = 14;
/** Room for the worker nodes at the foot of a cell. */
const NODES = { height: 22, margin: 6 };

/** A subnet: its tier, its CIDR and, of a private one, its tags and worker nodes. Its lines run at `lane`. */
export function subnetCell(subnet: RoutedSubnet, parts: Parts, box: Rectangle, lane: number): Markup {
  const { name, tier, cidr } = subnet;
  const at = (y: number): Point => ({ x: box.x + 6, y: box.y + y });
  return place(
    placeKey("subnet", name),
    [{ x: lane, y: center(box).y }],
    rectangle(`fill-${tier}`, box, 4),
    tierLabel(tier, at(16)),
    label(cidr, at(tier === "public" ? 38 : 33), { kind: cidr.length > LONG ? "dense" : "" }),
    tier === "private" ? insidePrivate(subnet, parts, box) : NOTHING,
  );
}

function tierLabel(tier: string, at: Point): Markup {
  const number = { public: PART.publicSubnets, private: PART.privateSubnets }[tier];
  return number === undefined ? label(tier, at, { kind: "small" }) : numbered(number, tier, at, "small");
}

/** Where hosts live: how they reach S3, by which tags they are found, and how many there are. */
function insidePrivate({ name, cidr, routes }: RoutedSubnet, parts: Parts, box: Rectangle): Markup {
  const endpoints = routes.filter(({ kind }) => kind === "endpoint").map(({ destination }) => destination);
  const usable = `${grouped(usableAddresses(cidr))} usable`;
  const detail = endpoints.length === 0 ? usable : `${endpoints.join(", ")} → endpoint`;
  const tags = parts.discoveryTags.get(name) ?? [];
  const at = (y: number): Point => ({ x: box.x + 6, y: box.y + y });
  return markup`${label(fitted(detail, box.width - 10, 10), at(48), { kind: "small" })}
${tags.length === 0 ? NOTHING : markup`<g><title>Tags: ${tags.join(", ")}</title>${numbered(PART.subnetTags, fitted(tagsInShort(tags), box.width - 28, 9.5), at(66), "small")}</g>`}
${workerNodes(parts.nodes.get(name), box)}`;
}

function workerNodes(count: number | undefined, box: Rectangle): Markup {
  if (count === undefined) return NOTHING;
  const { height, margin } = NODES;
  const chip = { x: box.x + margin, y: bottom(box) - height - margin, width: box.width - 2 * margin, height };
  return markup`${rectangle("chip", chip, 4)}${numbered(
    PART.workerNodes,
    counted(count, "node"),
    { x: chip.x + 4, y: chip.y + 15 },
    "small",
  )}`;
}

/** `kubernetes.io/role/internal-elb` → `ELB`, `karpenter.sh/discovery` → `Karpenter`. */
function tagsInShort(tags: readonly string[]): string {
  return tags.map((tag) => (tag.startsWith("karpenter.sh/") ? "Karpenter" : "ELB")).join(", ");
}
