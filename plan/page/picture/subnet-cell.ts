import { usableAddresses } from "../../../components/address-plan";
import type { SubnetView } from "../../view/networks";
import type { RouteView } from "../../view/routes";
import { grouped } from "../../view/words";
import { NOTHING, type Markup } from "../markup";
import { center } from "./layout";
import { placeKey } from "./places";
import { fitted, label, place, rectangle, type Rectangle } from "./shapes";

/** A subnet with the routes of its table. */
export interface RoutedSubnet extends SubnetView {
  readonly routes: readonly RouteView[];
}

/** Characters that a cell has room for in the usual size. */
const LONG = 14;

/** A subnet: its tier, its block and, where hosts live, what a line cannot show. Its lines run at `lane`. */
export function subnetCell({ name, tier, cidr, routes }: RoutedSubnet, box: Rectangle, lane: number): Markup {
  const endpoints = routes.filter(({ kind }) => kind === "endpoint").map(({ destination }) => destination);
  const usable = `${grouped(usableAddresses(cidr))} usable`;
  const detail = endpoints.length === 0 ? usable : `${endpoints.join(", ")} → endpoint`;
  const at = (y: number): { x: number; y: number } => ({ x: box.x + 6, y: box.y + y });
  return place(
    placeKey("subnet", name),
    [{ x: lane, y: center(box).y }],
    rectangle(`fill-${tier}`, box, 4),
    label(tier, at(15), { kind: "small" }),
    label(cidr, at(tier === "public" ? 37 : 31), { kind: cidr.length > LONG ? "dense" : "" }),
    tier === "private" ? label(fitted(detail, box.width - 10, 10), at(47), { kind: "small" }) : NOTHING,
  );
}
