import { expect } from "chai";
import fc from "fast-check";
import { driftCrons, previewedStacks, type PreviewRules, rollout } from "../../../delivery/deployments/rollout";

const NETWORKS = ["hub", "dev", "staging", "prod"];

describe("the order in which a merge reaches the stacks", () => {
  it("is a chain from the hub, and prod waits for a person", () => {
    expect(rollout(NETWORKS, ["prod"], "hub")).to.deep.equal({
      chain: ["hub", "dev", "staging"],
      gated: ["prod"],
      edges: [
        { from: "hub", to: "dev" },
        { from: "dev", to: "staging" },
      ],
    });
  });

  it("takes a new spoke in at the end of the chain, and links nothing else anew", () => {
    const { chain, edges } = rollout([...NETWORKS, "qa"], ["prod"], "hub");
    expect(chain).to.deep.equal(["hub", "dev", "staging", "qa"]);
    expect(edges.slice(0, 2)).to.deep.equal(rollout(NETWORKS, ["prod"], "hub").edges);
    expect(edges.slice(2)).to.deep.equal([{ from: "staging", to: "qa" }]);
  });

  it("begins with the hub wherever its line stands", () => {
    expect(rollout(["dev", "hub"], [], "hub").edges).to.deep.equal([{ from: "hub", to: "dev" }]);
  });

  it("starts each stack once at most, and never one that has started it", () => {
    const { edges } = rollout([...NETWORKS, "qa", "lab"], ["prod", "dev"], "hub");
    const started = edges.map(({ to }) => to);
    expect(new Set(started).size).to.equal(started.length);
    expect(started).not.to.include("hub");
    edges.forEach(({ from }, index) => expect(["hub", ...started.slice(0, index)]).to.include(from));
  });

  it("starts nobody where a person updates every spoke", () => {
    expect(rollout(NETWORKS, ["dev", "staging", "prod"], "hub")).to.deep.equal({
      chain: ["hub"],
      gated: ["dev", "staging", "prod"],
      edges: [],
    });
  });

  it("refuses a gated stack that is not in the account map", () => {
    expect(() => rollout(NETWORKS, ["production"], "hub")).to.throw(
      "gated names production, which is not in the account map (networks): it has hub, dev, staging, prod",
    );
  });

  it("refuses a gated hub", () => {
    expect(() => rollout(NETWORKS, ["hub"], "hub")).to.throw(
      "gated names hub: every spoke depends on it, so it is updated by every push; remove it",
    );
  });
});

const previewed = (rules: Partial<PreviewRules> = {}, networks: readonly string[] = NETWORKS): readonly string[] =>
  previewedStacks(networks, { hub: "hub", gated: ["prod"], unpreviewed: [], pullRequestsMayAdminister: [], ...rules });

// Review H3.
describe("the stacks that pull requests preview", () => {
  it("are the spokes that no person gates", () => {
    expect(previewed()).to.deep.equal(["dev", "staging"]);
  });

  it("are without the hub and the gated ones whatever the networks are called", () => {
    expect(previewed({ gated: ["live", "demo"] }, ["hub", "live", "test", "demo"])).to.deep.equal(["test"]);
    expect(previewed({ gated: [] })).to.deep.equal(["dev", "staging", "prod"]);
  });

  it("are fewer where configuration takes some out", () => {
    expect(previewed({ unpreviewed: ["dev"] })).to.deep.equal(["staging"]);
  });

  it("are the hub and gated ones too where configuration names each of them as open to pull requests", () => {
    expect(previewed({ pullRequestsMayAdminister: ["prod"] })).to.deep.equal(["dev", "staging", "prod"]);
    expect(previewed({ pullRequestsMayAdminister: ["prod", "hub"] })).to.deep.equal(NETWORKS);
  });

  it("never contain the hub or a gated stack that is not named so", () => {
    const some = fc.subarray(NETWORKS);
    fc.assert(
      fc.property(some, some, some, (gated, unpreviewed, pullRequestsMayAdminister) => {
        const guarded = ["hub", ...gated];
        try {
          const stacks = previewed({ gated, unpreviewed, pullRequestsMayAdminister });
          const open = stacks.filter((stack) => guarded.includes(stack));
          expect(open.filter((stack) => !pullRequestsMayAdminister.includes(stack))).to.deep.equal([]);
          expect(stacks.filter((stack) => unpreviewed.includes(stack))).to.deep.equal([]);
        } catch (error) {
          expect(String(error)).to.match(/^Error: pull-requests-may-administer names /);
        }
      }),
    );
  });

  for (const [what, rules, sentence] of [
    [
      "a name that is not in the account map",
      { pullRequestsMayAdminister: ["production"] },
      "pull-requests-may-administer names production, which is not in the account map (networks): it has hub, dev, staging, prod",
    ],
    [
      "the same in the other list",
      { unpreviewed: ["production"] },
      "unpreviewed names production, which is not in the account map (networks): it has hub, dev, staging, prod",
    ],
    [
      "a stack that is previewed without it",
      { pullRequestsMayAdminister: ["dev"] },
      "pull-requests-may-administer names dev: only the hub and gated stacks (hub, prod) need it, so remove it",
    ],
    [
      "a stack that both lists name",
      { pullRequestsMayAdminister: ["prod"], unpreviewed: ["prod"] },
      "pull-requests-may-administer names prod: unpreviewed names it too, so remove it from one of them",
    ],
  ] as const) {
    it(`cannot be ${what}`, () => {
      expect(() => previewed(rules)).to.throw(sentence);
    });
  }
});

describe("the search for drift", () => {
  it("is daily, a stack five minutes after the other", () => {
    expect(driftCrons(["hub", "dev", "staging", "prod"], 20)).to.deep.equal({
      hub: "0 20 * * *",
      dev: "5 20 * * *",
      staging: "10 20 * * *",
      prod: "15 20 * * *",
    });
  });

  it("stays within its hour, however many stacks there are", () => {
    const stacks = Array.from({ length: 14 }, (_, index) => `s${String(index)}`);
    expect(driftCrons(stacks, 20)).to.include({ s11: "55 20 * * *", s12: "0 20 * * *", s13: "5 20 * * *" });
  });

  it("refuses an hour that no day has", () => {
    for (const hour of [-1, 24]) {
      expect(() => driftCrons(["hub"], hour)).to.throw(
        `drift-hour is ${String(hour)}: must be a whole number from 0 to 23`,
      );
    }
  });
});
