import { expect } from "chai";
import type { PlannedResource } from "../../tools/planner/engine/resource";
import { cloud } from "../../tools/planner/doubles/cloud";
import { run } from "../../tools/planner/engine/run";
import { type Plan, plan } from "../../tools/planner/plan";
import { configForProgram, stackConfig } from "../../tools/planner/project/project";
import program from "../../index";
import { changes, project, stack, withConfig } from "../support/plans";
import { between, nothing, texts } from "../tools/planner/changes-of-stacks";

const IDS = ["apse3-az1", "apse3-az2", "apse3-az3"];
const byId = withConfig(project, "dev", { "availability-zones": IDS });
/** What account dev calls its AZs; not in the order of the IDs. */
const NAMES = { "apse3-az3": "ap-southeast-3c", "apse3-az1": "ap-southeast-3a", "apse3-az2": "ap-southeast-3b" };

const zonesIn = (resources: readonly PlannedResource[]): string[] =>
  resources.flatMap(({ type, name, inputs }) =>
    type === "aws:ec2/subnet:Subnet"
      ? [`${name} ${String(inputs["cidrBlock"])} ${String(inputs["availabilityZone"])}`]
      : [],
  );

/** Runs the program of dev in an account with these AZs, by AZ ID; returns the lookups, and the error. */
async function runDev(zones: readonly string[], account: Readonly<Record<string, string>>) {
  const changed = withConfig(project, "dev", { "availability-zones": [...zones] });
  const hub = stack(await plan(project), "hub").outputs;
  const aws = cloud({ hub }, undefined, () => account);
  const asked: unknown[] = [];
  const registered: string[] = [];
  const watched: typeof aws = {
    ...aws,
    create(request) {
      registered.push(request.type);
      return aws.create(request);
    },
    call(token, args) {
      if (!token.startsWith("pulumi:")) asked.push([token, args]);
      return aws.call(token, args);
    },
  };
  const config = configForProgram(changed, "dev", stackConfig(changed, changed.stacks["dev"] ?? {}));
  const error = await run(program, watched, { project: project.name, stack: "dev", organization: "acme", config }).then(
    () => undefined,
    (refused: unknown) => (refused as Error).message,
  );
  return { asked, error, registered };
}

describe("AZ IDs", () => {
  it("become the names of the account, in the order of the configuration", async () => {
    const crossed = { "apse3-az1": "ap-southeast-3b", "apse3-az2": "ap-southeast-3a", "apse3-az3": "ap-southeast-3c" };
    const planned = stack(await plan(byId, { zoneNames: { dev: crossed } }), "dev");
    expect(zonesIn(planned.resources)).to.deep.equal([
      "dev-public-1 10.1.192.0/24 ap-southeast-3b",
      "dev-private-1 10.1.0.0/18 ap-southeast-3b",
      "dev-transit-1 10.1.208.0/28 ap-southeast-3b",
      "dev-public-2 10.1.193.0/24 ap-southeast-3a",
      "dev-private-2 10.1.64.0/18 ap-southeast-3a",
      "dev-transit-2 10.1.208.16/28 ap-southeast-3a",
    ]);
    expect((planned.outputs["platform"] as { zones: unknown }).zones).to.deep.equal([
      "ap-southeast-3b",
      "ap-southeast-3a",
    ]);
  });

  it("change nothing in a deployed network if they are those of its AZs, in the same order", async () => {
    const [before, after] = [await plan(project), await plan(byId, { zoneNames: { dev: NAMES } })];
    const all = (planned: Plan): string[] =>
      planned.flatMap(({ resources, outputs }) => [...resources, outputs].map((each) => JSON.stringify(each))).sort();
    expect(all(after)).to.deep.equal(all(before));
  });

  it("stand for the names in a plan without an account", async () => {
    expect(zonesIn(stack(await plan(byId), "dev").resources).slice(0, 2)).to.deep.equal([
      "dev-public-1 10.1.192.0/24 apse3-az1",
      "dev-private-1 10.1.0.0/18 apse3-az1",
    ]);
  });

  it("are looked up once, among the AZs that are no Local or Wavelength Zones, and names never", async () => {
    const filters = [{ name: "zone-type", values: ["availability-zone"] }];
    expect((await runDev(IDS, NAMES)).asked).to.deep.equal([
      ["aws:index/getAvailabilityZones:getAvailabilityZones", { filters }],
    ]);
    expect((await runDev([], NAMES)).asked).to.deep.equal([]);
  });

  it("that the account does not have are refused before anything is created", async () => {
    const { error, registered } = await runDev(["apse3-az1", "apse3-az4"], NAMES);
    expect(error).to.equal(
      "availability-zones of dev lists apse3-az4, which account 222222222222 does not have in ap-southeast-3: " +
        "choose one of apse3-az1, apse3-az2, apse3-az3",
    );
    expect(registered.filter((type) => !type.startsWith("pulumi:"))).to.deep.equal([]);
  });
});

describe("a change of AZs", () => {
  const lost = async (from: readonly string[], to: readonly string[], name = "dev"): Promise<string[]> => {
    const [before, after] = [from, to].map((zones) => withConfig(project, name, { "availability-zones": [...zones] }));
    return texts((await between(before ?? project, after ?? project))[name] ?? nothing, "lost");
  };

  it("from names to AZ IDs is undecided in a plan without an account, and the first warning says so", async () => {
    expect((await lost([], IDS))[0]).to.equal(
      "The AZs of dev change between names and AZ IDs (ap-southeast-3a → apse3-az1, ap-southeast-3b → apse3-az2), and only " +
        "its account knows which belong together: this plan shows every subnet as replaced. If the AZs are the same in the " +
        "same order, pulumi preview shows no change. If not, it shows replaced subnets, and pulumi up would delete what is " +
        "in them: correct the order.",
    );
  });

  for (const [what, from, to, pairs] of [
    [
      "names",
      ["ap-southeast-3a", "ap-southeast-3b"],
      ["ap-southeast-3a", "ap-southeast-3c"],
      "ap-southeast-3b → ap-southeast-3c",
    ],
    ["AZ IDs", ["apse3-az1", "apse3-az2"], ["apse3-az1", "apse3-az3"], "apse3-az2 → apse3-az3"],
  ] as const) {
    it(`from ${what} to other ${what} deletes the subnets of the slot, and the warning says so`, async () => {
      expect((await lost(from, to))[0]).to.equal(
        `AWS cannot move a subnet to another AZ (${pairs}): dev-public-2, dev-private-2 and dev-transit-2 are deleted with ` +
          "everything in them and created again. Restore availability-zones; only append to it.",
      );
    });
  }

  it("that appends an AZ ID adds its subnets and replaces nothing", async () => {
    const before = byId;
    const { dev } = await changes(before, withConfig(byId, "dev", { "az-count": 3 }));
    expect([dev?.create.length, dev?.replace, dev?.delete]).to.deep.equal([14, [], []]);
  });
});
