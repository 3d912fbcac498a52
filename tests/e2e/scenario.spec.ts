import { expect } from "chai";
import { Scenario } from "../../e2e/scenario";
import { common, FakeWorld } from "./fakes";

interface Given {
  readonly emulator?: boolean;
  readonly cluster?: boolean;
  readonly interrupted?: AbortSignal;
}

async function runIn(world: FakeWorld, given: Given = {}): Promise<void> {
  const { emulator = false, cluster = false, interrupted = new AbortController().signal } = given;
  const { checks, setNetworks } = world;
  await new Scenario({
    stacks: world,
    cloud: world,
    checks,
    common,
    setNetworks,
    emulator,
    cluster,
    interrupted,
  }).run();
}

const replaced = { operation: "replace", resource: "aws:ec2/subnet:Subnet::dev-private-1", properties: ["cidrBlock"] };
const tagged = { operation: "update", resource: "aws:ec2/vpc:Vpc::dev", properties: ["tagsAll"] };

describe("the life of a network, end to end,", () => {
  it("is made, previewed once more, and grown by a zone, NAT gateways and a spoke, hub first", async () => {
    const world = new FakeWorld();
    await runIn(world);
    expect(world.calls).to.deep.equal([
      "register hub dev prod",
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
      "register hub dev prod qa",
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
    expect(world.told).to.deep.equal([]);
  });

  it("asks AWS for every network and the gateway after each step, and counts each fact", async () => {
    const world = new FakeWorld();
    await runIn(world);
    // 5 facts of the hub, 6 of a spoke, 6 of the gateway; a replacement is looked for twice a step.
    const [three, four] = [5 + 2 * 6 + 6, 5 + 3 * 6 + 6];
    expect(world.checks.summary).to.equal(
      `${String(3 * three + four + 3 * 2 + 7)} of ${String(3 * three + four + 3 * 2 + 7)} checks pass.`,
    );
  });

  it("has clusters when they are asked for", async () => {
    const world = new FakeWorld();
    await runIn(world, { cluster: true });
    expect(world.calls).to.contain("configure qa az-count=2 one-nat-per-az=false cluster=true");
  });

  it("fails on an update that deletes, and on a preview that would replace", async () => {
    const deleting = new FakeWorld();
    deleting.changes.set("up hub", [{ operation: "delete", resource: "aws:ec2/route:Route::hub-1", properties: [] }]);
    await runIn(deleting);
    expect(deleting.told).to.deep.equal([
      "FAILED a new spoke in hub: nothing is replaced or deleted",
      "delete aws:ec2/route:Route::hub-1",
    ]);
    const replacing = new FakeWorld();
    replacing.changes.set("preview dev", [{ ...replaced, operation: "create-replacement" }]);
    await runIn(replacing);
    expect(replacing.checks.failures).to.deep.equal([
      "a second preview of dev is empty",
      "a third AZ, previewed in dev: nothing is replaced or deleted",
      "a NAT gateway per AZ, previewed in dev: nothing is replaced or deleted",
      "a second preview of dev is empty",
    ]);
  });

  it("fails on what AWS says otherwise, and goes on", async () => {
    const world = new FakeWorld();
    const network = world.network.bind(world);
    world.network = async (name) => ({ ...(await network(name)), ...(name === "qa" ? { endpoints: [] } : {}) });
    await runIn(world);
    expect(world.told).to.deep.equal([
      "FAILED a new spoke: qa: endpoints",
      "missing Gateway com.amazonaws.ap-southeast-3.s3 for qa-private-1, qa-private-2",
    ]);
    expect(world.calls.at(-1)).to.equal("preview qa");
  });

  it("fails on a second preview that is not empty", async () => {
    const world = new FakeWorld();
    world.changes.set("preview prod", [replaced, tagged]);
    await runIn(world);
    expect(world.told.slice(0, 3)).to.deep.equal([
      "FAILED a second preview of prod is empty",
      "replace aws:ec2/subnet:Subnet::dev-private-1 (cidrBlock)",
      "update aws:ec2/vpc:Vpc::dev (tagsAll)",
    ]);
  });

  it("notes the tags that an emulator forgets, and fails on anything else there", async () => {
    const world = new FakeWorld();
    world.changes.set("preview prod", [tagged]);
    await runIn(world, { emulator: true });
    const note = "note the emulator lost tags: update aws:ec2/vpc:Vpc::dev (tagsAll)";
    expect(world.told).to.deep.equal([note, note]);
    const other = new FakeWorld();
    other.changes.set("preview prod", [{ ...tagged, properties: ["cidrBlock", "tags"] }]);
    await runIn(other, { emulator: true });
    expect(other.checks.failures).to.have.length(2);
  });

  it("makes a stack anew that was not made at once: a failure on AWS, a note on an emulator", async () => {
    for (const emulator of [false, true]) {
      const world = new FakeWorld();
      world.failures.set("up prod", 1);
      await runIn(world, { emulator });
      expect(world.told).to.deep.equal(
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
        "configure prod az-count=3 one-nat-per-az=true cluster=false",
        "up prod",
      ]);
    }
  });

  it("repeats a step of growing that fails once, on what stands", async () => {
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
    expect(world.told).to.deep.equal(["note up dev failed at the first attempt: up dev failed"]);
    expect(world.calls.filter((call) => call === "up dev" || call.startsWith("destroy"))).to.have.length(4);
  });

  it("ends where an update fails twice", async () => {
    const world = new FakeWorld();
    world.failures.set("up dev", 3);
    const fault = await runIn(world, { emulator: true }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(fault).to.be.an("error").with.property("message", "up dev failed");
    expect(world.calls.at(-1)).to.equal("up dev");
  });

  for (const failures of [0, 1]) {
    it(`ends before its next step when it is interrupted in one that ${failures === 0 ? "succeeds" : "fails"}`, async () => {
      const interruption = new AbortController();
      const world = new FakeWorld();
      world.failures.set("up dev", failures);
      const up = world.up.bind(world);
      world.up = (name) => {
        if (name === "dev") interruption.abort(new Error("interrupted"));
        return up(name);
      };
      const fault = await runIn(world, { interrupted: interruption.signal }).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(fault).to.be.an("error").with.property("message", "interrupted");
      expect([world.calls.at(-1), world.told]).to.deep.equal(["up dev", []]);
    });
  }
});
