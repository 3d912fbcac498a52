import { HUB } from "../components/settings/networks";
import type { Aws } from "./aws";
import type { Checks } from "./checks";
import type { Platforms } from "./platforms";
import { expectedNetwork, expectedTransitGateway, type DeployedNetwork } from "./expected";
import { STACKS, type AccountMap, type RunSettings } from "./settings";
import { formatChange, isTagUpdate, type ConfigValues, type StackChange, type Stacks } from "./stacks";

/** What the steps of a run work with. */
export interface RunContext {
  readonly stacks: Stacks;
  readonly platforms: Platforms;
  readonly aws: Aws;
  readonly checks: Checks;
  /** Whether AWS is an emulator, whose known gaps are reported and are not failures. */
  readonly emulator: boolean;
  /** When aborted, nothing is retried. @default never */
  readonly interrupted?: AbortSignal;
}

export interface ScenarioContext extends RunContext {
  readonly settings: RunSettings;
  /** Whether spokes have an EKS cluster. */
  readonly cluster: boolean;
  /** Whether there is a Kubernetes API for the platform of a spoke. */
  readonly kubernetes: boolean;
  /** When aborted, the scenario ends before its next step. */
  readonly interrupted: AbortSignal;
  /** Writes the account map that the stacks read from then on. */
  readonly setNetworks: (networks: AccountMap) => void;
}

/** Numbers of AZs and NAT gateways that a step configures. */
interface Size {
  readonly zones: number;
  readonly natPerZone?: boolean;
}

/** Configuration of a namespace, `e2e`. */
const APPLICATION: ConfigValues = { "namespaces.e2e.pods": 10 };

/**
 * Configuration for an emulator. The AWS SDK for Go speaks Smithy RPC v2 CBOR with CloudWatch since 1.53.0 of that module,
 * and moto 5.2.5 answers 404.
 */
const WITHOUT_CLOUDWATCH: ConfigValues = { alarms: false };

/** Operations of an update that replaces and deletes nothing. */
const ADDING = ["create", "update"];

/** The steps of a run: deploys a hub and two spokes, then adds an AZ, NAT gateways and a spoke. */
export class Scenario {
  private readonly deployed = new Map<string, DeployedNetwork>();

  constructor(private readonly context: ScenarioContext) {}

  async run(): Promise<void> {
    this.setNetworks("hub", "dev", "prod");
    await this.deploy("hub", { zones: 3 });
    await this.deploy("dev", { zones: 2 });
    await this.deploy("prod", { zones: 3, natPerZone: true });
    await this.checkAws("hub, dev and prod");
    await this.checkSecondPreview("hub", "dev", "prod");
    await this.deployPlatform("dev");

    await this.extend("a third AZ", "dev", { zones: 3 });
    await this.checkAws("a third AZ");

    await this.extend("a NAT gateway per AZ", "dev", { zones: 3, natPerZone: true });
    await this.checkAws("a NAT gateway per AZ");

    this.setNetworks("hub", "dev", "prod", "qa");
    await this.extend("a new spoke", "hub", { zones: 3 });
    await this.deploy("qa", { zones: 2 });
    await this.checkAws("a new spoke");
    await this.checkSecondPreview("hub", "dev", "prod", "qa");
  }

  private setNetworks(...names: readonly string[]): void {
    const { settings, setNetworks } = this.context;
    setNetworks(Object.fromEntries(Object.entries(settings.networks).filter(([name]) => names.includes(name))));
  }

  /** Creates a stack. The second attempt starts from nothing: a resource that is in no state would block it. */
  private async deploy(name: string, size: Size): Promise<void> {
    await this.configure(name, size);
    const startOver = async (): Promise<void> => {
      await destroyStack(this.context, name);
      await this.configure(name, size);
    };
    await retryOnce(this.context, `up ${name}`, () => this.context.stacks.up(name), startOver);
  }

  /** Updates a stack. Neither the preview nor the update may replace or delete anything. */
  private async extend(step: string, name: string, size: Size): Promise<void> {
    const { stacks } = this.context;
    await this.configure(name, size);
    this.checkNothingIsReplaced(`${step}, previewed in ${name}`, await stacks.preview(name));
    const changes = await retryOnce(this.context, `up ${name}`, () => stacks.up(name));
    this.checkNothingIsReplaced(`${step} in ${name}`, changes);
  }

  private async configure(name: string, { zones, natPerZone = false }: Size): Promise<void> {
    const { stacks, settings, cluster, emulator, interrupted } = this.context;
    interrupted.throwIfAborted();
    const letters = ["a", "b", "c"].slice(0, zones);
    this.deployed.set(name, { zones: letters.map((letter) => settings.region + letter), natPerZone });
    const config: ConfigValues = { "az-count": zones, ...(emulator ? WITHOUT_CLOUDWATCH : {}) };
    await stacks.configure(name, name === HUB ? config : { ...config, "one-nat-per-az": natPerZone, cluster });
  }

