import { expect } from "chai";
import { createContext, runInContext } from "node:vm";
import { picture } from "../../plan/page/picture/picture";
import { reachability } from "../../plan/page/reachability/reachability";
import { SCRIPT } from "../../plan/page/reachability/script";
import { plan } from "../../plan/plan";
import { project } from "../support/plans";
import { Element, parsed } from "../support/small-dom";
import { bodyOf } from "./section-body";

/** The sections that the script is about in a window, and it run; `scrolled` are the parts that it was scrolled to. */
class Window {
  readonly document: Element;
  readonly scrolled: { readonly place: string | undefined; readonly options: object }[] = [];
  focused: Element | undefined;

  constructor(html: string, { top = 0, calm = false, width = "wide" } = {}) {
    this.document = parsed(html);
    const { scrolled } = this;
    const focus = (element: Element): void => void (this.focused = element);
    for (const each of this.document.all) {
      const isLaidOut = each.closest(".picture")?.className.includes(width) ?? true;
      Object.assign(each, {
        getClientRects: () => (isLaidOut ? [{}] : []),
        getBoundingClientRect: () => ({ top, bottom: top + 10 }),
        scrollIntoView: (options: object) => scrolled.push({ place: each.dataset["place"], options }),
        focus: () => {
          focus(each);
        },
      });
    }
    const globals = { document: this.document, innerHeight: 900, matchMedia: () => ({ matches: calm }) };
    runInContext(SCRIPT, createContext(globals));
  }

  button(title: string): Element {
    const found = this.document.querySelectorAll("button").find((each) => each.title.startsWith(`${title}: `));
    if (found === undefined) throw new Error(`no cell ${title}`);
    return found;
  }
  fire(type: string, target: Element, more: object = {}): void {
    this.document.querySelector(".matrix")?.listeners.get(type)?.({ target, preventDefault: () => undefined, ...more });
  }
  press(title: string): void {
    this.fire("click", this.button(title));
  }
  /** Keys of the parts that are marked, in each drawing. */
  marked(kind: string): (string | undefined)[][] {
    return this.document
      .querySelectorAll(".picture")
      .map((picture) => picture.querySelectorAll(`.${kind}`).map(({ dataset }) => dataset["place"]));
  }
  get told(): string[] {
    const panel = this.document.getElementById("way");
    return [...(panel?.querySelectorAll("h3") ?? []), ...(panel?.querySelectorAll("li") ?? [])].map(
      ({ textContent }) => textContent,
    );
  }
  get lines(): (string | null)[] {
    return this.document.querySelectorAll("polyline").map((line) => line.getAttribute("points"));
  }
}

const both = <T>(value: T): [T, T] => [value, value];

