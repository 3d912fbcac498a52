import { expect } from "chai";
import { takeDown } from "../../e2e/scenario";
import { FakeWorld } from "./support/fake-world";

async function worldWith(...stacks: readonly string[]): Promise<FakeWorld> {
  const world = new FakeWorld();
  for (const name of stacks) await world.configure(name, { "az-count": 2 });
  world.calls.splice(0);
  return world;
}

const run = (world: FakeWorld): Promise<void> =>
  takeDown({ stacks: world, platforms: world.platforms, aws: world, checks: world.checks, emulator: true });

const steps = (name: string): string[] => [
  `unlock ${name}`,
  `configure ${name} protect=false`,
  `up ${name}`,
  `destroy ${name}`,
];

describe("a takedown", () => {
  it("turns off deletion protection and destroys each stack, spokes first and the hub last", async () => {
    const world = await worldWith("hub", "dev", "prod", "qa");
    await run(world);
    expect(world.calls).to.deep.equal(["qa", "prod", "dev", "hub"].flatMap(steps));
    expect([world.problems, await world.names()]).to.deep.equal([[], []]);
  });

  it("destroys platforms before their spokes, while the clusters exist", async () => {
    const world = await worldWith("hub", "dev");
    await world.platforms.stacks.configure("dev", {});
    world.calls.splice(0);
    await run(world);
    expect(world.calls).to.deep.equal([
      "prepare platform dev",
      "unlock platform dev",
      "configure platform dev spoke-stack=organization/stand-in/dev protect=false",
      "up platform dev",
      "destroy platform dev",
      ...["dev", "hub"].flatMap(steps),
    ]);
  });

  it("keeps a spoke and the hub while a platform stays, and destroys the other spokes", async () => {
    const world = await worldWith("hub", "dev", "prod");
    await world.platforms.stacks.configure("dev", {});
    world.failures.set("prepare platform dev", 1);
    await run(world);
    expect(await world.names()).to.deep.equal(["hub", "dev"]);
    expect(world.problems).to.deep.equal(["FAILED the platform of dev is destroyed", "prepare platform dev failed"]);
  });

  it("destroys the stacks that exist if the run ended early", async () => {
    const world = await worldWith("hub", "dev");
    await run(world);
    expect(world.calls).to.deep.equal(["dev", "hub"].flatMap(steps));
  });

  it("destroys a stack that cannot be updated, after it removes protect in the state", async () => {
    const world = await worldWith("hub");
    world.failures.set("up hub", 1);
    await run(world);
    expect(world.calls).to.deep.equal([
      "unlock hub",
      "configure hub protect=false",
      "up hub",
      "unprotect hub",
      "destroy hub",
    ]);
    expect(world.problems).to.deep.equal([]);
  });

  it("keeps the hub while a spoke stays, and destroys the other spokes", async () => {
    const world = await worldWith("hub", "dev", "prod");
    world.failures.set("destroy prod", 2);
    await run(world);
    expect(await world.names()).to.deep.equal(["hub", "prod"]);
    expect(world.problems).to.deep.equal([
      "note destroy prod failed at the first attempt: destroy prod failed",
      "FAILED prod is destroyed",
      "destroy prod failed",
    ]);
  });

  it("fails if AWS still has resources", async () => {
    const world = await worldWith("hub");
    world.leftovers.push("VPC vpc-1", "zone piksel.internal");
    await run(world);
    expect(world.problems).to.deep.equal(["FAILED nothing is left", "VPC vpc-1", "zone piksel.internal"]);
  });
});
