import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { KNOWN_KEYS } from "../../../components/settings/fields";
import type { Settings } from "../../../components/settings/settings";
import { plan } from "../../../tools/planner/plan";
import { readProject } from "../../../tools/planner/project/project";
import { analyze } from "../../../tools/report/outcome";
import { FIXTURE } from "../../support/fixture";
import { project } from "../../support/plans";

interface Declaration {
  readonly type: string;
  readonly description: string;
  readonly items?: { readonly type: string };
  readonly default: unknown;
}

/** The declared keys of a folder's `Pulumi.yaml`, as the file writes them; without those of others, as `pulumi new` adds. */
const declaredIn = (folder: string): Readonly<Record<string, Declaration>> => {
  const { config } = parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")) as {
    readonly config: Readonly<Record<string, Declaration>>;
  };
  return Object.fromEntries(Object.entries(config).filter(([key]) => !key.includes(":")));
};

describe("the repository's own Pulumi.yaml", () => {
  const declared = declaredIn(".");

  it("declares the keys that the program reads, in the same order", () => {
    expect(Object.keys(declared)).to.deep.equal([...KNOWN_KEYS]);
  });

  it("gives each key a type, a description and a default, so that no stack must set it", () => {
    for (const [key, declaration] of Object.entries(declared)) {
      const fields =
        declaration.type === "array" ? ["type", "items", "description", "default"] : ["type", "description", "default"];
      expect(declaration, key).to.have.all.keys(fields);
    }
  });

  it("plans with its stack files, and the plan passes every check", async () => {
    const own = readProject(".");
    const planned = await plan(own);
    const { checks } = await analyze(own, planned);
    expect(checks.filter(({ passed }) => !passed)).to.deep.equal([]);
    expect(planned.map(({ name }) => name).sort()).to.deep.equal(Object.keys(own.stacks).sort());
  });
});

describe("the fixture project that tests plan", () => {
  it("declares each key as the repository's Pulumi.yaml does, apart from its default", () => {
    const withoutDefaults = (folder: string): unknown =>
      Object.entries(declaredIn(folder)).map(([key, { default: _, ...declaration }]) => [key, declaration]);
    expect(withoutDefaults(FIXTURE)).to.deep.equal(withoutDefaults("."));
  });

  describe("makes settings", () => {
    const settings: Record<string, Settings> = {};
    before(async () => {
      for (const stack of await plan(project)) settings[stack.name] = stack.settings;
    });

    it("with a network for each of its four stacks", () => {
      const network = (name: string, digit: string, number: number) => ({
        name,
        cidr: `10.${number}.0.0/16`,
        account: digit.repeat(12),
      });
      expect(Object.values(settings).map((each) => each.network)).to.deep.equal([
        network("hub", "1", 0),
        network("dev", "2", 1),
        network("staging", "3", 2),
        network("prod", "4", 3),
      ]);
    });

    it("with three AZs for the hub and prod, two for the others, and a NAT gateway per AZ in prod", () => {
      const zones = ["a", "b", "c"].map((letter) => `ap-southeast-3${letter}`);
      expect(settings["hub"]).to.deep.include({ role: "hub", zones, warnings: [] });
      expect(settings["prod"]).to.deep.include({ role: "spoke", zones, oneNatPerAz: true });
      for (const stack of ["dev", "staging"]) {
        expect(settings[stack]).to.deep.include({ zones: zones.slice(0, 2), oneNatPerAz: false });
      }
    });
  });
});
