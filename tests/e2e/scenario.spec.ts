import { expect } from "chai";
import { Scenario, type ScenarioContext } from "../../e2e/scenario";
import { FakeWorld, problemsIn, settings, SKIPPED } from "./support/fake-world";

async function runIn(world: FakeWorld, context: Partial<ScenarioContext> = {}): Promise<void> {
  const { checks, setNetworks, platforms } = world;
  const defaults = { emulator: false, cluster: false, kubernetes: false, interrupted: new AbortController().signal };
  await new Scenario({
    stacks: world,
    platforms,
    aws: world,
    checks,
    settings,
    setNetworks,
    ...defaults,
    ...context,
  }).run();
}

/** The message of a run that rejects. */
async function failureIn(world: FakeWorld, context: Partial<ScenarioContext>): Promise<string> {
  try {
    await runIn(world, context);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error("the run does not reject with an error");
}

const replacement = {
  operation: "replace",
  resource: "aws:ec2/subnet:Subnet::dev-private-1",
  properties: ["cidrBlock"],
};
const tagUpdate = { operation: "update", resource: "aws:ec2/vpc:Vpc::dev", properties: ["tagsAll"] };

describe("the scenario of an end-to-end run", () => {
  it("deploys the hub first, previews again, and adds an AZ, NAT gateways and a spoke", async () => {
    const world = new FakeWorld();
    await runIn(world);
    expect(world.calls).to.deep.equal([
      "networks hub dev prod",
      "configure hub az-count=3",
      "up hub",
      "configure dev az-count=2 one-nat-per-az=false cluster=false",
      "up dev",
      "configure prod az-count=3 one-nat-per-az=true cluster=false",
      "up prod",
      "preview hub",
      "preview dev",
      "preview prod",
      "configure dev az-count=3 one-nat-per-az=false cluster=false",
      "preview dev",
      "up dev",
      "configure dev az-count=3 one-nat-per-az=true cluster=false",
      "preview dev",
      "up dev",
      "networks hub dev prod qa",
      "configure hub az-count=3",
      "preview hub",
      "up hub",
      "configure qa az-count=2 one-nat-per-az=false cluster=false",
      "up qa",
      "preview hub",
      "preview dev",
      "preview prod",
      "preview qa",
    ]);
    expect(world.problems).to.deep.equal([]);
  });

  it("says that it skips the platform without a Kubernetes API", async () => {
    const world = new FakeWorld();
    await runIn(world);
    expect(problemsIn(world.lines)).to.deep.equal([SKIPPED]);
    expect(world.calls.filter((call) => call.includes("platform"))).to.deep.equal([]);
  });

  const platformCalls = async (world: FakeWorld): Promise<string[]> => {
    await runIn(world, { cluster: true, kubernetes: true });
    return world.calls.filter((call) => call.includes("platform"));
  };
  const configure = [
    "prepare platform dev",
    "configure platform dev spoke-stack=organization/stand-in/dev namespaces.e2e.pods=10",
  ];

  it("deploys the platform of dev when its spoke stands, and previews it again", async () => {
    const world = new FakeWorld();
    expect(await platformCalls(world)).to.deep.equal([...configure, "up platform dev", "preview platform dev"]);
    expect(world.calls.indexOf("prepare platform dev")).to.equal(world.calls.indexOf("preview prod") + 1);
    expect(problemsIn(world.lines)).to.deep.equal([]);
  });

  it("creates a platform anew if the first attempt fails", async () => {
    const world = new FakeWorld();
    world.failures.set("up platform dev", 1);
    expect(await platformCalls(world)).to.deep.equal([
      ...configure,
      "up platform dev",
      "prepare platform dev",
      "unlock platform dev",
      "configure platform dev spoke-stack=organization/stand-in/dev protect=false",
      "up platform dev",
      "destroy platform dev",
      ...configure,
      "up platform dev",
      "preview platform dev",
    ]);
  });

  it("fails on a second preview of a platform that is not empty", async () => {
    const world = new FakeWorld();
    world.changes.set("preview platform dev", [replacement]);
    await platformCalls(world);
    expect(world.checks.failures).to.deep.equal(["a second preview of the platform of dev is empty"]);
  });

  it("compares every network and the transit gateway after each step, heading by heading", async () => {
    const world = new FakeWorld();
    await runIn(world);
    // 5 headings of the hub, 6 of a spoke, 6 of the transit gateway. Each extension has 2 checks, and 7 previews have one.
    const [three, four] = [5 + 2 * 6 + 6, 5 + 3 * 6 + 6];
    expect(world.checks.summary).to.equal(
      `${String(3 * three + four + 3 * 2 + 7)} of ${String(3 * three + four + 3 * 2 + 7)} checks pass.`,
    );
  });

  it("deploys clusters with --cluster", async () => {
    const world = new FakeWorld();
    await runIn(world, { cluster: true });
    expect(world.calls).to.contain("configure qa az-count=2 one-nat-per-az=false cluster=true");
  });

  it("fails on an update that deletes, and on a preview that would replace", async () => {
    const deleting = new FakeWorld();
    deleting.changes.set("up hub", [{ operation: "delete", resource: "aws:ec2/route:Route::hub-1", properties: [] }]);
    await runIn(deleting);
    expect(deleting.problems).to.deep.equal([
      "FAILED a new spoke in hub: nothing is replaced or deleted",
      "delete aws:ec2/route:Route::hub-1",
    ]);
    const replacing = new FakeWorld();
    replacing.changes.set("preview dev", [{ ...replacement, operation: "create-replacement" }]);
    await runIn(replacing);
    expect(replacing.checks.failures).to.deep.equal([
      "a second preview of dev is empty",
      "a third AZ, previewed in dev: nothing is replaced or deleted",
      "a NAT gateway per AZ, previewed in dev: nothing is replaced or deleted",
      "a second preview of dev is empty",
    ]);
  });

  it("fails if AWS differs, and continues", async () => {
    const world = new FakeWorld();
    const describe = world.describeNetwork.bind(world);
    world.describeNetwork = async (name) => ({
      ...(await describe(name)),
      ...(name === "qa" ? { endpoints: [] } : {}),
    });
    await runIn(world);
    expect(world.problems).to.deep.equal([
      "FAILED a new spoke: qa: endpoints",
      "missing Gateway com.amazonaws.ap-southeast-3.s3 for qa-private-1, qa-private-2",
    ]);
    expect(world.calls.at(-1)).to.equal("preview qa");
  });

  it("fails on a second preview that is not empty", async () => {
    const world = new FakeWorld();
    world.changes.set("preview prod", [replacement, tagUpdate]);
    await runIn(world);
    expect(world.problems.slice(0, 3)).to.deep.equal([
      "FAILED a second preview of prod is empty",
      "replace aws:ec2/subnet:Subnet::dev-private-1 (cidrBlock)",
      "update aws:ec2/vpc:Vpc::dev (tagsAll)",
    ]);
  });

  it("notes tags that an emulator lost, and fails on any other change", async () => {
    const world = new FakeWorld();
    world.changes.set("preview prod", [tagUpdate]);
    await runIn(world, { emulator: true });
    const note = "note the emulator lost tags: update aws:ec2/vpc:Vpc::dev (tagsAll)";
    expect(world.problems).to.deep.equal([note, note]);
    const other = new FakeWorld();
    other.changes.set("preview prod", [{ ...tagUpdate, properties: ["cidrBlock", "tags"] }]);
    await runIn(other, { emulator: true });
    expect(other.checks.failures).to.have.length(2);
  });

  it("creates a stack anew if the first attempt fails: a failure on AWS, a note on an emulator", async () => {
    for (const emulator of [false, true]) {
      const world = new FakeWorld();
      world.failures.set("up prod", 1);
      await runIn(world, { emulator });
      expect(world.problems).to.deep.equal(
        emulator
          ? ["note up prod failed at the first attempt: up prod failed"]
          : ["FAILED up prod succeeds at the first attempt", "up prod failed"],
      );
      const first = world.calls.indexOf("up prod");
      expect(world.calls.slice(first, first + 7)).to.deep.equal([
        "up prod",
        "unlock prod",
        "configure prod protect=false",
        "up prod",
        "destroy prod",
        `configure prod az-count=3 ${emulator ? "alarms=false " : ""}one-nat-per-az=true cluster=false`,
        "up prod",
      ]);
    }
  });

  it("deploys alarms to AWS, and none to an emulator, in every stack", async () => {
    for (const emulator of [false, true]) {
      const world = new FakeWorld();
      await runIn(world, { emulator });
      const configured = world.calls.filter((call) => /^configure \w+ az-count=/.test(call));
      expect(configured).to.have.length.above(5);
      expect(new Set(configured.map((call) => call.includes(" alarms=false")))).to.deep.equal(new Set([emulator]));
    }
  });

  it("retries an extension that fails once, and destroys nothing", async () => {
    const world = new FakeWorld();
    const up = world.up.bind(world);
    world.up = (name) => {
      if (world.calls.filter((call) => call === "preview dev").length === 2) {
        world.failures.set("up dev", 1);
        world.up = up;
      }
      return up(name);
    };
    await runIn(world, { emulator: true });
    expect(world.problems).to.deep.equal(["note up dev failed at the first attempt: up dev failed"]);
    expect(world.calls.filter((call) => call === "up dev" || call.startsWith("destroy"))).to.have.length(4);
  });

  it("ends if an update fails twice", async () => {
    const world = new FakeWorld();
    world.failures.set("up dev", 3);
    expect(await failureIn(world, { emulator: true })).to.equal("up dev failed");
    expect(world.calls.at(-1)).to.equal("up dev");
  });

  for (const failures of [0, 1]) {
    it(`ends before its next step if it is interrupted in one that ${failures === 0 ? "succeeds" : "fails"}`, async () => {
      const interruption = new AbortController();
      const world = new FakeWorld();
      world.failures.set("up dev", failures);
      const up = world.up.bind(world);
      world.up = (name) => {
        if (name === "dev") interruption.abort(new Error("interrupted"));
        return up(name);
      };
      expect(await failureIn(world, { interrupted: interruption.signal })).to.equal("interrupted");
      expect([world.calls.at(-1), world.problems]).to.deep.equal(["up dev", []]);
    });
  }
});
