import { again } from "./again";
import { changeInWords, isOfTags, type Change } from "./changes";
import type { Common } from "./common";
import { expectedNetwork, expectedTransit, type Shape } from "./expected";
import type { Register } from "./register";
import type { Config } from "./stacks";
import { remove, type TakeDownArgs } from "./take-down";

export interface Stage extends TakeDownArgs {
  readonly common: Common;
  readonly cluster: boolean;
  /** Ends the run before its next step. */
  readonly interrupted: AbortSignal;
  /** Writes the register that the stacks read from then on. */
  readonly setNetworks: (networks: Register) => void;
}

/** What a step sets: the number of zones, and of NAT gateways. */
interface Size {
  readonly zones: number;
  readonly natPerZone?: boolean;
}

/** Operations of an update that takes nothing away from what stands. */
const ADDING = ["create", "update"];

/** The life of a network: made, then grown by a zone, by NAT gateways and by a spoke. */
export class Scenario {
  private readonly deployed = new Map<string, Shape>();

  constructor(private readonly stage: Stage) {}

  async run(): Promise<void> {
    this.register("hub", "dev", "prod");
    await this.deploy("hub", { zones: 3 });
    await this.deploy("dev", { zones: 2 });
    await this.deploy("prod", { zones: 3, natPerZone: true });
    await this.check("hub, dev and prod");
    await this.nothingToDo("hub", "dev", "prod");

    await this.grow("a third AZ", "dev", { zones: 3 });
    await this.check("a third AZ");

    await this.grow("a NAT gateway per AZ", "dev", { zones: 3, natPerZone: true });
    await this.check("a NAT gateway per AZ");

    this.register("hub", "dev", "prod", "qa");
    await this.grow("a new spoke", "hub", { zones: 3 });
    await this.deploy("qa", { zones: 2 });
    await this.check("a new spoke");
    await this.nothingToDo("hub", "dev", "prod", "qa");
  }

  private register(...names: readonly string[]): void {
    const { common, setNetworks } = this.stage;
    setNetworks(Object.fromEntries(Object.entries(common.networks).filter(([name]) => names.includes(name))));
  }

  private async deploy(name: string, size: Size): Promise<void> {
    await this.configure(name, size);
    // What AWS has made and did not live to tell is in nobody's state, and stands in the way: anew, from nothing.
    await again(
      this.stage,
      `up ${name}`,
      () => this.stage.stacks.up(name),
      async () => {
        await remove(this.stage, name);
        await this.configure(name, size);
      },
    );
  }

  /** An update that adds and does no more: as the preview tells it to a reviewer, and as it is. */
  private async grow(step: string, name: string, size: Size): Promise<void> {
    await this.configure(name, size);
    this.adds(`${step}, previewed in ${name}`, await this.stage.stacks.preview(name));
    this.adds(`${step} in ${name}`, await again(this.stage, `up ${name}`, () => this.stage.stacks.up(name)));
  }

  private async configure(name: string, { zones, natPerZone = false }: Size): Promise<void> {
    const { stacks, common, cluster, interrupted } = this.stage;
    interrupted.throwIfAborted();
    const letters = ["a", "b", "c"].slice(0, zones);
    this.deployed.set(name, { zones: letters.map((letter) => common.region + letter), natPerZone });
    const config: Config = { "az-count": zones };
    await stacks.configure(name, name === "hub" ? config : { ...config, "one-nat-per-az": natPerZone, cluster });
  }

  private adds(step: string, changes: readonly Change[]): void {
    const others = changes.filter(({ operation }) => !ADDING.includes(operation));
    this.stage.checks.holds(`${step}: nothing is replaced or deleted`, others.length === 0, others.map(changeInWords));
  }

  private async nothingToDo(...names: readonly string[]): Promise<void> {
    const { stacks, checks, emulator, interrupted } = this.stage;
    for (const name of names) {
      interrupted.throwIfAborted();
      const changes = await stacks.preview(name);
      // moto keeps no tags that some resources are made with. That alone is no failure of ours.
      const forgotten = emulator ? changes.filter(isOfTags) : [];
      const others = changes.filter((change) => !forgotten.includes(change));
      checks.holds(`a second preview of ${name} is empty`, others.length === 0, others.map(changeInWords));
      for (const change of forgotten) checks.note(`the emulator lost tags: ${changeInWords(change)}`);
    }
  }

  private async check(step: string): Promise<void> {
    const { cloud, checks, common } = this.stage;
    for (const name of this.deployed.keys()) {
      checks.same(`${step}: ${name}`, await cloud.network(name), expectedNetwork(name, this.deployed, common));
    }
    checks.same(`${step}: transit gateway`, await cloud.transit(), expectedTransit(this.deployed, common));
  }
}
