import type { NetworkView } from "../../view/networks";
import { counted } from "../../view/words";
import type { Markup } from "../markup";
import { onEdge, type Size } from "./layout";
import { placeKey } from "./places";
import { fitted, label, place, rectangle, type Rectangle } from "./shapes";

/** Size of a network in a picture of many. */
export const CARD_SIZE: Size = { width: 166, height: 70 };

/** A network in a picture of many: its block, zones and way to the internet. */
export function networkCard({ name, cidr, zones, natGateways }: NetworkView, box: Rectangle): Markup {
  const [x, width] = [box.x + 12, box.width - 24];
  const figures = `${counted(zones.length, "zone")}, ${counted(natGateways.length, "NAT gateway")}`;
  return place(
    placeKey("network", name),
    [onEdge(box, "top")],
    rectangle("box", box, 8),
    label(fitted(name, width, 17), { x, y: box.y + 22 }, { kind: "name" }),
    label(cidr, { x, y: box.y + 40 }),
    label(figures, { x, y: box.y + 57 }, { kind: "small" }),
  );
}
