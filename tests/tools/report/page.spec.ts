import { createHash } from "node:crypto";
import { expect } from "chai";
import { parse, type HTMLElement } from "node-html-parser";
import type { Plan } from "../../../tools/planner/plan";
import { page as wholePage, type Shown } from "../../../tools/report/html/page";
import { checks, verdictInWords, verdictOf } from "../../../tools/report/view/checks";
import { costs, whatIfRows } from "../../../tools/report/view/costs";
import { quotasMet } from "../../../tools/report/view/quotas";
import { TINY_LIST } from "../costs/tiny-prices";
import { resource, smallAlternatives, smallPlan } from "./small-plan";

const page = (shown: Pick<Shown, "plan" | "changes">): string =>
  wholePage({
    ...shown,
    costs: costs(shown.plan, smallAlternatives, TINY_LIST),
    checks: checks(shown.plan),
    quotas: quotasMet(shown.plan, smallAlternatives),
  });
const text = page({ plan: smallPlan, changes: undefined });
const changed = {
  dev: { create: ["aws:ec2/eip:Eip::dev-2"], update: [], replace: [], delete: [] },
  hub: { create: [], update: [], replace: [], delete: [] },
};

const parsed = parse(text);

/** Whether every element is closed where it should be: then the parser, which closes what is open, changes nothing. */
function isBalanced(html: string): boolean {
  const withEndTags = html.replace(/<(\w+)([^<>]*)\/>/g, "<$1$2></$1>");
  const voidTag = { tags: ["meta", "input"], closingSlash: false };
  return parse(withEndTags, { comment: true, voidTag }).toString() === withEndTags;
}

const textsOf = (within: HTMLElement, selector: string): string[] =>
  within.querySelectorAll(selector).map((element) => element.text);
const attributesOf = (within: HTMLElement, selector: string, name: string): (string | undefined)[] =>
  within.querySelectorAll(selector).map((element) => element.getAttribute(name));

function withManySpokes(count: number): Plan {
  const [hub, dev] = smallPlan;
  if (hub === undefined || dev === undefined) return [];
  return [hub, ...Array.from({ length: count }, (_, index) => ({ ...dev, name: `spoke-${String(index)}` }))];
}

