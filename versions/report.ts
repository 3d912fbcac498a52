import type { ClusterVersions } from "../components/spoke/pinned-versions";
import { indented, table } from "../plan/report/lines";
import type { Paint } from "../plan/report/paint";
import { aliasPin, isToRaise, type Pin } from "./pins";

const COLUMNS = [{ title: "pin" }, { title: "pinned" }, { title: "recommended" }, { title: "newest" }, { title: "" }];

/** The pins of one Kubernetes version, beside what AWS offers. */
export interface Compared {
  readonly kubernetesVersion: string;
  /** Undefined where the file has no row. */
  readonly pinned: ClusterVersions | undefined;
  readonly pins: readonly Pin[];
}

/** A table for each Kubernetes version. */
export function tables(compared: readonly Compared[], region: string, paint: Paint): string[] {
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
 * What to do, in sentences.
 *
 * @param left pins that are not what AWS recommends
 * @param count number of all pins
 */
export function advice(left: readonly Pin[], count: number): string[] {
  if (left.length === 0) return ["Every pin is what AWS recommends."];
  const named = (pins: readonly Pin[]): string => [...new Set(pins.map(({ name }) => name))].join(", ");
  const lines: string[] = [];
  const withdrawn = left.filter(({ standing }) => standing === "withdrawn");
  if (withdrawn.length > 0) {
    lines.push(
      `AWS no longer offers the pinned version of ${named(withdrawn)}, or recommends an older image: an update that ` +
        "needs it fails. Read the release notes.",
    );
  }
  const without = left.filter(({ recommended }) => recommended === undefined);
  if (without.length > 0) lines.push(`AWS recommends no version of ${named(without)} here.`);
  const toRaise = left.filter(isToRaise).length;
  if (toRaise > 0) {
    lines.push(
      `${String(toRaise)} of ${String(count)} pins are not what AWS recommends: npm run versions -- --write pins that, ` +
        "and docs/runbooks/patch-nodes-and-add-ons.md rolls it out.",
    );
  }
  return lines;
}

function row({ name, pinned, recommended, newest, standing }: Pin): string[] {
  return [name, pinned ?? "-", recommended ?? "-", newest ?? "", standing === "current" ? "" : standing];
}

/** Managed nodes and Karpenter's boot one release, so this row follows the one above. */
function aliasRow(pin: Pin): string[] {
  const { pinned, recommended } = aliasPin(pin);
  return ["Karpenter's AMI alias", pinned ?? "-", recommended ?? "-", "", ""];
}