describe("the script of the page", () => {
  let html: string;
  before(async () => {
    const planned = await plan(project);
    html = [picture, reachability].map((section) => bodyOf(section, planned)).join("");
  });

  const TO_ECR = [
    ...["attachment/dev", "attachment/hub", "endpoint/hub-endpoint-ecr.api", "subnet/dev-private-1"],
    ...["subnet/dev-transit-1", "subnet/hub-transit-1", "table/hub-spokes", "to-hub/dev"],
  ];
  const sorted = (lists: (string | undefined)[][]): (string | undefined)[][] => lists.map((list) => [...list].sort());

  it("marks what a pressed cell's packets pass in both drawings, and tells the hops", () => {
    const window = new Window(html);
    window.press("dev-private to ecr.api");
    expect(sorted(window.marked("passed"))).to.deep.equal(both(TO_ECR));
    expect(window.marked("end")).to.deep.equal(both(["endpoint/hub-endpoint-ecr.api"]));
    expect(window.marked("stop")).to.deep.equal(both([]));
    expect(window.told).to.deep.equal([
      "dev-private to ecr.api: yes",
      "dev-private-1: 10.0.0.0/8 → transit gateway",
      "table hub-spokes: 10.0.0.0/16 → hub (propagated)",
      "hub-endpoint-ecr.api: allows tcp 443 from 10.0.0.0/8",
      "arrives",
    ]);
  });

  it("draws a line through these, up, down and across alone but for its head", () => {
    const window = new Window(html);
    window.press("dev-private to ecr.api");
    for (const line of window.lines) {
      const points = (line ?? "").split(" ").map((point) => point.split(",").map(Number));
      const way = points.slice(0, -3);
      for (const [index, [x, y]] of way.entries()) {
        const [fromX, fromY] = way[index - 1] ?? [x, y];
        expect(x === fromX || y === fromY, line ?? "").to.equal(true);
      }
      const [[left, back], tip, [right]] = points.slice(-3) as [[number, number], number[], [number]];
      expect(tip).to.deep.equal(way.at(-1));
      expect([left, right, back]).to.deep.equal([(tip[0] ?? 0) - 8, (tip[0] ?? 0) + 8, (tip[1] ?? 0) + 10]);
    }
    expect(window.lines).to.have.length(2);
  });

  it("marks where a packet stops that does not arrive, without a head on its line", () => {
    const window = new Window(html);
    window.press("staging-private to dev-private");
    expect(window.marked("stop")).to.deep.equal(both(["table/hub-spokes"]));
    expect(window.marked("end")).to.deep.equal(both([]));
    expect(sorted(window.marked("passed"))).to.deep.equal(
      both([
        "attachment/staging",
        "subnet/staging-private-1",
        "subnet/staging-transit-1",
        "table/hub-spokes",
        "to-hub/staging",
      ]),
    );
    expect(window.lines[0]?.split(" ")).to.have.length(6 * 3);
  });

  it("forgets a way when another cell is pressed, and the last when it is pressed again", () => {
    const window = new Window(html);
    window.press("staging-private to dev-private");
    window.press("dev-private to ecr.api");
    expect(sorted(window.marked("passed"))).to.deep.equal(both(TO_ECR));
    expect(window.lines).to.have.length(2);
    const pressed = (): string[] =>
      window.document
        .querySelectorAll("button")
        .filter((button) => button.getAttribute("aria-pressed") === "true")
        .map(({ title }) => title);
    expect(pressed()).to.deep.equal(["dev-private to ecr.api: yes"]);
    window.press("dev-private to ecr.api");
    expect(pressed()).to.deep.equal([]);
    expect(window.marked("passed")).to.deep.equal(both([]));
    expect(window.told).to.deep.equal([]);
    expect(window.document.getElementById("way")?.textContent).to.contain("Press a cell");
  });

  it("works for every cell of the page", () => {
    const window = new Window(html);
    for (const { title } of window.document.querySelectorAll("button")) {
      const [name = ""] = title.split(": ");
      window.press(name);
      expect(window.told[0]).to.equal(title);
      expect(window.told).to.have.length.above(1);
      const [wide, narrow] = window.marked("passed");
      expect(wide, title).to.deep.equal(narrow);
    }
  });

  it("scrolls to a way of which nothing is to be seen, in the drawing that is laid out, and calmly where that is asked", () => {
    const scrolled = (window: Window): object[] => {
      window.press("dev-private to ecr.api");
      return window.scrolled;
    };
    expect(scrolled(new Window(html))).to.deep.equal([]);
    const [there] = scrolled(new Window(html, { top: -800 }));
    expect(there).to.deep.include({ options: { block: "center", behavior: "smooth" } });
    expect(scrolled(new Window(html, { top: 901, calm: true, width: "narrow" }))).to.deep.equal([
      { ...there, options: { block: "center", behavior: "auto" } },
    ]);
  });

  it("makes the matrix one stop for the tab key, in which arrow keys step from cell to cell over empty ones", () => {
    const window = new Window(html);
    const stops = (): string[] =>
      window.document
        .querySelectorAll("button")
        .filter(({ tabIndex }) => tabIndex === 0)
        .map(({ title }) => title);
    const step = (key: string): string | undefined => {
      window.fire("keydown", window.focused ?? window.button("hub-public to hub-private"), { key });
      return window.focused?.title;
    };
    expect(window.document.querySelector(".matrix")?.getAttribute("role")).to.equal("grid");
    expect(stops()).to.deep.equal(["hub-public to hub-private: yes"]);
    expect(step("ArrowUp")).to.equal(undefined);
    // Over hub-private to itself.
    expect(step("ArrowDown")).to.equal("hub-transit to hub-private: yes");
    expect(step("ArrowLeft")).to.equal("hub-transit to hub-public: yes");
    expect(step("ArrowLeft")).to.equal("hub-transit to hub-public: yes");
    expect(step("x")).to.equal("hub-transit to hub-public: yes");
    expect(step("ArrowUp")).to.equal("hub-private to hub-public: yes");
    expect(stops()).to.deep.equal(["hub-private to hub-public: yes"]);
  });
});
