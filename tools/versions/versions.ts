import { HUB } from "../../components/settings/networks";
import { command, type Given, type Options } from "../io/command";
import { UserError } from "../io/errors";
import { type Io, onTerminal, type Paint } from "../io/terminal";
import { type Project, readProject, stackConfig } from "../planner/project/project";
import { indented, table } from "../report/terminal/lines";
import { offerClients, type OfferClients, offersOf } from "./offers";
import { aliasPin, isToRaise, type Pin, type PinnedVersions, pinsOf, readPins, writePins } from "./pins";

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
export interface VersionsEnvironment {
  /** Clients for a Region. */
  readonly clients: (region: string) => OfferClients;
  /** Today's date, ISO 8601. */
  readonly today: () => string;
}

const REAL: VersionsEnvironment = { clients: offerClients, today: () => new Date().toISOString().slice(0, 10) };

/** Compares the pinned versions with what AWS recommends. */
export const main = command(USAGE, OPTIONS, (given, io: Io, environment: VersionsEnvironment = REAL) =>
  compare(given, io, environment),
);

async function compare(given: Given<typeof OPTIONS>, io: Io, { clients, today }: VersionsEnvironment): Promise<number> {
  const { region, kubernetesVersions } = queryScope(readProject(io.folder), {
    region: given.region,
    kubernetesVersions: given["kubernetes-version"],
  });
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
 * @throws UserError if the stacks have no Region or several, or if none has a cluster
 */
function queryScope(
  project: Project,
  given: { readonly region: string | undefined; readonly kubernetesVersions: readonly string[] },
): QueryScope {
  const configs = Object.entries(project.stacks).map(([name, set]) => ({ name, config: stackConfig(project, set) }));
  const spokes = configs.filter(({ name, config }) => name !== HUB && config[`${project.name}:cluster`] !== false);
  const used = spokes.map(({ config }) => String(config[`${project.name}:kubernetes-version`]));
  const kubernetesVersions = given.kubernetesVersions.length > 0 ? given.kubernetesVersions : used;
  if (kubernetesVersions.length === 0) {
    throw new UserError("No stack has a cluster: name a version with --kubernetes-version, such as 1.35.");
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
    throw new UserError("No Pulumi.STACK.yaml has aws:region: name the Region with --region, such as ap-southeast-3.");
  }
  if (others.length > 0) {
    throw new UserError(
      `The stacks are in several Regions (${[region, ...others].join(", ")}): name one with --region.`,
    );
  }
  return region;
}

const COLUMNS = [{ title: "pin" }, { title: "pinned" }, { title: "recommended" }, { title: "newest" }, { title: "" }];

/** A table for each Kubernetes version. */
export function tables(compared: readonly PinnedVersions[], region: string, paint: Paint): string[] {
  return compared.flatMap(({ kubernetesVersion, pinned, pins }) => {
    const since = pinned === undefined ? "not pinned" : `pinned on ${pinned.date}`;
    const rows = pins.flatMap((pin) => (pin.name === "AMI release" ? [row(pin), aliasRow(pin)] : [row(pin)]));
    return [
      paint("bold", `Kubernetes ${kubernetesVersion}, ${since}, in ${region}`),
      ...indented(table(COLUMNS, rows, paint)),
      "",
    ];
  });
}

function row({ name, pinned, recommended, newest, standing }: Pin): string[] {
  return [name, pinned ?? "-", recommended ?? "-", newest ?? "", standing === "current" ? "" : standing];
}

/** Managed nodes and Karpenter's nodes use the same release, so this row follows the one above. */
function aliasRow(pin: Pin): string[] {
  const { pinned, recommended } = aliasPin(pin);
  return ["Karpenter's AMI alias", pinned ?? "-", recommended ?? "-", "", ""];
}

/**
 * The advice, in sentences.
 *
 * @param left - pins that differ from the recommendation
 * @param count - number of all pins
 */
export function advice(left: readonly Pin[], count: number): string[] {
  if (left.length === 0) return ["Every pin is the version that AWS recommends."];
  const named = (pins: readonly Pin[]): string => [...new Set(pins.map(({ name }) => name))].join(", ");
  const lines: string[] = [];
  const withdrawn = left.filter(({ standing }) => standing === "withdrawn");
  if (withdrawn.length > 0) {
    lines.push(
      `AWS no longer offers the pinned version of ${named(withdrawn)}, or recommends an older image: an update that ` +
        "installs it fails. Read the release notes.",
    );
  }
  const without = left.filter(({ recommended }) => recommended === undefined);
  if (without.length > 0) lines.push(`AWS recommends no version of ${named(without)} in this Region.`);
  const toRaise = left.filter(isToRaise).length;
  if (toRaise > 0) {
    lines.push(
      `${String(toRaise)} of ${String(count)} pins differ from what AWS recommends: npm run versions -- --write updates them, ` +
        "and docs/runbooks/patch-nodes-and-add-ons.md explains the rollout.",
    );
  }
  return lines;
}

if (require.main === module) onTerminal(main);
