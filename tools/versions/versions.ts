import { AwsFailure } from "../io/aws";
import { UsageError } from "../cli/plan-arguments";
import { isFileError, readOrRefuse, Refused } from "../cli/refusals";
import { onTerminal, type Io } from "../cli/terminal";
import { readArguments, USAGE, type Arguments } from "./arguments";
import { readPins, writePins } from "./file";
import { clientsOf, offersOf, type Clients } from "./offers";
import { isToRaise, pinsOf } from "./pins";
import { advice, tables, type Compared } from "./report";
import { scopeOf } from "./scope";

/** The next step after new pins. */
const NEXT = "Roll them out to one spoke first: docs/runbooks/patch-nodes-and-add-ons.md.";

const EXIT = { current: 0, behind: 1, unknown: 2 } as const;

/** The environment of a run. */
export interface World {
  /** Clients for a Region. */
  readonly clients: (region: string) => Clients;
  /** Today's date, ISO 8601. */
  readonly today: () => string;
}

const REAL: World = { clients: clientsOf, today: () => new Date().toISOString().slice(0, 10) };

/** Compares the pinned versions with what AWS recommends; returns the exit code. */
export async function main(argv: readonly string[], io: Io, world: World = REAL): Promise<number> {
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

async function run(given: Arguments, io: Io, { clients, today }: World): Promise<number> {
  const { region, kubernetesVersions } = scopeOf(readOrRefuse(io.folder), given);
  const file = readPins(io.folder);
  const aws = clients(region);
  const compared: Compared[] = [];
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

if (require.main === module) onTerminal(main);
