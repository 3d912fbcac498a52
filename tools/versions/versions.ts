import { AwsFailure } from "../io/aws";
import { UsageError } from "../cli/plan-arguments";
import { isFileError, readOrRefuse, Refused } from "../cli/refusals";
import { onTerminal, type Io } from "../cli/terminal";
import { HUB } from "../planner/plan";
import { stackConfig, type Project } from "../planner/project/project";
import { readArguments, USAGE, type Arguments } from "./arguments";
import { offerClients, offersOf, type OfferClients } from "./offers";
import { isToRaise, pinsOf, readPins, writePins, type PinnedVersions } from "./pins";
import { advice, tables } from "./report";

/** The next step after new pins. */
const NEXT = "Roll them out to one spoke first: docs/runbooks/patch-nodes-and-add-ons.md.";

const EXIT = { current: 0, behind: 1, unknown: 2 } as const;

/** The environment of a run. */
export interface VersionsEnvironment {
  /** Clients for a Region. */
  readonly clients: (region: string) => OfferClients;
  /** Today's date, ISO 8601. */
  readonly today: () => string;
}

const REAL: VersionsEnvironment = { clients: offerClients, today: () => new Date().toISOString().slice(0, 10) };

/** Compares the pinned versions with what AWS recommends; returns the exit code. */
export async function main(argv: readonly string[], io: Io, world: VersionsEnvironment = REAL): Promise<number> {
  try {
    const given = readArguments(argv);
    if (!given.help) return await run(given, io, world);
    io.out(USAGE);
    return EXIT.current;
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\nRun npm run versions -- --help for usage.\n`);
      return EXIT.unknown;
    }
    if (error instanceof AwsFailure || error instanceof Refused || isFileError(error)) {
      io.err(`${error.message}\n`);
      return EXIT.unknown;
    }
    throw error;
  }
}

async function run(given: Arguments, io: Io, { clients, today }: VersionsEnvironment): Promise<number> {
  const { region, kubernetesVersions } = queryScope(readOrRefuse(io.folder), given);
  const file = readPins(io.folder);
  const aws = clients(region);
  const compared: PinnedVersions[] = [];
  for (const kubernetesVersion of kubernetesVersions) {
    const pinned = file.kubernetes[kubernetesVersion];
    const offers = await offersOf(aws, kubernetesVersion, pinned?.amiRelease);
    compared.push({ kubernetesVersion, pinned, pins: pinsOf(pinned, offers) });
  }

  io.out(
    tables(compared, region, io.paint)
      .map((line) => `${line}\n`)
      .join(""),
  );
  const pins = compared.flatMap((each) => each.pins);
  const differing = pins.filter(({ standing }) => standing !== "current");
  const written = given.write ? writePins(io.folder, file, compared, { today: today(), region }) : [];
  const left = given.write ? differing.filter((pin) => !isToRaise(pin)) : differing;
  if (written.length > 0) io.out(`Updated the pins for Kubernetes ${written.join(", ")}. ${NEXT}\n`);
  if (left.length > 0 || written.length === 0) io.out(`${advice(left, pins.length).join("\n")}\n`);
  return left.length === 0 ? EXIT.current : EXIT.behind;
}

/** What to query AWS for. */
interface QueryScope {
  readonly region: string;
  /** At least one, oldest first. */
  readonly kubernetesVersions: readonly string[];
}

/**
 * Reads from the stacks' configuration what the command line does not set.
 *
 * @throws Refused if the stacks have no Region or several, or if none has a cluster
 */
function queryScope(project: Project, given: Pick<Arguments, "region" | "kubernetesVersions">): QueryScope {
  const configs = Object.entries(project.stacks).map(([name, set]) => ({ name, config: stackConfig(project, set) }));
  const spokes = configs.filter(({ name, config }) => name !== HUB && config[`${project.name}:cluster`] !== false);
  const used = spokes.map(({ config }) => String(config[`${project.name}:kubernetes-version`]));
  const kubernetesVersions = given.kubernetesVersions.length > 0 ? given.kubernetesVersions : used;
  if (kubernetesVersions.length === 0) {
    throw new Refused("No stack has a cluster: name a version with --kubernetes-version, such as 1.35.");
  }
  const order = (version: string): number => Number(version.split(".")[1]);
  return {
    region: given.region ?? regionOf(configs.flatMap(({ config }) => config["aws:region"] ?? []).map(String)),
    kubernetesVersions: [...new Set(kubernetesVersions)].sort((a, b) => order(a) - order(b)),
  };
}

function regionOf(regions: readonly string[]): string {
  const [region, ...others] = new Set(regions);
  if (region === undefined) {
    throw new Refused("No Pulumi.STACK.yaml has aws:region: name the Region with --region, such as ap-southeast-3.");
  }
  if (others.length > 0) {
    throw new Refused(`The stacks are in several Regions (${[region, ...others].join(", ")}): name one with --region.`);
  }
  return region;
}

if (require.main === module) onTerminal(main);
