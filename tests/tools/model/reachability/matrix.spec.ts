import { expect } from "chai";
import { reachabilityInGroups, reachabilityMatrix } from "../../../../tools/model/reachability/matrix";
import { type Cell, combineReached, type PathEndpoint } from "../../../../tools/model/reachability/reach";
import type { AllStacks } from "../../../../tools/model/resource";
import { topologyOf } from "../../../../tools/model/topology/topology";
import { stacksOfPlan } from "../../../../tools/planner/stacks";
import { plan } from "../../../../tools/planner/plan";
import { modify, withInputs, withResource } from "../../../support/modifications";
import { projectThatPages as project } from "../../../support/plans";
import { MUTATIONS } from "../../checks/mutations";
import { applyMutation, attachment, TGW, transitTable } from "../../checks/mutations/mutation";
import { SURVIVORS } from "../../checks/mutations/survivors";

const REGION = "ap-southeast-3";
const DEFAULT = `${TGW}/defaultRouteTableAssociation:DefaultRouteTableAssociation`;

describe("reachability in groups", () => {
  let planned: AllStacks;
  before(async () => {
    planned = stacksOfPlan(await plan(project));
  });
  const groups = (stacks: AllStacks): object =>
    reachabilityInGroups(topologyOf(stacks), REGION).groups.map(({ name, networks }) => [name, ...networks]);

  it("groups spokes with the same reachability", () => {
    expect(groups(planned)).to.deep.equal([
      ["hub", "hub"],
      ["dev and 2 more", "dev", "staging", "prod"],
    ]);
  });

  it("separates a spoke that others reach", () => {
    const leak = withResource(`aws:${TGW}/routeTablePropagation:RouteTablePropagation`, "leak", {
      transitGatewayAttachmentId: attachment("prod"),
      transitGatewayRouteTableId: transitTable("hub-spokes"),
    });
    expect(groups(modify(planned, "hub", leak))).to.deep.equal([
      ["hub", "hub"],
      ["dev and 1 more", "dev", "staging"],
      ["prod", "prod"],
    ]);
  });

  it("shows that all spokes reach each other if the route tables are swapped", () => {
    const swapped = withInputs(DEFAULT, "hub-spokes", { transitGatewayRouteTableId: transitTable("hub-hub") });
    const stacks = modify(planned, "hub", swapped);
    const { rows, columns, cells } = reachabilityInGroups(topologyOf(stacks), REGION);
    const name = "private of dev and 2 more";
    const row = rows.findIndex((place) => place.name === name);
    const column = columns.findIndex((place) => place.name === name);
    expect(cells[row]?.[column]).to.include({ reached: "yes", answered: "yes" });
    expect(cells[row]?.[column]?.words).to.equal(
      "dev-private-1: 10.0.0.0/8 → transit gateway; table hub-hub: 10.2.0.0/16 → staging (propagated); delivered",
    );
  });

  it("agrees with the full matrix for every mutation of the network", () => {
    for (const mutation of [{ what: "nothing", modifications: {} }, ...MUTATIONS, ...SURVIVORS]) {
      const topology = topologyOf(applyMutation(planned, mutation));
      const [whole, grouped] = [reachabilityMatrix(topology, REGION), reachabilityInGroups(topology, REGION)];
      const members = ({ name, kind, network, tier }: PathEndpoint): readonly string[] => {
        if (kind !== "tier") return [name];
        const group = grouped.groups.find((each) => each.name === network);
        return (group?.networks ?? topology.networks.map((each) => each.name)).map((each) => `${each}-${tier}`);
      };
      const networkIn = (name: string): string => name.replace(/-[^-]*$/, "");
      const cellOf = (from: string, to: string): Cell | null | undefined =>
        whole.cells[whole.rows.findIndex(({ name }) => name === from)]?.[
          whole.columns.findIndex(({ name }) => name === to)
        ];
      for (const [row, from] of grouped.rows.entries()) {
        for (const [column, to] of grouped.columns.entries()) {
          const own = to.network === "own network";
          const isAsked = (a: string, b: string): boolean =>
            from.kind !== "tier" || to.kind !== "tier"
              ? !(own && from.kind !== "tier")
              : (networkIn(a) === networkIn(b)) === own;
          const asked = members(from).flatMap((a) => members(to).flatMap((b) => (isAsked(a, b) ? cellOf(a, b) : null)));
          const cells = asked.flatMap((each) => each ?? []);
          const expected = cells.length === 0 ? undefined : combineReached(cells.map(({ reached }) => reached));
          const pair = `${mutation.what}: ${from.name} to ${to.name}`;
          const cell = grouped.cells[row]?.[column];
          expect(cell?.reached, pair).to.equal(expected);
          const answers = cells.filter(({ reached }) => reached !== "no").map(({ answered }) => answered);
          if (answers.length > 0) expect(cell?.answered, pair).to.equal(combineReached(answers));
        }
      }
    }
  });
});
