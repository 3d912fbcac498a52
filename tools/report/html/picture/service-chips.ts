import type { NetworkView } from "../../view/networks";
import { markup, NOTHING, type Markup } from "../markup";
import { center, onEdge } from "./layout";
import type { NetworkGeometry } from "./network-geometry";
import { placeKey } from "./places";
import { pill, place } from "./shapes";

/** What listens in the private subnets for all networks: the resolver and the interface endpoints. */
export function serviceChips({ services }: NetworkView, geometry: NetworkGeometry): Markup {
  const boxes = geometry.chips();
  return markup`${services.map(({ kind, name, label }, index) => {
    const box = boxes[index];
    if (box === undefined) return NOTHING;
    const title = markup`<title>${kind === "resolver" ? "inbound resolver" : "interface endpoint"} ${name}</title>`;
    return place(placeKey(kind, name), [onEdge(box, "bottom")], title, pill(label, center(box), box.width));
  })}`;
}
