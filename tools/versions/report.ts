import { indented, table } from "../report/terminal/lines";
import type { Paint } from "../io/terminal";
import { aliasPin, isToRaise, type Pin, type PinnedVersions } from "./pins";

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

function row({ name, pinned, recommended, newest, standing }: Pin): string[] {
  return [name, pinned ?? "-", recommended ?? "-", newest ?? "", standing === "current" ? "" : standing];
}

/** Managed nodes and Karpenter's nodes use the same release, so this row follows the one above. */
function aliasRow(pin: Pin): string[] {
  const { pinned, recommended } = aliasPin(pin);
  return ["Karpenter's AMI alias", pinned ?? "-", recommended ?? "-", "", ""];
}
