import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { decodeSettings } from "../../components/settings/decode";
import { KNOWN_KEYS } from "../../components/settings/known-keys";
import { raw } from "./good-config";

interface Declaration {
  readonly type: string;
  readonly description: string;
  readonly items?: { readonly type: string };
  readonly default: unknown;
}

const file = (name: string): Record<string, unknown> =>
  parse(readFileSync(join(__dirname, "../..", name), "utf8")) as Record<string, unknown>;

const declared = file("Pulumi.yaml")["config"] as Record<string, Declaration>;

/** Settings of a stack, from the defaults under its own file. */
function settingsOf(stack: string) {
  const { "aws:region": region, ...own } = file(`Pulumi.${stack}.yaml`)["config"] as Record<string, unknown>;
  const defaults = Object.entries(declared).map(([key, declaration]) => [key, declaration.default]);
  const set = Object.entries(own).map(([key, value]) => [key.replace(/^piksel-network:/, ""), value]);
  return decodeSettings(raw({ stack, region: region as string, values: Object.fromEntries([...defaults, ...set]) }));
}

describe("Pulumi.yaml", () => {
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

  it("makes a network of each of its four stacks", () => {
    const network = (name: string, digit: string, number: number) => ({
      name,
      cidr: `10.${number}.0.0/16`,
      account: digit.repeat(12),
    });
    expect(["hub", "dev", "staging", "prod"].map((stack) => settingsOf(stack).network)).to.deep.equal([
      network("hub", "1", 0),
      network("dev", "2", 1),
      network("staging", "3", 2),
      network("prod", "4", 3),
    ]);
  });

  it("gives the hub and prod three zones, the others two, and prod a NAT gateway in each", () => {
    const zones = ["a", "b", "c"].map((letter) => `ap-southeast-3${letter}`);
    expect(settingsOf("hub")).to.deep.include({ role: "hub", zones, warnings: [] });
    expect(settingsOf("prod")).to.deep.include({ role: "spoke", zones, oneNatPerAz: true });
    for (const stack of ["dev", "staging"]) {
      expect(settingsOf(stack)).to.deep.include({ zones: zones.slice(0, 2), oneNatPerAz: false });
    }
  });
});
