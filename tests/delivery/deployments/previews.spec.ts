import { expect } from "chai";
import fc from "fast-check";
import { previewedStacks, type PreviewRules } from "../../../delivery/deployments/previews";

const NETWORKS = ["hub", "dev", "staging", "prod"];
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
      "a name that is not in the register",
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
