import { expect } from "chai";
import { createHash } from "node:crypto";
import { page as wholePage, type Shown } from "../../../tools/report/html/page";
import type { Plan } from "../../../tools/planner/plan";
import { costs } from "../../../tools/report/view/costs";
import { checks, verdictInWords, verdictOf } from "../../../tools/report/view/checks";
import { whatIfRows } from "../../../tools/report/view/what-if";
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

/** Elements that HTML does not close. */
const VOID = ["meta", "!doctype", "input"];

/** Names of the elements that are opened and not closed where they should be. */
function unbalanced(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, closing, name = "", empty] of html.matchAll(/<(\/?)([a-z0-9!]+)[^>]*?(\/?)>/g)) {
    if (VOID.includes(name) || empty === "/") continue;
    if (closing === "") open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}

function withManySpokes(count: number): Plan {
  const [hub, dev] = smallPlan;
  if (hub === undefined || dev === undefined) return [];
  return [hub, ...Array.from({ length: count }, (_, index) => ({ ...dev, name: `spoke-${String(index)}` }))];
}

describe("the page", () => {
  it("closes every element that it opens", () => {
    expect(unbalanced(text)).to.deep.equal([]);
    expect(unbalanced(page({ plan: smallPlan, changes: changed }))).to.deep.equal([]);
    expect(unbalanced(page({ plan: withManySpokes(40), changes: undefined }))).to.deep.equal([]);
  });

  it("shows the CIDR of every subnet, in the picture and in the table", () => {
    const pictures = text.match(/<svg class="picture[\s\S]*?<\/svg>/g) ?? [];
    expect(pictures).to.have.length(2);
    for (const { inputs } of smallPlan.flatMap(({ resources }) => resources)) {
      const block = inputs["availabilityZone"] === undefined ? undefined : inputs["cidrBlock"];
      if (typeof block !== "string") continue;
      for (const picture of pictures) expect(picture).to.contain(`>${block}</text>`);
      expect(text).to.contain(`<th scope="row">${block}</th>`);
    }
  });

  it("needs nothing from outside, and lets nothing run but its own script", () => {
    const digest = (tag: string): string[] =>
      [...text.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, "g"))].map(
        ([, inside = ""]) => `'sha256-${createHash("sha256").update(inside).digest("base64")}'`,
      );
    const [, policy] = text.match(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/) ?? [];
    expect(policy?.replaceAll("&#39;", "'").split("; ")).to.deep.equal([
      "default-src 'none'",
      ...digest("script").map((each) => `script-src ${each}`),
      ...digest("style").map((each) => `style-src ${each}`),
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect([...digest("script"), ...digest("style")]).to.have.length(2);
    expect(text.match(/<script/g)).to.have.length(1);
    expect(text).not.to.match(/ (style|on[a-z]+)="/);
    expect(text).not.to.match(/<(link|img|iframe|object|base)\b/);
    expect(text).not.to.match(/\b(src|srcset)=/);
    for (const [, target] of text.matchAll(/href="([^"]*)"/g)) expect(target).to.match(/^#/);
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
    expect(unbalanced(shown)).to.deep.equal([]);
  });

  it("leads to each of its sections, and has every id once", () => {
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const [, target] of text.matchAll(/href="#([^"]*)"/g)) expect(ids).to.include(target);
  });

  it("names each picture and describes it, and gives each table a caption", () => {
    expect(text.match(/<title id="picture-(wide|narrow)-title">/g)).to.have.length(2);
    expect(text.match(/<desc id=/g)).to.have.length(2);
    expect(text.match(/<caption/g)).to.have.length(text.match(/<table/g)?.length ?? 0);
  });

  it("shows changes only when there are any to compare with", () => {
    expect(text).not.to.contain("What --set changes");
    const withChanges = page({ plan: smallPlan, changes: changed });
    expect(withChanges).to.contain("1 to create; nothing to update in place, replace or delete.");
    expect(withChanges).to.contain("No change: hub.");
  });

  it("has one row per stack for costs, and one per stack for what changes would add", () => {
    const view = costs(smallPlan, smallAlternatives, TINY_LIST);
    const rowsOf = (kind: string): string[][] => {
      const [table = ""] = new RegExp(`<table class="${kind}">[\\s\\S]*?</table>`).exec(text) ?? [];
      const rows = [...table.matchAll(/<tr><th scope="row">[\s\S]*?<\/tr>/g)];
      return rows.map(([row]) => [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, cell = ""]) => cell));
    };
    const firsts = (kind: string): (string | undefined)[] => rowsOf(kind).map(([first]) => first);
    expect(firsts("stacks")).to.deep.equal(["hub", "dev", "Total"]);
    expect(firsts("costs")).to.deep.equal(["hub", "dev", "Total"]);
    expect(firsts("what-if")).to.deep.equal(["hub", "dev", "new-spoke", "All stacks"]);
    for (const [, total = "", ...parts] of rowsOf("costs")) {
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
    expect(text).to.match(new RegExp(`<title>[✓✗] ${verdict} · Network plan of eu-west-1</title>`));
    expect(text).to.contain(`>${verdict}</a></p>`);
    for (const name of new Set(results.map((each) => each.name))) {
      expect(text.match(new RegExp(`id="check-${name}"`, "g")), name).to.have.length(1);
      expect(text).to.contain(`<a class="anchor" href="#check-${name}"`);
    }
  });

  it("goes from the verdict to the picture, the costs, the checks and the matrix", () => {
    const headings = [...text.matchAll(/<h2 id="([^"]*)">/g)].map(([, id]) => id);
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
    const inDetail = /<text class="" x="[\d.]+" y="[\d.]+" text-anchor="start">10\.1\.64\.0\/18/g;
    expect(page({ plan: withManySpokes(12), changes: undefined }).match(inDetail)).to.have.length(2 * 12);
    const many = page({ plan: withManySpokes(13), changes: undefined });
    expect(many.match(inDetail)).to.equal(null);
    expect(many.match(/>3 private<\/text>/g)).to.have.length(2 * 13);
  });

  it("keeps the boxes of a row apart, and within the picture", () => {
    for (const count of [1, 3, 12, 40]) {
      const shown = page({ plan: withManySpokes(count), changes: undefined });
      for (const [svg, width = ""] of shown.matchAll(/<svg class="picture[^>]*viewBox="0 0 (\d+)[\s\S]*?<\/svg>/g)) {
        const boxes = [...svg.matchAll(/class="account" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/g)];
        const spans = boxes.map(([, x, y, wide]) => ({ y, from: Number(x), to: Number(x) + Number(wide) }));
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
