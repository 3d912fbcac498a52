import { topologyOf } from "../../../model/topology/topology";
import { estateOfPlan } from "../../estate";
import type { Plan } from "../../plan";
import { networks } from "../../view/networks";
import { MEANINGS, reachabilityView, type Mark, type ReachabilityView } from "../../view/reachability";
import { counted } from "../../view/words";
import { markup, NOTHING, type Markup } from "../markup";
import { isInDetail } from "../picture/picture";
import type { Section } from "../section";
import { className, matrix, SIGNS } from "./matrix";
import { sharedWays } from "./ways";
import { words } from "./words";

/** Which tier reaches which, the hub's services and the internet, and by which way. */
export const reachability: Section = {
  id: "reachability",
  title: "Who reaches whom",
  body: ({ plan }) => {
    const topology = topologyOf(estateOfPlan(plan));
    const view = reachabilityView(plan, !isInDetail(plan));
    if (view.rows.length < 2) return undefined;
    const ways = sharedWays(view, topology, isCard(plan));
    return markup`
<p class="muted">Senders down, destinations across: on port 443, and on 53 for the resolver, by the routes of every zone and
the security groups of the services. From the internet a tier is reached where something in it has a public address.</p>
${groupsInWords(view)}
<ul class="legend marks">${MARKS.map(entry)}</ul>
<div id="way" class="card told" role="status" hidden><p class="muted">Press a cell: its way is told here, and shown on the
picture above.</p></div>
<div class="card">${matrix(view, ways)}</div>
${words(view, ways)}`;
  },
};

/** In the picture of many networks a spoke is a card, and the hub is drawn with its subnets. */
function isCard(plan: Plan): (network: string) => boolean {
  if (isInDetail(plan)) return () => false;
  const spokes = new Set(networks(plan).flatMap(({ name, role }) => (role === "spoke" ? [name] : [])));
  return (network) => spokes.has(network);
}

function groupsInWords({ groups }: ReachabilityView): Markup {
  if (groups.length === 0) return NOTHING;
  const all = groups.reduce((sum, { networks: each }) => sum + each.length, 0);
  return markup`
<p>${counted(all, "network")} in ${counted(groups.length, "group")}: networks that reach, and are reached, alike are told as
one. Columns of a group are its networks without the sender's own, which has columns of its own.</p>`;
}

const MARKS: readonly Mark[] = ["yes", "some", "one way", "no"];

function entry(mark: Mark): Markup {
  return markup`<li><span class="sign ${className(mark)}" aria-hidden="true">${SIGNS[mark]}</span>${MEANINGS[mark]}</li>`;
}