describe("the page", () => {
  it("closes every element that it opens", () => {
    expect(isBalanced("<p><b>open</p>")).to.equal(false);
    expect(isBalanced(text)).to.equal(true);
    expect(isBalanced(page({ plan: smallPlan, changes: changed }))).to.equal(true);
    expect(isBalanced(page({ plan: withManySpokes(40), changes: undefined }))).to.equal(true);
  });

  it("shows the CIDR of every subnet, in the picture and in the table", () => {
    const pictures = parsed.querySelectorAll(".picture");
    expect(pictures).to.have.length(2);
    for (const { inputs } of smallPlan.flatMap(({ resources }) => resources)) {
      const block = inputs["availabilityZone"] === undefined ? undefined : inputs["cidrBlock"];
      if (typeof block !== "string") continue;
      for (const picture of pictures) expect(textsOf(picture, "text")).to.include(block);
      expect(textsOf(parsed, 'th[scope="row"]')).to.include(block);
    }
  });

  it("needs nothing from outside, and lets nothing run but its own script", () => {
    const digests = (tag: string): string[] =>
      parsed
        .querySelectorAll(tag)
        .map(({ rawText }) => `'sha256-${createHash("sha256").update(rawText).digest("base64")}'`);
    const [policy] = attributesOf(parsed, 'meta[http-equiv="Content-Security-Policy"]', "content");
    expect(policy?.split("; ")).to.deep.equal([
      "default-src 'none'",
      ...digests("script").map((each) => `script-src ${each}`),
      ...digests("style").map((each) => `style-src ${each}`),
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect([...digests("script"), ...digests("style")]).to.have.length(2);
    const attributes = parsed.querySelectorAll("*").flatMap((element) => Object.keys(element.attributes));
    expect(attributes.filter((name) => /^(style|src|srcset|on.*)$/.test(name))).to.deep.equal([]);
    expect(parsed.querySelectorAll("link, img, iframe, object, base")).to.deep.equal([]);
    for (const target of attributesOf(parsed, "[href]", "href")) expect(target).to.match(/^#/);
    expect(text.replace("http://www.w3.org/2000/svg", "")).not.to.match(/url\(|@import|http:|https:/);
  });

  it("escapes all text", () => {
    const [hub, dev] = smallPlan;
    if (hub === undefined || dev === undefined) throw new Error("no small plan");
    const evil = `<b onclick="x('&')">`;
    const odd = {
      ...dev,
      name: evil,
      config: { "net:domain": evil },
      resources: [...dev.resources, resource("aws:s3/bucket:Bucket", evil)],
    };
    const shown = page({
      plan: [hub, dev, odd],
      changes: { [evil]: { ...changed.dev, delete: [`a:b/c:D::${evil}`] } },
    });
    expect(shown).not.to.contain("<b onclick");
    expect(shown).not.to.contain("x('&')");
    expect(shown).to.contain("&lt;b onclick=&quot;x(&#39;&amp;&#39;)&quot;&gt;");
    expect(isBalanced(shown)).to.equal(true);
  });

  it("says on the first screen what the network is and costs, as the terminal does", () => {
    expect(textsOf(parsed, ".lead")).to.deep.equal([
      "hub + 1 spoke in eu-west-1: 62 AWS resources, $365 a month before traffic.",
    ]);
  });

  it("leads to each of its sections, and has every id once", () => {
    const ids = attributesOf(parsed, "[id]", "id");
    expect(new Set(ids).size).to.equal(ids.length);
    for (const target of attributesOf(parsed, "[href]", "href")) expect(ids).to.include(target?.slice(1));
  });

  it("names each picture and describes it, and gives each table a caption", () => {
    expect(attributesOf(parsed, ".picture > title", "id")).to.deep.equal([
      "picture-wide-title",
      "picture-narrow-title",
    ]);
    expect(attributesOf(parsed, ".picture > desc", "id")).to.deep.equal(["picture-wide-desc", "picture-narrow-desc"]);
    expect(parsed.querySelectorAll("table > caption")).to.have.length(parsed.querySelectorAll("table").length);
  });

  it("shows changes only when there are any to compare with", () => {
    expect(text).not.to.contain("What --set changes");
    const withChanges = page({ plan: smallPlan, changes: changed });
    expect(withChanges).to.contain("1 to create; nothing to update in place, replace or delete.");
    expect(withChanges).to.contain("No change: hub.");
  });

  it("has one row per stack for costs, and one per stack for what changes would add", () => {
    const view = costs(smallPlan, smallAlternatives, TINY_LIST);
    const rowsOf = (kind: string): string[][] =>
      parsed.querySelectorAll(`table.${kind} tr:has(> th[scope="row"])`).map((row) => textsOf(row, "th, td"));
    const firsts = (kind: string): (string | undefined)[] => rowsOf(kind).map(([first]) => first);
    expect(firsts("stacks")).to.deep.equal(["hub", "dev", "2 stacks"]);
    expect(firsts("costs-by-part")).to.deep.equal(["hub", "dev", "2 stacks"]);
    expect(firsts("what-if")).to.deep.equal(["hub", "dev", "new-spoke", "total"]);
    for (const [, total = "", ...parts] of rowsOf("costs-by-part")) {
      expect(parts).to.have.length(view.parts.length);
      for (const amount of [total, ...parts.filter((each) => each !== "")]) expect(amount).to.match(/^\$[\d,.]+$/);
    }
    const [dev = []] = rowsOf("what-if").slice(1);
    const cells = whatIfRows(view.whatIf).map(({ cells: byStack }) =>
      (byStack["dev"] ?? "").replace(/^\$?(?=\d)/, "$"),
    );
    expect(dev.slice(1)).to.deep.equal(cells);
    expect(text).to.contain("new-spoke is a spoke with the defaults of Pulumi.yaml.");
    expect(text).to.contain("hub: a third");
  });

  it("has the verdict in its title and header, and each check under its name with its evidence", () => {
    const results = checks(smallPlan);
    const verdict = verdictInWords(verdictOf(results));
    expect(textsOf(parsed, "head > title")[0]).to.match(new RegExp(`^[✓✗] ${verdict} · Network plan of eu-west-1$`));
    expect(textsOf(parsed, ".verdict a")).to.deep.equal([verdict]);
    const anchors = attributesOf(parsed, "a.anchor", "href");
    for (const name of new Set(results.map((each) => each.name))) {
      expect(parsed.querySelectorAll(`#check-${name}`), name).to.have.length(1);
      expect(anchors).to.include(`#check-${name}`);
    }
  });

  it("goes from the verdict to the picture, the costs, the checks and the matrix", () => {
    const headings = attributesOf(parsed, "h2", "id");
    const failed = verdictOf(checks(smallPlan)).failed.length === 0 ? [] : ["failed-checks"];
    expect(headings.slice(0, failed.length + 4)).to.deep.equal([
      ...failed,
      "network",
      "costs",
      "checks",
      "reachability",
    ]);
  });

  it("draws the subnets of up to twelve spokes, and of more their numbers alone", () => {
    const textsIn = (count: number): string[] =>
      textsOf(parse(page({ plan: withManySpokes(count), changes: undefined })), ".picture text");
    const cidrs = (texts: readonly string[]): string[] => texts.filter((each) => each === "10.1.64.0/18");
    expect(cidrs(textsIn(12))).to.have.length(2 * 12);
    const many = textsIn(13);
    expect(cidrs(many)).to.deep.equal([]);
    expect(many.filter((each) => each === "3 private")).to.have.length(2 * 13);
  });

  it("keeps the boxes of a row apart, and within the picture", () => {
    for (const count of [1, 3, 12, 40]) {
      const shown = parse(page({ plan: withManySpokes(count), changes: undefined }));
      for (const svg of shown.querySelectorAll(".picture")) {
        const width = svg.getAttribute("viewBox")?.split(" ")[2];
        const spans = svg.querySelectorAll("rect.account").map((box) => {
          const [x = 0, y = 0, wide = 0] = ["x", "y", "width"].map((name) => Number(box.getAttribute(name)));
          return { y, from: x, to: x + wide };
        });
        for (const [index, { y, from, to }] of spans.entries()) {
          expect(from).to.be.at.least(0);
          expect(to).to.be.at.most(Number(width));
          const next = spans[index + 1];
          if (next !== undefined && next.y === y) expect(next.from).to.be.above(to);
        }
      }
    }
  });
});
