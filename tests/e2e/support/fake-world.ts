import type { Aws } from "../../../e2e/aws";
import { Checks, type Description } from "../../../e2e/checks";
import { expectedNetwork, expectedTransitGateway, type DeployedNetwork } from "../../../e2e/expected";
import type { Platforms } from "../../../e2e/platforms";
import { projectDefaults, type AccountMap, type RunSettings } from "../../../e2e/settings";
import type { ConfigValues, StackChange, Stacks } from "../../../e2e/stacks";
import { project } from "../../support/plans";

const networks: AccountMap = Object.fromEntries(
  ["hub", "dev", "prod", "qa"].map((name, block) => [
    name,
    { name, cidr: `10.${String(block)}.0.0/16`, account: "123456789012" },
  ]),
);

export const settings: RunSettings = { ...projectDefaults(project), networks };

/** Names of the first AZs of the Region. */
export function zoneNames(count: number): string[] {
  return ["a", "b", "c"].slice(0, count).map((letter) => settings.region + letter);
}

/** The lines of failed checks and of notes, without alignment. */
export function problemsIn(lines: readonly string[]): string[] {
  return lines.filter((line) => !line.startsWith("  ok")).map((line) => line.trim().replace(/ +/g, " "));
}

/** The note of a run without a Kubernetes API. */
export const SKIPPED = "note the platform is skipped: it needs a Kubernetes API, --cluster --kubeconfig FILE";

/** The platforms of a world, whose calls it records. */
class FakePlatforms implements Stacks {
  private readonly existing = new Set<string>();

  constructor(private readonly call: (call: string) => Promise<readonly StackChange[]>) {}

  names(): Promise<readonly string[]> {
    return Promise.resolve([...this.existing]);
  }

  async configure(name: string, config: ConfigValues): Promise<void> {
    this.existing.add(name);
    const values = Object.entries(config).map(([key, value]) => `${key}=${String(value)}`);
    await this.call(`configure platform ${name} ${values.join(" ")}`);
  }

  preview(name: string): Promise<readonly StackChange[]> {
    return this.call(`preview platform ${name}`);
  }

  up(name: string): Promise<readonly StackChange[]> {
    return this.call(`up platform ${name}`);
  }

  async unlock(name: string): Promise<void> {
    await this.call(`unlock platform ${name}`);
  }

  async unprotect(name: string): Promise<void> {
    await this.call(`unprotect platform ${name}`);
  }

  async destroy(name: string): Promise<void> {
    await this.call(`destroy platform ${name}`);
    this.existing.delete(name);
  }
}

/** Stacks, and an AWS account that has exactly these stacks. Records the calls. */
export class FakeWorld implements Stacks, Aws {
  readonly calls: string[] = [];
  readonly lines: string[] = [];
  readonly checks = new Checks((line) => void this.lines.push(line));
  readonly setNetworks = (accountMap: AccountMap): void => {
    this.calls.push(`networks ${Object.keys(accountMap).join(" ")}`);
  };
  readonly platforms: Platforms = {
    stacks: new FakePlatforms((call) => this.call(call)),
    prepare: async (spoke) => {
      await this.call(`prepare platform ${spoke}`);
      return { "spoke-stack": `organization/stand-in/${spoke}` };
    },
  };
  /** Changes that a call returns, by call, such as `up dev`. @default none */
  readonly changes = new Map<string, readonly StackChange[]>();
  /** How many times a call fails, by call. @default 0 */
  readonly failures = new Map<string, number>();
  /** What the takedown leaves in AWS. */
  readonly leftovers: string[] = [];

  private readonly configs = new Map<string, ConfigValues>();

  get problems(): string[] {
    return problemsIn(this.lines).filter((line) => line !== SKIPPED);
  }

  names(): Promise<readonly string[]> {
    return Promise.resolve([...this.configs.keys()]);
  }

  configure(name: string, config: ConfigValues): Promise<void> {
    this.calls.push(
      `configure ${name} ${Object.entries(config)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(" ")}`,
    );
    this.configs.set(name, { ...this.configs.get(name), ...config });
    return Promise.resolve();
  }

  preview(name: string): Promise<readonly StackChange[]> {
    return this.call(`preview ${name}`);
  }

  up(name: string): Promise<readonly StackChange[]> {
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

  describeNetwork(name: string): Promise<Description> {
    return Promise.resolve(expectedNetwork(name, this.deployed, settings));
  }

  describeTransitGateway(): Promise<Description> {
    return Promise.resolve(expectedTransitGateway(this.deployed, settings));
  }

  listLeftovers(): Promise<readonly string[]> {
    return Promise.resolve(this.leftovers);
  }

  /** The networks that the configuration of the stacks describes. */
  private get deployed(): Map<string, DeployedNetwork> {
    return new Map(
      [...this.configs].map(([name, config]) => {
        const zones = zoneNames(Number(config["az-count"]));
        return [name, { zones, natPerZone: config["one-nat-per-az"] === true }];
      }),
    );
  }

  private call(call: string): Promise<readonly StackChange[]> {
    this.calls.push(call);
    const failures = this.failures.get(call) ?? 0;
    this.failures.set(call, failures - 1);
    return failures > 0 ? Promise.reject(new Error(`${call} failed`)) : Promise.resolve(this.changes.get(call) ?? []);
  }
}
