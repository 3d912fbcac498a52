import type { NetworkView, SubnetView } from "../../view/networks";
import { bottom, inRows, middle, type Point, type Rectangle, type Size, textWidth } from "./shapes";

const ZONE = { width: 116, gap: 6, margin: 10 };
/** Where the lines of a zone run, from its left edge; texts stand to the left of it. */
const LANE = 96;
/** From the VPC's edge to its AZs: above with room for its name, below for a bus. */
const HEADER = 56;
const FOOTER = 30;
/** A zone's own name. */
const TITLE = 24;
/** Between two tiers, where routes run. */
const GAP = 38;
/** A service of the hub's, above the private subnets that it listens in, where the hub has no routes. */
const CHIP = { height: 20, between: 8 };
const HEIGHTS: Readonly<Record<string, number>> = { transit: 40, private: 56, public: 48, egress: 48 };
/** Additional height of a private subnet's cell for its tags and for its worker nodes. */
const MORE = { tags: 18, nodes: 30 };

/** Tiers from top to bottom: the transit gateway is below the hub and above the spokes. */
const ORDER: Readonly<Record<NetworkView["role"], readonly string[]>> = {
  hub: ["public", "egress", "private", "transit"],
  spoke: ["transit", "private", "public"],
};
/** Lines between the hub's transit subnets and its NAT gateways run beside the lane. */
const BESIDE = 8;

/** The tiers that a network is drawn with: only a hub with NAT gateways has egress subnets. */
function tiersOf({ role, subnets }: NetworkView): readonly string[] {
  return ORDER[role].filter((tier) => tier !== "egress" || subnets.some((subnet) => subnet.tier === tier));
}

export function networkSize(view: NetworkView): Size {
  const order = tiersOf(view);
  const tiers = order.reduce((sum, tier) => sum + heightOf(tier, view), 0) + (order.length - 1) * GAP;
  return { width: widthFor(view), height: HEADER + TITLE + tiers + moreForChips(view) + 8 + FOOTER };
}

function heightOf(tier: string, { subnets }: NetworkView): number {
  const usual = HEIGHTS[tier] ?? 0;
  if (tier !== "private") return usual;
  const cells = subnets.filter((subnet) => subnet.tier === tier);
  const hasTags = cells.some(({ discoveryTags }) => discoveryTags.length > 0);
  const hasNodes = cells.some(({ nodes }) => nodes !== undefined);
  return usual + (hasTags ? MORE.tags : 0) + (hasNodes ? MORE.nodes : 0);
}

function widthFor({ zones }: NetworkView): number {
  return zones.length * (ZONE.width + ZONE.gap) - ZONE.gap + 2 * ZONE.margin;
}

/** A service with its box. */
type Chip = Rectangle & { readonly service: NetworkView["services"][number] };

/** Services of the hub in rows, as if its box were at the origin; a spoke offers none. */
function chipRows(view: NetworkView): Chip[][] {
  if (view.role === "spoke") return [];
  const sizes = view.services.map((service) => ({
    ...{ service, width: textWidth(service.label, 10.5) + 18, height: CHIP.height },
  }));
  const { between } = CHIP;
  return inRows(sizes, { y: 0, width: widthFor(view), rowGap: between / 2, between, gutter: ZONE.margin + 4 });
}

/** The usual gap has room for a row. */
function moreForChips(view: NetworkView): number {
  return Math.max(chipRows(view).length - 1, 0) * (CHIP.height + CHIP.between / 2);
}

/** Positions of the parts of a network, given the box of its VPC. */
export class NetworkGeometry {
  constructor(
    private readonly view: NetworkView,
    readonly box: Rectangle,
  ) {}

  zone(index: number): Rectangle {
    return {
      x: this.box.x + ZONE.margin + index * (ZONE.width + ZONE.gap),
      y: this.box.y + HEADER,
      width: ZONE.width,
      height: this.box.height - HEADER - FOOTER,
    };
  }

  cell({ tier, zone }: SubnetView): Rectangle {
    const order = tiersOf(this.view);
    const before = order.slice(0, order.indexOf(tier));
    const chips = before.includes("public") ? moreForChips(this.view) : 0;
    const above = before.reduce((sum, each) => sum + heightOf(each, this.view) + GAP, chips);
    const { x, y, width } = this.zone(this.view.zones.indexOf(zone));
    return { x: x + 4, y: y + TITLE + above, width: width - 8, height: heightOf(tier, this.view) };
  }

  /** The services with their boxes. */
  chips(): Chip[] {
    const top = this.box.y + HEADER + TITLE + (HEIGHTS["public"] ?? 0) + (GAP - CHIP.height) / 2;
    return chipRows(this.view)
      .flat()
      .map((chip) => ({ ...chip, x: this.box.x + chip.x, y: top + chip.y }));
  }

  /** The point on a subnet's edge where its lines begin and end. */
  port(subnet: SubnetView, edge: "top" | "bottom"): Point {
    const cell = this.cell(subnet);
    return { x: cell.x - 4 + LANE, y: edge === "top" ? cell.y : bottom(cell) };
  }

  /** Like {@link port}, for a line that would otherwise cover another one. */
  portBeside(subnet: SubnetView, edge: "top" | "bottom"): Point {
    const { x, y } = this.port(subnet, edge);
    return { x: x + BESIDE, y };
  }

  /** The gap below a tier: as wide as all AZs, and in the middle of its height. */
  gapBelow(tier: string): Rectangle {
    const { x, width } = this.zone(0);
    const last = this.zone(this.view.zones.length - 1);
    const cell = this.cell({ tier, zone: this.view.zones[0] ?? "" } as SubnetView);
    return { x, y: bottom(cell), width: last.x + width - x, height: GAP };
  }

  /** Middle of the VPC's edge, where traffic enters and leaves. */
  gate(edge: "top" | "bottom"): Point {
    return { x: middle(this.box), y: edge === "top" ? this.box.y : bottom(this.box) };
  }

  /** Height of the bus between the zones and the network's edge, where the lines of all zones meet. */
  busLevel(edge: "top" | "bottom"): number {
    const { y } = this.gate(edge);
    return edge === "top" ? y + HEADER - 9 : y - FOOTER + 9;
  }
}
