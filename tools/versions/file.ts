import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ADDONS, readVersionsFile, type ClusterVersions, type VersionsFile } from "../../components/facts/versions";
import { Refused } from "../cli/refusals";
import { isToRaise, type Pin } from "./pins";
import type { Compared } from "./report";

const PATH = ["components", "spoke", "cluster-versions.json"];

/** @throws Refused for a file that is not JSON, or that the program would reject */
export function readPins(folder: string): VersionsFile {
  const text = readFileSync(join(folder, ...PATH), "utf8");
  try {
    return readVersionsFile(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refused(`${PATH.join("/")} is not JSON: ${error.message}`);
    if (error instanceof RangeError) throw new Refused(error.message);
    throw error;
  }
}

/**
 * Pins the recommended versions, with today's date, for the Kubernetes versions that differ.
 *
 * @returns names of the Kubernetes versions that changed; the file is written only if there are any
 * @throws Refused if AWS does not offer everything for a Kubernetes version
 */
export function writePins(
  folder: string,
  file: VersionsFile,
  compared: readonly Compared[],
  { today, region }: { readonly today: string; readonly region: string },
): string[] {
  const raised = compared.filter(({ pins }) => pins.some(isToRaise));
  if (raised.length === 0) return [];
  const source = `the defaults of DescribeAddonVersions (Amazon EKS) and the recommended AMI release in ${region}`;
  const kubernetes = Object.fromEntries([
    ...Object.entries(file.kubernetes),
    ...raised.map((each) => [each.kubernetesVersion, { date: today, source, ...versions(each) }] as const),
  ]);
  const ordered = Object.fromEntries(
    Object.entries(kubernetes).sort(([a], [b]) => Number(a.split(".")[1]) - Number(b.split(".")[1])),
  );
  const content: VersionsFile = { ...file, kubernetes: ordered };
  writeFileSync(join(folder, ...PATH), `${JSON.stringify(readVersionsFile(content), null, 2)}\n`);
  return raised.map(({ kubernetesVersion }) => kubernetesVersion);
}

function versions({ kubernetesVersion, pins }: Compared): Pick<ClusterVersions, "addons" | "amiRelease"> {
  const version = (name: Pin["name"]): string => {
    const pin = pins.find((each) => each.name === name);
    const value = pin !== undefined && isToRaise(pin) ? pin.recommended : pin?.pinned;
    if (value !== undefined) return value;
    throw new Refused(`AWS offers no ${name} for Kubernetes ${kubernetesVersion}, so nothing is written.`);
  };
  const addons = Object.fromEntries(ADDONS.map((name) => [name, version(name)])) as ClusterVersions["addons"];
  return { addons, amiRelease: version("AMI release") };
}
