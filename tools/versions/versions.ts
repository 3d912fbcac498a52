import { command, type Given, type Options } from "../io/command";
import { onTerminal, type Io } from "../io/terminal";
import { readProject } from "../planner/project/project";
import { readPins, writePins } from "./file";
import { clientsOf, offersOf, type Clients } from "./offers";
import { isToRaise, pinsOf } from "./pins";
import { advice, tables, type Compared } from "./report";
import { scopeOf } from "./scope";

const USAGE = {
  command: "npm run versions",
  about: `Compares the EKS add-on versions and the AMI release pinned in
components/facts/cluster-versions.json with those that AWS recommends. It changes nothing in AWS.

It needs credentials of any AWS account with eks:DescribeAddonVersions and ssm:GetParameters.`,
  exitCodes: `Exit code: 0 if every pin is what AWS recommends, or --write has updated it; 1 if one is not; 2 if
AWS cannot be queried or the configuration cannot be read.`,
  exitCodeOfRefusal: 2,
} as const;

const OPTIONS = {
  region: { value: "REGION", help: "Region to query; default: the one in the `Pulumi.STACK.yaml` files" },
  "kubernetes-version": {
    value: "VERSION",
    repeatable: true,
    help: "Kubernetes version to query, such as 1.35; default: every version that a stack uses",
    form: [/^\d+\.\d+$/, "must be MAJOR.MINOR, such as 1.35"],
  },
  write: {
    help:
      "write the recommended versions and today's date to the file; never an older version, unless AWS no longer " +
      "offers the pinned one",
  },
} as const satisfies Options;

/** The next step after new pins. */
const NEXT = "Roll them out to one spoke first: docs/runbooks/patch-nodes-and-add-ons.md.";

const EXIT = { current: 0, behind: 1 } as const;

/** The environment of a run. */
export interface World {
  /** Clients for a Region. */
  readonly clients: (region: string) => Clients;
  /** Today's date, ISO 8601. */
  readonly today: () => string;
}

const REAL: World = { clients: clientsOf, today: () => new Date().toISOString().slice(0, 10) };

/** Compares the pinned versions with what AWS recommends. */
export const main = command(USAGE, OPTIONS, (given, io: Io, world: World = REAL) => compare(given, io, world));

async function compare(given: Given<typeof OPTIONS>, io: Io, { clients, today }: World): Promise<number> {
  const { region, kubernetesVersions } = scopeOf(readProject(io.folder), {
    region: given.region,
    kubernetesVersions: given["kubernetes-version"],
  });
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
