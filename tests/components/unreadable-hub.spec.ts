import { expect } from "chai";
import { unreadableHub } from "../../components/hub-contract";
import { cloud } from "../../tools/planner/doubles/cloud";
import { planStack } from "../../tools/planner/plan";
import { project, withConfig } from "../support/plans";

const MISSING = (name: string): string =>
  `There is no stack ${name}, and every spoke reads the hub: deploy the hub first (pulumi stack init hub, pulumi up ` +
  "--stack hub), or set hub-stack to ORG/PROJECT/STACK of a hub that is deployed.";

// Review, engine 3: the engine ended the update with its bare `unknown stack "organization/piksel-network/hub"`.
describe("a hub stack that does not exist", () => {
  it("is reported to whoever deploys a spoke, with what to do", async () => {
    const error: unknown = await planStack(project, "dev", {}).catch((reason: unknown) => reason);
    expect((error as Error).message).to.equal(MISSING("organization/piksel-network/hub"));
  });

  it("is named as hub-stack names it", async () => {
    const elsewhere = withConfig(project, "dev", { "hub-stack": "acme/network/main" });
    const error: unknown = await planStack(elsewhere, "dev", {}).catch((reason: unknown) => reason);
    expect((error as Error).message).to.equal(MISSING("acme/network/main"));
  });

  it("is told from one that may not be read, of which the engine's reason is kept", () => {
    expect(unreadableHub("acme/net/hub", "[403] Forbidden")).to.equal(
      "The stack acme/net/hub cannot be read: [403] Forbidden. Log in as somebody who may read it, or set hub-stack to " +
        "ORG/PROJECT/STACK of the hub.",
    );
  });

  it("is no property that every object has", () => {
    const read = (name: string) => () => cloud({}).call("pulumi:pulumi:readStackOutputs", { name });
    for (const name of ["hub", "a/b/constructor", "__proto__"]) {
      expect(read(name)).to.throw(`unknown stack ${JSON.stringify(name)}`);
    }
  });
});
