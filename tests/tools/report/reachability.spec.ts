import { expect } from "chai";
import { type HTMLElement, parse } from "node-html-parser";
import { withSpokes } from "../../../tools/bench/spokes";
import type { AllStacks } from "../../../tools/model/resource";
import { topologyOf } from "../../../tools/model/topology/topology";
import { plan, type Plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import type { Markup } from "../../../tools/report/html/markup";
import { picture } from "../../../tools/report/html/picture/picture";
import { placesPassed } from "../../../tools/report/html/picture/places";
import { reachability } from "../../../tools/report/html/reachability";
import { type CellView, type Mark, reachabilityView } from "../../../tools/report/view/reachability";
import { withConnections } from "../../support/connections";
import { project, withConfig } from "../../support/plans";

const parsed = (content: Markup | undefined): HTMLElement => parse(content?.text ?? "");

const SIGNS: Readonly<Record<Mark, string>> = { yes: "y", some: "s", "one way": "w", no: "." };

describe("who reaches whom", () => {
  let planned: Plan;
  /** Of more networks than are drawn with their subnets. */
  let many: Plan;
  let estate: AllStacks;
  before(async () => {
    planned = await plan(project);
    many = await plan(withSpokes(withConfig(project, "dev", { cluster: false }), 13));
    estate = stacksOfPlan(planned);
  });

  function cell(from: string, to: string): CellView {
    const { rows, columns, cells } = reachabilityView(planned, false);
    const found = cells[rows.findIndex(({ name }) => name === from)]?.[columns.findIndex(({ name }) => name === to)];
    if (found === null || found === undefined) throw new Error(`no cell ${from} to ${to}`);
    return found;
  }
  const drawings = (all: Plan): HTMLElement[] => parsed(picture(all)).querySelectorAll(".picture");
  const keysIn = (within: HTMLElement, attribute: string): string[] =>
    within
      .querySelectorAll(`[${attribute}]`)
      .flatMap((each) => each.getAttribute(attribute)?.split(" ") ?? [])
      .filter((key) => key !== "");

  it("is shown for every tier, service and the internet", () => {
    const { rows, columns, cells } = reachabilityView(planned, false);
    const lines = rows.map(({ name }, row) => {
      const marks = (cells[row] ?? []).map((each) => (each === null ? " " : SIGNS[each.mark]));
      return `${marks.join("")} ${name}`;
    });
    expect(columns.map(({ name }) => name)).to.deep.equal([
      ...rows.map(({ name }) => name).filter((name) => name !== "internet"),
      ...["hub-resolver", "ecr.api", "ecr.dkr", "s3", "internet"],
    ]);
    expect(lines).to.deep.equal([
      // hub, dev, staging, prod: public, private, transit; resolver, ecr.api, ecr.dkr, s3; internet.
      " yy.........yyyyy hub-public",
      "y ywywwywwywyyyy. hub-private",
      "yy .........yyy.. hub-transit",
      "... yy.........yy dev-public",
      "wywy y......yyyyy dev-private",
      "...yy ........... dev-transit",
      "...... yy......yy staging-public",
      "wyw...y y...yyyyy staging-private",
      "......yy ........ staging-transit",
      "......... yy...yy prod-public",
      "wyw......y yyyyyy prod-private",
      ".........yy ..... prod-transit",
      "y..y..y..y.....   internet",
    ]);
  });

  it("is shown hop by hop, to the end", () => {
    expect(cell("dev-private", "staging-private")).to.deep.include({
      title: "dev-private to staging-private: no",
      steps: [
        "dev-private-1: 10.0.0.0/8 → transit gateway",
        "table hub-spokes: 10.0.0.0/8 → blackhole (static)",
        "dropped: blackhole route",
      ],
    });
    expect(cell("dev-private", "hub-public")).to.deep.include({
      title: "dev-private to hub-public: one-way: no return route",
      steps: [
        "dev-private-1: 10.0.0.0/8 → transit gateway",
        "table hub-spokes: 10.0.0.0/16 → hub (propagated)",
        "arrives",
        "no return route: the destination does not reach the sender",
      ],
    });
    expect(cell("dev-transit", "s3").steps).to.deep.equal([
      "stops: route table dev-transit-1 has no route to the internet",
    ]);
    expect(cell("internet", "dev-private").steps).to.deep.equal(["dropped: dev-private-1 has no public address"]);
  });

  it("is shown on the picture: what a packet passes, in its order", () => {
    const way = (from: string, to: string): string[] =>
      placesPassed(topologyOf(estate), cell(from, to).cell, () => false);
    expect(way("dev-private", "ecr.api")).to.deep.equal([
      ...["subnet/dev-private-1", "subnet/dev-transit-1", "attachment/dev", "to-hub/dev", "table/hub-spokes"],
      ...["attachment/hub", "subnet/hub-transit-1", "endpoint/hub-endpoint-ecr.api"],
    ]);
    expect(way("hub-private", "prod-public")).to.deep.equal([
      ...["subnet/hub-private-1", "subnet/hub-transit-1", "attachment/hub", "table/hub-hub", "to-spokes/prod"],
      ...["attachment/prod", "subnet/prod-transit-1", "subnet/prod-public-1"],
    ]);
    expect(way("prod-private", "internet")).to.deep.equal([
      ...["subnet/prod-private-1", "nat/prod-1", "subnet/prod-public-1", "internet/prod"],
    ]);
    expect(way("hub-private", "hub-resolver")).to.deep.equal(["subnet/hub-private-1", "resolver/hub-resolver"]);
    expect(way("dev-transit", "hub-public")).to.deep.equal(["subnet/dev-transit-1"]);
    expect(way("dev-private", "s3")).to.deep.equal(["subnet/dev-private-1"]);
    expect(way("internet", "dev-public")).to.deep.equal(["internet/dev", "subnet/dev-public-1"]);
    expect(way("internet", "dev-private")).to.deep.equal(["internet/dev"]);
  });

  it("has every part that any way passes in both drawings, once", () => {
    for (const all of [planned, many]) {
      const body = parsed(reachability(all, []));
      const needed = new Set([...keysIn(body, "data-places"), ...keysIn(body, "data-to")]);
      expect(needed.size).to.be.above(10);
      expect(drawings(all)).to.have.length(2);
      for (const drawing of drawings(all)) {
        const drawn = keysIn(drawing, "data-place");
        expect([...needed].filter((key) => !drawn.includes(key))).to.deep.equal([]);
        expect(new Set(drawn).size).to.equal(drawn.length);
      }
    }
  });

  it("shows a connection: the path through the table of the spoke, which both drawings have", async () => {
    const connected = await plan(withConnections(project, [["dev", "staging"]]));
    const { rows, columns, cells } = reachabilityView(connected, false);
    const between = (from: string, to: string): CellView => {
      const found = cells[rows.findIndex(({ name }) => name === from)]?.[columns.findIndex(({ name }) => name === to)];
      if (found === null || found === undefined) throw new Error(`no cell ${from} to ${to}`);
      return found;
    };
    const there = between("dev-private", "staging-private");
    expect(there).to.deep.include({
      mark: "yes",
      steps: [
        "dev-private-1: 10.0.0.0/8 → transit gateway",
        "table hub-connection-dev: 10.2.0.0/16 → staging (propagated)",
        "arrives",
      ],
    });
    expect(between("staging-private", "dev-private").mark).to.equal("yes");
    expect(between("dev-private", "prod-private").mark).to.equal("no");
    expect(placesPassed(topologyOf(stacksOfPlan(connected)), there.cell, () => false)).to.deep.equal([
      ...["subnet/dev-private-1", "subnet/dev-transit-1", "attachment/dev", "to-hub/dev", "table/hub-connection-dev"],
      ...["to-spokes/staging", "attachment/staging", "subnet/staging-transit-1", "subnet/staging-private-1"],
    ]);
    for (const drawing of drawings(connected)) {
      const drawn = keysIn(drawing, "data-place").filter((key) => key.startsWith("table/"));
      expect(drawn.sort()).to.deep.equal(
        ["hub-connection-dev", "hub-connection-staging", "hub-hub", "hub-spokes"].map((name) => `table/${name}`),
      );
    }
  });

  it("is a button a cell, whose words are on the page without a script", () => {
    const body = parsed(reachability(planned, []));
    const { cells } = reachabilityView(planned, false);
    const buttons = body.querySelectorAll("button[data-path]");
    const titles = cells.flatMap((line) => line.flatMap((each) => each?.title ?? []));
    expect(buttons.map((button) => button.getAttribute("title"))).to.deep.equal(titles);
    const words = new Map(body.querySelectorAll("dd[data-places]").map((path) => [path.id, path]));
    const steps = cells.flatMap((line) => line.flatMap((each) => (each === null ? [] : [each.steps])));
    for (const [index, button] of buttons.entries()) {
      const path = words.get(button.getAttribute("data-path") ?? "");
      expect(path?.querySelectorAll("ol.hops > li").map(({ text }) => text)).to.deep.equal(steps[index]);
    }
    expect(new Set(buttons.map((button) => button.getAttribute("data-path"))).size).to.equal(words.size);
  });

  it("has a heading for every row and column", () => {
    const table = parsed(reachability(planned, [])).querySelector("table.matrix");
    expect(table?.querySelectorAll('th[scope="row"]')).to.have.length(13);
    expect(table?.querySelectorAll('th[scope="col"]')).to.have.length(1 + 17);
    expect(
      table?.querySelectorAll('th[scope="colgroup"]').map((head) => [head.text, head.getAttribute("colspan")]),
    ).to.deep.equal([
      // Without the transit subnets, and with them.
      ...["hub", "dev", "staging", "prod"].flatMap((name) => [
        [name, "2"],
        [name, "3"],
      ]),
      ["services", "4"],
    ]);
  });

  it("of many networks is shown in groups, in less room than of four", () => {
    const [body, ofFour] = [parsed(reachability(many, [])), parsed(reachability(planned, []))];
    expect(body.text).to.contain("14 networks in 2 groups");
    const titles = body.querySelectorAll("button[data-path]").map((button) => button.getAttribute("title"));
    expect(titles).to.include("private of spoke-1 and 12 more to private of spoke-1 and 12 more: no");
    const group = body.querySelectorAll("dt").find(({ text }) => text === "spoke-1 and 12 more");
    expect(group?.nextElementSibling?.text).to.match(/^spoke-1, spoke-2,/);
    expect(body.outerHTML.length).to.be.below(ofFour.outerHTML.length);
    expect(ofFour.text).not.to.match(/networks in \d+ groups/);
  });
});
