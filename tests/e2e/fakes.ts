import type { Change } from "../../e2e/changes";
import { Checks } from "../../e2e/checks";
import { commonOf, type Common } from "../../e2e/common";
import { expectedNetwork, expectedTransit, type Shape } from "../../e2e/expected";
import type { Cloud, Facts } from "../../e2e/facts";
import type { Register } from "../../e2e/register";
import type { Config, Stacks } from "../../e2e/stacks";
import { project } from "../support/plans";

const networks: Register = Object.fromEntries(
  ["hub", "dev", "prod", "qa"].map((name, block) => [
    name,
    { name, cidr: `10.${String(block)}.0.0/16`, account: "123456789012" },
  ]),
);

export const common: Common = { ...commonOf(project), networks };

/** An engine and an AWS that agree, and a list of what they were asked to do. */
export class FakeWorld implements Stacks, Cloud {
  readonly calls: string[] = [];
  readonly lines: string[] = [];
  readonly checks = new Checks((line) => void this.lines.push(line));
  readonly setNetworks = (register: Register): void => {
    this.calls.push(`register ${Object.keys(register).join(" ")}`);
  };
  /** What a call answers with, by the call's words; nothing, for those that are not here. */
  readonly changes = new Map<string, readonly Change[]>();
  /** Calls that fail, so many times. */
  readonly failures = new Map<string, number>();
  /** What is still there in the end. */
  readonly left: string[] = [];

  private readonly configs = new Map<string, Config>();

  /** What was not as it should be, and notes. */
  get told(): string[] {
    return this.lines.filter((line) => !line.startsWith("  ok")).map((line) => line.trim().replace(/ +/g, " "));
  }

  names(): Promise<readonly string[]> {
    return Promise.resolve([...this.configs.keys()]);
  }

  configure(name: string, config: Config): Promise<void> {
    this.calls.push(
      `configure ${name} ${Object.entries(config)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(" ")}`,
    );
    this.configs.set(name, { ...this.configs.get(name), ...config });
    return Promise.resolve();
  }

  preview(name: string): Promise<readonly Change[]> {
    return this.call(`preview ${name}`);
  }

  up(name: string): Promise<readonly Change[]> {
    return this.call(`up ${name}`);
  }

  async unlock(name: string): Promise<void> {
    await this.call(`unlock ${name}`);
  }

  async unprotect(name: string): Promise<void> {
    await this.call(`unprotect ${name}`);
  }

  async destroy(name: string): Promise<void> {
    await this.call(`destroy ${name}`);
    this.configs.delete(name);
  }

  network(name: string): Promise<Facts> {
    return Promise.resolve(expectedNetwork(name, this.deployed, common));
  }

  transit(): Promise<Facts> {
    return Promise.resolve(expectedTransit(this.deployed, common));
  }

  leftovers(): Promise<readonly string[]> {
    return Promise.resolve(this.left);
  }

  /** The networks as the configuration has them. */
  private get deployed(): Map<string, Shape> {
    return new Map(
      [...this.configs].map(([name, config]) => {
        const letters = ["a", "b", "c"].slice(0, Number(config["az-count"]));
        const zones = letters.map((letter) => `${common.region}${letter}`);
        return [name, { zones, natPerZone: config["one-nat-per-az"] === true }];
      }),
    );
  }

  private call(what: string): Promise<readonly Change[]> {
    this.calls.push(what);
    const failures = this.failures.get(what) ?? 0;
    this.failures.set(what, failures - 1);
    return failures > 0 ? Promise.reject(new Error(`${what} failed`)) : Promise.resolve(this.changes.get(what) ?? []);
  }
}
