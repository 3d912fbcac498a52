import { UserError } from "../io/errors";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AddonName,
  ADDONS,
  amiAlias,
  type ClusterVersions,
  readVersionsFile,
  type VersionsFile,
} from "../../components/facts/versions";
import { byVersion, type Offers } from "./offers";

/**
 * The state of a pin, compared with what AWS recommends:
 *
 * - `current`: the recommended version, or a deliberately newer add-on version
 * - `behind`: AWS recommends a newer one
 * - `withdrawn`: AWS no longer offers it, so an update would fail; or AWS recommends an older image again
 * - `missing`: nothing is pinned
 */
type Standing = "current" | "behind" | "withdrawn" | "missing";

/** A pin, and what AWS offers. */
export interface Pin {
  readonly name: AddonName | "AMI release";
  /** Undefined if nothing is pinned. */
  readonly pinned: string | undefined;
  /** An add-on's default version for the Kubernetes version, an image's recommended release. */
  readonly recommended: string | undefined;
  /** Newest compatible version of an add-on; undefined for an image. */
  readonly newest: string | undefined;
  readonly standing: Standing;
}

/** The pins of one Kubernetes version, and what AWS offers. */
export interface PinnedVersions {
  readonly kubernetesVersion: string;
  /** Undefined if the file has no entry. */
  readonly pinned: ClusterVersions | undefined;
  readonly pins: readonly Pin[];
}

/** All pins of a Kubernetes version. */
export function pinsOf(pinned: ClusterVersions | undefined, { addons, amiRelease, hasPinnedAmi }: Offers): Pin[] {
  return [
    ...ADDONS.map((name): Pin => {
      const offers = addons[name];
      const versions = offers.map(({ version }) => version).sort(byVersion);
      const current = pinned?.addons[name];
      const recommended = offers.find(({ isDefault }) => isDefault)?.version;
      const offered = current !== undefined && versions.includes(current);
      return {
        name,
        pinned: current,
        recommended,
        newest: versions.at(-1),
        standing: standing(current, recommended, offered),
      };
    }),
    amiPin(pinned?.amiRelease, amiRelease, hasPinnedAmi),
  ];
}

/** The image of Karpenter's nodes, which follows the AMI release. */
export function aliasPin({ pinned, recommended }: Pin): Pick<Pin, "pinned" | "recommended"> {
  const alias = (release: string | undefined): string | undefined => release && amiAlias(release);
  return { pinned: alias(pinned), recommended: alias(recommended) };
}

/** Whether AWS recommends another version than the pinned one. */
export function isToRaise({ standing, recommended }: Pin): boolean {
  return standing !== "current" && recommended !== undefined;
}

function amiPin(pinned: string | undefined, recommended: string | undefined, offered: boolean): Pin {
  const wentBack = pinned !== undefined && recommended !== undefined && byVersion(pinned, recommended) > 0;
  return {
    name: "AMI release",
    pinned,
    recommended,
    newest: undefined,
    standing: wentBack ? "withdrawn" : standing(pinned, recommended, offered),
  };
}

function standing(pinned: string | undefined, recommended: string | undefined, offered: boolean): Standing {
  if (pinned === undefined) return "missing";
  if (!offered) return "withdrawn";
  return recommended !== undefined && byVersion(pinned, recommended) < 0 ? "behind" : "current";
}

/** The file of the pins, in the project. */
const PATH = "components/facts/cluster-versions.json";

/** @throws UserError for a file that is not JSON, or that the program would reject */
export function readPins(folder: string): VersionsFile {
  const text = readFileSync(join(folder, PATH), "utf8");
  try {
    return readVersionsFile(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UserError(`${PATH} is not JSON: ${error.message}`);
    if (error instanceof RangeError) throw new UserError(error.message);
    throw error;
  }
}

/**
 * Pins the recommended versions, with today's date, for the Kubernetes versions that differ.
 *
 * @returns names of the Kubernetes versions that changed; the file is written only if there are any
 * @throws UserError if AWS does not offer everything for a Kubernetes version
 */
export function writePins(
  folder: string,
  file: VersionsFile,
  compared: readonly PinnedVersions[],
  { today, region }: { readonly today: string; readonly region: string },
): string[] {
  const raised = compared.filter(({ pins }) => pins.some(isToRaise));
  if (raised.length === 0) return [];
  const source = `the defaults of DescribeAddonVersions (Amazon EKS) and the recommended AMI release in ${region}`;
  const kubernetes = Object.fromEntries([
    ...Object.entries(file.kubernetes),
    ...raised.map((each) => [each.kubernetesVersion, { date: today, source, ...versionsToPin(each) }] as const),
  ]);
  const ordered = Object.fromEntries(
    Object.entries(kubernetes).sort(([a], [b]) => Number(a.split(".")[1]) - Number(b.split(".")[1])),
  );
  const content: VersionsFile = { ...file, kubernetes: ordered };
  writeFileSync(join(folder, PATH), `${JSON.stringify(readVersionsFile(content), null, 2)}\n`);
  return raised.map(({ kubernetesVersion }) => kubernetesVersion);
}

function versionsToPin({ kubernetesVersion, pins }: PinnedVersions): Pick<ClusterVersions, "addons" | "amiRelease"> {
  const version = (name: Pin["name"]): string => {
    const pin = pins.find((each) => each.name === name);
    const value = pin !== undefined && isToRaise(pin) ? pin.recommended : pin?.pinned;
    if (value !== undefined) return value;
    throw new UserError(`AWS offers no ${name} for Kubernetes ${kubernetesVersion}, so nothing is written.`);
  };
  const addons = Object.fromEntries(ADDONS.map((name) => [name, version(name)])) as ClusterVersions["addons"];
  return { addons, amiRelease: version("AMI release") };
}
