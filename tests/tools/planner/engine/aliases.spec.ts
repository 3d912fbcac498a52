import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { cloud } from "../../../../tools/planner/doubles/cloud";
import { run } from "../../../../tools/planner/engine/run";

describe("aliases of a planned resource", () => {
  const aliasesOf = async (program: () => void): Promise<object> => {
    const { resources } = await run(
      () => {
        program();
        return Promise.resolve({});
      },
      cloud({}),
      { project: "p", stack: "s", organization: "o", config: {} },
    );
    return Object.fromEntries(resources.map(({ name, options }) => [name, options.aliases]));
  };
  const part = (name: string, opts: pulumi.ComponentResourceOptions = {}): pulumi.ComponentResource =>
    new pulumi.ComponentResource("my:own:Part", name, {}, opts);

  it("are what it was called, of which an alias may say the name, the type or the parent alone", async () => {
    expect(
      await aliasesOf(() => {
        const top = part("top");
        part("new", {
          parent: top,
          aliases: [{ name: "old" }, { type: "my:old:Part" }, { parent: pulumi.rootStackResource }],
        });
        part("moved", { aliases: [{ parent: top }, "urn:pulumi:s::p::my:a:A$my:b:B::full"] });
      }),
    ).to.deep.equal({
      top: undefined,
      new: ["my:own:Part$my:own:Part::old", "my:own:Part$my:old:Part::new", "my:own:Part::new"],
      moved: ["my:own:Part$my:own:Part::moved", "my:a:A$my:b:B::full"],
    });
  });
});
