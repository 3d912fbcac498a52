import { expect } from "chai";
import { estateOfPlan } from "../../../../tools/planner/estate";
import { plan, type Plan } from "../../../../tools/planner/plan";
import { readExports } from "../../../../tools/verify/exports/together";
import { concernOf, isCompared } from "../../../../tools/verify/live/rule";
import { LIVE_TABLES } from "../../../../tools/verify/live/tables";
import { verification } from "../../../../tools/verify/verification";
import { project } from "../../../support/plans";
import { running, type Raw } from "../running";
import { editsOf, type Edit } from "./edits";
import { schemaOf } from "./schema";

interface Placed extends Edit {
  readonly stack: string;
  readonly type: string;
  readonly urn: string;
  readonly resource: string;
  /** Whether the program sets the property, or what it is in. */
  readonly isPlanned: boolean;
}

let planned: Plan;
let edits: readonly Placed[];
before(async () => {
  planned = await plan(project);
  const files = Object.entries(running(estateOfPlan(planned).stacks));
  edits = [...LIVE_TABLES].flatMap(([type, rows]) => {
    const [found] = files.flatMap(([stack, file]) =>
      (file.deployment.resources ?? []).filter((each) => each.type === type).map((raw) => ({ stack, raw })),
    );
    return found === undefined
      ? []
      : editsOf(rows, schemaOf(type), found.raw.outputs ?? {}).map((edit) => placed(edit, found));
  });
});

function placed(edit: Edit, { stack, raw }: { readonly stack: string; readonly raw: Raw }): Placed {
  const { type, urn, inputs = {} } = raw;
  const isPlanned =
    edit.path.split(".").reduce<unknown>((value, name) => {
      const [item = value] = Array.isArray(value) ? (value as unknown[]) : [];
      return (item as Record<string, unknown> | undefined)?.[name];
    }, inputs) !== undefined;
  return { ...edit, stack, type, urn, resource: `${type}::${urn.split("::")[3] ?? ""}`, isPlanned };
}

/** What is reported of each edit, where one of each type is made at a time: paths with what they decide. */
function reports(of: readonly Placed[]): Map<Placed, string[]> {
  const byType = new Map<string, Placed[]>();
  for (const edit of of) byType.set(edit.type, [...(byType.get(edit.type) ?? []), edit]);
  const found = new Map<Placed, string[]>();
  for (let round = 0; [...byType.values()].some((each) => each.length > round); round += 1) {
    const now = [...byType.values()].flatMap((each) => each[round] ?? []);
    const files = running(estateOfPlan(planned).stacks);
    for (const { stack, urn, property, value } of now) {
      const raw = files[stack]?.deployment.resources?.find((each) => each.urn === urn);
      if (raw !== undefined) raw.outputs = { ...raw.outputs, [property]: value };
    }
    const texts = Object.entries(files).map(([name, file]) => ({ name, text: JSON.stringify(file) }));
    const { drift } = verification(readExports(texts, project), planned);
    for (const edit of now) {
      const own = drift.find(({ stack }) => stack === edit.stack);
      const differing = own?.differing.filter(({ resource }) => resource === edit.resource) ?? [];
      const added = own?.added.filter(({ resource }) => resource === edit.resource) ?? [];
      found.set(edit, [
        ...differing.flatMap(({ properties }) => properties.map(({ path, concern }) => `${path} ${concern}`)),
        ...added.map(({ concern }) => `${edit.path} ${concern}`),
      ]);
    }
  }
  return found;
}

/**
 * Edits that are not drift: versioning of the archive as it is asked for elsewhere, and a lock that the program looks away
 * from, since nothing can take it off (Amazon S3 User Guide, "Locking objects with Object Lock"). What the lock says and
 * the versioning are compared in resources of their own.
 */
const AS_ASKED: readonly string[] = [
  "aws:s3/bucket:Bucket objectLockEnabled",
  "aws:s3/bucket:Bucket versioning.enabled",
];

const name = ({ type, path }: Placed): string => `${type} ${path}`;

// Review H2: harmful edits of real exports, from the provider's schema.
describe("an edit of a deployed resource", () => {
  it("covers every property of every type in use", () => {
    expect(new Set(edits.map(({ type }) => type)).size).to.be.above(65);
    expect(edits.length).to.be.above(900);
  });

  it("is reported for every compared property, as critical if it is", () => {
    const judged = edits.filter(({ rule, isPlanned }) => isCompared(rule) || isPlanned || rule.reason === "elsewhere");
    const found = reports(judged);
    const missed = judged.filter((edit) => {
      const { rule, property, isPlanned } = edit;
      const concern = isPlanned && !isCompared(rule) ? "\\w+" : concernOf(rule);
      return !(found.get(edit) ?? []).some((each) => new RegExp(`^${property}\\b.* ${concern}$`).test(each));
    });
    expect(missed.map(name)).to.deep.equal(AS_ASKED);
    const grave = judged.filter(({ rule }) => concernOf(rule) !== "other");
    expect(judged.length).to.be.above(800);
    expect(grave.length).to.be.above(500);
  });

  it("is not reported for what AWS assigns, chooses or derives", () => {
    const listed = edits.filter(
      ({ rule, isPlanned }) => !isCompared(rule) && !isPlanned && rule.reason !== "elsewhere",
    );
    const found = reports(listed);
    // Others may read what is edited, so that they differ.
    const reported = listed.filter((edit) => (found.get(edit) ?? []).some((each) => each.startsWith(`${edit.path} `)));
    expect(reported.map(name)).to.deep.equal([]);
    expect(listed.length).to.be.above(150);
  });
});
