import { expect } from "chai";
import { comment } from "../../../../tools/cli/comment";
import { readPlanFile } from "../../../../tools/report/markdown/plan-file";
import { planFile, SUBNET, ZONE, type Row } from "./plan-files";

const subnet = (name: string, cidrBlock: string): Row => [SUBNET, name, { cidrBlock, vpcId: "vpc" }];
const zone = (name: string, comments = ""): Row => [ZONE, name, { name, comment: comments }];

describe("the comment of a pull request", () => {
  it("says so when nothing changes", () => {
    const plan = planFile({ hub: [zone("a")], dev: [] });
    expect(comment(plan, plan)).to.equal(
      [
        "### Network plan",
        "",
        "**The plan of this merge has no checks.**",
        "",
        "The plan of this merge has no costs.",
        "",
        "**No stack changes.**",
        "",
        "| Stack | Create | Update in place | Replace | Delete | Resources after |",
        "| --- | --- | --- | --- | --- | --- |",
        "| `hub` |  |  |  |  | 1 |",
        "| `dev` |  |  |  |  | 0 |",
        "",
      ].join("\n"),
    );
  });

  it("shows what is created and updated, and that nothing is replaced or deleted", () => {
    const base = planFile({ hub: [zone("a")], dev: [] });
    const head = planFile({ hub: [zone("a", "changed"), zone("b")], dev: [] });
    expect(comment(base, head)).to.equal(
      [
        "### Network plan",
        "",
        "**The plan of this merge has no checks.**",
        "",
        "The plan of this merge has no costs.",
        "",
        "**`hub` changes.** Nothing is replaced or deleted.",
        "",
        "| Stack | Create | Update in place | Replace | Delete | Resources after |",
        "| --- | --- | --- | --- | --- | --- |",
        "| `hub` | 1 | 1 |  |  | 2 |",
        "| `dev` |  |  |  |  | 0 |",
        "",
        "<details>",
        "<summary><code>hub</code>: 1 to create, 1 to update in place; nothing to replace or delete</summary>",
        "",
        "|  | Type | Name | Properties |",
        "| --- | --- | --- | --- |",
        "| update | `route53.Zone` | `a` | `comment` |",
        "| create | `route53.Zone` | `b` |  |",
        "",
        "</details>",
        "",
      ].join("\n"),
    );
  });

  it("warns of what is replaced or deleted, and shows it first", () => {
    const base = planFile({ dev: [subnet("s", "10.1.0.0/18")], prod: [zone("a"), zone("b")] });
    const head = planFile({ dev: [subnet("s", "10.1.64.0/18"), subnet("t", "10.1.0.0/18")], prod: [] });
    const lines = comment(base, head).split("\n");
    expect(lines.slice(6, 11)).to.deep.equal([
      "**`dev` and `prod` change.**",
      "",
      "> [!WARNING]",
      "> `dev`: 1 replacement; `prod`: 2 deletions. Replaced and deleted resources lose their content, and what uses them is interrupted.",
      "",
    ]);
    expect(lines).to.include("| `dev` | 1 |  | **1** |  | 2 |");
    expect(lines).to.include("| `prod` |  |  |  | **2** | 0 |");
    const first = lines.indexOf("| replace | `ec2.Subnet` | `s` | `cidrBlock` |");
    expect(first).to.be.above(0);
    expect(lines[first + 1]).to.equal("| create | `ec2.Subnet` | `t` |  |");
  });

  it("counts a stack that joins as created, and one that leaves as deleted", () => {
    const lines = comment(planFile({ old: [zone("a")] }), planFile({ qa: [zone("b")] })).split("\n");
    expect(lines).to.include("| `old` |  |  |  | **1** | 0 |");
    expect(lines).to.include("| `qa` | 1 |  |  |  | 1 |");
  });

  it("leaves out the details, and says so, when GitHub would refuse its length", () => {
    const many = Array.from({ length: 2000 }, (_, index) => zone(`zone-${String(index)}`));
    const text = comment(planFile({ hub: [] }), planFile({ hub: many }));
    expect(Buffer.byteLength(text)).to.be.below(65_000);
    expect(text).to.contain("| `hub` | 2000 |  |  |  | 2000 |");
    expect(text).to.contain("Too long for a comment: the changes one by one. `npm start` shows it.");
    expect(text).not.to.contain("<details>");
  });

  it("leaves out any part that is too long, and keeps those that are not", () => {
    const stacks = Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [`stack-${String(index)}-${"é".repeat(20)}`, [zone("a")]]),
    );
    const costs = { notes: ["n"], stacks: [{ name: "hub", total: 1 }], total: 1 };
    const text = comment(planFile({}), planFile(stacks, { costs }));
    expect(text).to.equal(
      [
        "### Network plan",
        "",
        "**The plan of this merge has no checks.**",
        "",
        "**$1.00 a month** before traffic; the plan of the base branch has no costs to compare with.",
        "",
        "Too long for a comment: what changes in each stack. `npm start` shows it.",
        "",
        "Too long for a comment: the changes one by one. `npm start` shows it.",
        "",
      ].join("\n"),
    );
  });

  it("names the types of which it does not know what replaces them", () => {
    const of = (value: string) => planFile({ hub: [["aws:new/thing:Thing", "t", { value }], zone("a")] });
    const lines = comment(of("old"), of("new")).split("\n");
    expect(lines).to.include("| `hub` |  | 1 |  |  | 2 |");
    expect(lines).to.include(
      "> The base branch does not know what replaces `aws:new/thing:Thing`: an update in place may be a replacement.",
    );
    expect(comment(of("same"), of("same"))).not.to.contain("does not know");
  });

  describe("on checks", () => {
    const kept = { name: "spokes are isolated", stack: "dev", passed: true, evidence: ["no route"] };
    const broken = { name: "spokes are isolated", stack: "prod", passed: false, evidence: ["10.1.0.0/16 is routed"] };
    const plan = planFile({ dev: [], prod: [] });

    it("begins with the verdict, and folds the checks by stack", () => {
      const text = comment(plan, planFile({ dev: [], prod: [] }, { checks: [kept] }));
      expect(text.split("\n")[2]).to.equal("**1 of 1 check passes.**");
      expect(text).to.contain(
        "<summary>Checks by stack</summary>\n\n| Check | `dev` |\n| --- | --- |\n| `spokes are isolated` | ✓ |",
      );
    });

    it("begins with the checks that fail, each with its stacks and first evidence", () => {
      const text = comment(plan, planFile({ dev: [], prod: [] }, { checks: [broken, kept] }));
      expect(text.split("\n").slice(2, 6)).to.deep.equal([
        "**0 of 1 check passes; `spokes are isolated` fails in `prod`.**",
        "",
        "> [!CAUTION]",
        "> `spokes are isolated`: `prod`: `10.1.0.0/16 is routed`",
      ]);
      expect(text).to.contain(
        ["| Check | `dev` | `prod` |", "| --- | --- | --- |", "| `spokes are isolated` | ✓ | **✗** |"].join("\n"),
      );
    });

    it("names five stacks of many, and counts the other findings", () => {
      const names = Array.from({ length: 7 }, (_, index) => `s${String(index)}`);
      const checks = names.map((stack) => ({ ...broken, stack, evidence: ["seen", "seen too"] }));
      const text = comment(plan, planFile({ dev: [] }, { checks }));
      expect(text).to.contain("fails in `s0`, `s1`, `s2`, `s3`, `s4`, 2 more.**");
      expect(text).to.contain("> `spokes are isolated`: `s0`: `seen`, and 13 more findings\n");
    });

    it("leaves a cell empty where a check does not concern a stack", () => {
      const other = { ...kept, name: "nodes are private", stack: "prod" };
      const text = comment(plan, planFile({ dev: [], prod: [] }, { checks: [kept, other] }));
      expect(text).to.contain("| `nodes are private` |  | ✓ |");
    });

    it("says so where the plan has none", () => {
      expect(comment(plan, plan).split("\n")[2]).to.equal("**The plan of this merge has no checks.**");
    });
  });

  describe("on costs", () => {
    const costs = (dev: number, prod: number) => ({
      notes: ["List prices."],
      stacks: [
        { name: "dev", total: dev },
        { name: "prod", total: prod },
      ],
      total: dev + prod,
    });
    const at = (dev: number, prod: number) => planFile({ dev: [], prod: [] }, { costs: costs(dev, prod) });

    it("shows the difference of the stacks that differ, of the others together, and the total", () => {
      const text = comment(at(100, 2000.5), at(132.85, 2000.5));
      expect(text).to.contain("\n**$2,133.35 a month** before traffic (+$32.85).\n");
      expect(text).to.contain(
        [
          "#### Monthly cost before traffic",
          "",
          "| Stack | Base | This merge | Difference |",
          "| --- | --- | --- | --- |",
          "| `dev` | $100.00 | $132.85 | +$32.85 |",
          "| 1 other stack | $2,000.50 | $2,000.50 |  |",
          "| total | $2,100.50 | $2,133.35 | +$32.85 |",
          "",
          "<sub>`List prices.`</sub>",
        ].join("\n"),
      );
    });

    it("shows what is saved", () => {
      expect(comment(at(132.85, 0), at(100, 0))).to.contain("| `dev` | $132.85 | $100.00 | -$32.85 |");
    });

    it("shows no difference of the total where one stack saves what another adds", () => {
      const text = comment(at(100, 10), at(110, 0));
      expect(text).to.contain("| total | $110.00 | $110.00 |  |");
      expect(text).to.contain("**$110.00 a month** before traffic (no change).");
    });

    it("marks what is without a price, and what becomes so", () => {
      const unpriced = (dev: number, prod: number) =>
        planFile(
          { dev: [], prod: [] },
          {
            costs: {
              ...costs(dev, prod),
              stacks: [
                { name: "dev", total: dev, unknown: ["nodes"] },
                { name: "prod", total: prod, unknown: [] },
              ],
            },
          },
        );
      expect(comment(at(100, 10), unpriced(60, 10))).to.contain(
        [
          "| `dev` | $100.00 | $60.00 + ? | -$40.00 + ? |",
          "| 1 other stack | $10.00 | $10.00 |  |",
          "| total | $110.00 | $70.00 + ? | -$40.00 + ? |",
        ].join("\n"),
      );
      expect(comment(at(60, 10), unpriced(60, 10))).to.contain("| `dev` | $60.00 | $60.00 + ? | ? |");
      expect(comment(unpriced(60, 10), unpriced(60, 10))).to.contain("**$70.00 + ? a month** before traffic (?).");
      expect(comment(unpriced(60, 10), unpriced(60, 20))).to.contain("| `prod` | $10.00 | $20.00 | +$10.00 |");
    });

    it("has no table where nothing differs", () => {
      const text = comment(at(100, 10), at(100.001, 10));
      expect(text).to.contain("**$110.00 a month** before traffic (no change).");
      expect(text).not.to.contain("#### Monthly cost");
    });

    it("says so where one of the plans has none", () => {
      const none = planFile({ dev: [], prod: [] });
      expect(comment(none, at(100, 10))).to.contain(
        "**$110.00 a month** before traffic; the plan of the base branch has no costs to compare with.",
      );
      expect(comment(at(100, 10), none)).to.contain("The plan of this merge has no costs.");
    });
  });

  // The first version of the form: the base branch of the merge that brings the second one writes it.
  it("compares with a plan of version 1, which has other names for checks", () => {
    const file = (version: number, more: object) =>
      readPlanFile(
        JSON.stringify({
          version,
          stacks: { dev: { resources: [] } },
          costs: { notes: ["n"], stacks: [{ name: "dev", total: 1 }], total: 1 },
          ...more,
        }),
        "a plan",
      );
    const kept = { name: "spokes-are-isolated", stack: "dev", passed: true, evidence: [] };
    const old = file(1, { promises: [{ name: "isolated", stack: "dev", kept: false, evidence: [] }] });
    expect(
      comment(old, file(2, { checks: [kept] }))
        .split("\n")
        .slice(2, 7),
    ).to.deep.equal([
      "**1 of 1 check passes.**",
      "",
      "**$1.00 a month** before traffic (no change).",
      "",
      "**No stack changes.**",
    ]);
  });

  // Review, first contact 8: components counted in one of two places.
  it("counts AWS resources alone, as the resources of a stack are counted", () => {
    const component: Row = ["piksel:hub:PrivateZones", "hub", {}];
    const lines = comment(planFile({ hub: [] }), planFile({ hub: [component, zone("a")] })).split("\n");
    expect(lines).to.include("| `hub` | 1 |  |  |  | 1 |");
    expect(lines.join("\n")).not.to.contain("PrivateZones");
  });
});
