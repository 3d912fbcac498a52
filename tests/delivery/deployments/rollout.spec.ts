import { expect } from "chai";
import { rollout } from "../../../delivery/deployments/rollout";

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

  it("refuses a gated stack that is not in the register", () => {
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