  private checkNothingIsReplaced(step: string, changes: readonly StackChange[]): void {
    const others = changes.filter(({ operation }) => !ADDING.includes(operation));
    this.context.checks.check(`${step}: nothing is replaced or deleted`, others.length === 0, others.map(formatChange));
  }

  private async checkSecondPreview(...names: readonly string[]): Promise<void> {
    const { stacks, checks, emulator, interrupted } = this.context;
    for (const name of names) {
      interrupted.throwIfAborted();
      const changes = await stacks.preview(name);
      // The emulator moto loses the tags of some resources, which is not a failure of the program.
      const lostTags = emulator ? changes.filter(isTagUpdate) : [];
      const others = changes.filter((change) => !lostTags.includes(change));
      checks.check(`a second preview of ${name} is empty`, others.length === 0, others.map(formatChange));
      for (const change of lostTags) checks.note(`the emulator lost tags: ${formatChange(change)}`);
    }
  }

  /** Deploys the platform of a spoke, with a namespace for an application. A second preview must be empty. */
  private async deployPlatform(name: string): Promise<void> {
    const { platforms, checks, kubernetes, interrupted } = this.context;
    if (!kubernetes) {
      checks.note("the platform is skipped: it needs a Kubernetes API, --cluster --kubeconfig FILE");
      return;
    }
    const configure = async (): Promise<void> => {
      interrupted.throwIfAborted();
      await platforms.stacks.configure(name, { ...(await platforms.prepare(name)), ...APPLICATION });
    };
    await configure();
    const startOver = async (): Promise<void> => {
      await destroyPlatform(this.context, name);
      await configure();
    };
    await retryOnce(this.context, `up platform of ${name}`, () => platforms.stacks.up(name), startOver);
    const changes = await platforms.stacks.preview(name);
    const title = `a second preview of the platform of ${name} is empty`;
    checks.check(title, changes.length === 0, changes.map(formatChange));
  }

  private async checkAws(step: string): Promise<void> {
    const { aws, checks, settings } = this.context;
    for (const name of this.deployed.keys()) {
      const expected = expectedNetwork(name, this.deployed, settings);
      checks.compare(`${step}: ${name}`, await aws.describeNetwork(name), expected);
    }
    const expected = expectedTransitGateway(this.deployed, settings);
    checks.compare(`${step}: transit gateway`, await aws.describeTransitGateway(), expected);
  }
}

/**
 * Destroys every stack, platforms first and the hub last, and checks that nothing is left. If a platform cannot be
 * destroyed, its spoke stays, and if a spoke cannot be destroyed, the hub stays, because one needs the other to be
 * destroyed later.
 */
export async function takeDown(context: RunContext): Promise<void> {
  const { stacks, aws, checks } = context;
  const withPlatform = new Set<string>();
  for (const name of await context.platforms.stacks.names()) {
    const title = `the platform of ${name} is destroyed`;
    if (!(await checks.succeeds(title, () => destroyPlatform(context, name)))) withPlatform.add(name);
  }
  const names = await stacks.names();
  let spokeStays = withPlatform.size > 0;
  for (const name of STACKS.filter((each) => names.includes(each) && !withPlatform.has(each)).reverse()) {
    if (name === HUB && spokeStays) break;
    const destroyed = await checks.succeeds(`${name} is destroyed`, () => destroyStack(context, name));
    spokeStays ||= !destroyed;
  }
  const leftovers = await aws.listLeftovers();
  checks.check("nothing is left", leftovers.length === 0, leftovers);
}

/** Destroys the platform of a spoke. */
async function destroyPlatform(context: RunContext, name: string): Promise<void> {
  const { stacks, prepare } = context.platforms;
  await destroyStack({ ...context, stacks }, name, await prepare(name));
}

/**
 * Turns off deletion protection, as an operator does, and destroys a stack.
 *
 * @param config additional configuration
 */
async function destroyStack(context: RunContext, name: string, config: ConfigValues = {}): Promise<void> {
  const { stacks } = context;
  await stacks.unlock(name);
  await stacks.configure(name, { ...config, protect: false });
  try {
    await stacks.up(name);
  } catch {
    // The update of an interrupted stack may fail again, but the stack can still be destroyed.
    await stacks.unprotect(name);
  }
  await retryOnce(context, `destroy ${name}`, () => stacks.destroy(name));
}

/**
 * Runs an action, and retries it once, so that the run continues. A first failure counts as a failed check, except with
 * emulators, which sometimes lose a response under load.
 *
 * @param prepare called before the second attempt
 */
async function retryOnce<T>(
  { checks, emulator, interrupted }: RunContext,
  title: string,
  action: () => Promise<T>,
  prepare: () => Promise<void> = () => Promise.resolve(),
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    interrupted?.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    if (emulator) checks.note(`${title} failed at the first attempt: ${message}`);
    else checks.check(`${title} succeeds at the first attempt`, false, [message]);
    await prepare();
    return await action();
  }
}
