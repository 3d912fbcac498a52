import { expect } from "chai";
import { takeDown } from "../../e2e/take-down";
import { FakeWorld } from "./fakes";

async function world(...names: readonly string[]): Promise<FakeWorld> {
  const made = new FakeWorld();
  for (const name of names) await made.configure(name, { "az-count": 2 });
  made.calls.splice(0);
  return made;
}

const run = (made: FakeWorld): Promise<void> =>
  takeDown({ stacks: made, cloud: made, checks: made.checks, emulator: true });

const steps = (name: string): string[] => [
  `unlock ${name}`,
  `configure ${name} protect=false`,
  `up ${name}`,
  `destroy ${name}`,
];

describe("a takedown", () => {
  it("lets the guards go and destroys each stack, spokes first and the hub last", async () => {
    const made = await world("hub", "dev", "prod", "qa");
    await run(made);
    expect(made.calls).to.deep.equal(["qa", "prod", "dev", "hub"].flatMap(steps));
    expect([made.told, await made.names()]).to.deep.equal([[], []]);
  });

  it("takes what there is, when a run ended before it had all", async () => {
    const made = await world("hub", "dev");
    await run(made);
    expect(made.calls).to.deep.equal(["dev", "hub"].flatMap(steps));
  });

  it("destroys a stack that cannot be updated, its guards taken off in the state", async () => {
    const made = await world("hub");
    made.failures.set("up hub", 1);
    await run(made);
    expect(made.calls).to.deep.equal([
      "unlock hub",
      "configure hub protect=false",
      "up hub",
      "unprotect hub",
      "destroy hub",
    ]);
    expect(made.told).to.deep.equal([]);
  });

  it("keeps the hub while a spoke stays, and takes the other spokes", async () => {
    const made = await world("hub", "dev", "prod");
    made.failures.set("destroy prod", 2);
    await run(made);
    expect(await made.names()).to.deep.equal(["hub", "prod"]);
    expect(made.told).to.deep.equal([
      "note destroy prod failed at the first attempt: destroy prod failed",
      "FAILED prod is destroyed",
      "destroy prod failed",
    ]);
  });

  it("fails on what AWS still has", async () => {
    const made = await world("hub");
    made.left.push("VPC vpc-1", "zone piksel.internal");
    await run(made);
    expect(made.told).to.deep.equal(["FAILED nothing is left", "VPC vpc-1", "zone piksel.internal"]);
  });
});
