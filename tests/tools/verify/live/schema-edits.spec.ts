import { expect } from "chai";
import { stacksOfPlan } from "../../../../tools/planner/stacks";
import { plan, type Plan } from "../../../../tools/planner/plan";
import { concernOf, isCompared } from "../../../../tools/verify/live/rule";
import { LIVE_TABLES } from "../../../../tools/verify/live/tables";
import { project } from "../../../support/plans";
import { deployedExports, setOutput, type ExportedResource } from "../support/exports";
import { verifyExports } from "../support/verify";
import { editsOf, type SchemaEdit } from "./schema-edits";
import { schemaOf } from "./schema";

interface ResourceEdit extends SchemaEdit {
  readonly stack: string;
  readonly type: string;
  readonly urn: string;
  readonly resource: string;
  /** Whether the program sets the property, or the one that contains it. */
  readonly isPlanned: boolean;
}

let planned: Plan;
let edits: readonly ResourceEdit[];
before(async () => {
  planned = await plan(project);
  const files = Object.entries(deployedExports(stacksOfPlan(planned).stacks));
  edits = [...LIVE_TABLES].flatMap(([type, rows]) => {
    const [found] = files.flatMap(([stack, file]) =>
      (file.deployment.resources ?? []).filter((each) => each.type === type).map((raw) => ({ stack, raw })),
    );
    return found === undefined
      ? []
      : editsOf(rows, schemaOf(type), found.raw.outputs ?? {}).map((edit) => onResource(edit, found));
  });
});

function onResource(
  edit: SchemaEdit,
  { stack, raw }: { readonly stack: string; readonly raw: ExportedResource },
): ResourceEdit {
  const { type, urn, inputs = {} } = raw;
  const isPlanned =
    edit.path.split(".").reduce<unknown>((value, name) => {
      const [item = value] = Array.isArray(value) ? (value as unknown[]) : [];
      return (item as Record<string, unknown> | undefined)?.[name];
    }, inputs) !== undefined;
  return { ...edit, stack, type, urn, resource: `${type}::${urn.split("::")[3] ?? ""}`, isPlanned };
}

/** The report on each edit: paths and concerns. Each verification has one edit of each type. */
function reports(of: readonly ResourceEdit[]): Map<ResourceEdit, string[]> {
  const byType = new Map<string, ResourceEdit[]>();
  for (const edit of of) byType.set(edit.type, [...(byType.get(edit.type) ?? []), edit]);
  const found = new Map<ResourceEdit, string[]>();
  for (let round = 0; [...byType.values()].some((each) => each.length > round); round += 1) {
    const now = [...byType.values()].flatMap((each) => each[round] ?? []);
    const files = deployedExports(stacksOfPlan(planned).stacks);
    for (const { stack, urn, property, value } of now) {
      const raw = files[stack]?.deployment.resources?.find((each) => each.urn === urn);
      if (raw !== undefined) setOutput(raw, property, value);
    }
    const { drift } = verifyExports(files, planned);
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
 * Edits that are not drift: the versioning of the archive as another resource sets it, and the object lock, which the
 * program ignores because it cannot be removed (Amazon S3 User Guide, "Locking objects with Object Lock"). The rules of the
 * lock and the versioning are compared in resources of their own.
 */
const AS_PLANNED: readonly string[] = [
  "aws:s3/bucket:Bucket objectLockEnabled",
  "aws:s3/bucket:Bucket versioning.enabled",
];

const name = ({ type, path }: ResourceEdit): string => `${type} ${path}`;

// Edits are derived from the provider's schema, so that none is forgotten.
describe("an edit of a deployed resource", () => {
  it("covers every property of every type in use", () => {
    expect(new Set(edits.map(({ type }) => type)).size).to.be.above(65);
    expect(edits.length).to.be.above(900);
  });

  it("is reported for every compared property, as critical if it is", () => {
    const reportable = edits.filter(
      ({ rule, isPlanned }) => isCompared(rule) || isPlanned || rule.reason === "elsewhere",
    );
    const found = reports(reportable);
    const missed = reportable.filter((edit) => {
      const { rule, property, isPlanned } = edit;
      const concern = isPlanned && !isCompared(rule) ? "\\w+" : concernOf(rule);
      return !(found.get(edit) ?? []).some((each) => new RegExp(`^${property}\\b.* ${concern}$`).test(each));
    });
    expect(missed.map(name)).to.deep.equal(AS_PLANNED);
    const critical = reportable.filter(({ rule }) => concernOf(rule) !== "other");
    expect(reportable.length).to.be.above(800);
    expect(critical.length).to.be.above(500);
  });

  it("is not reported for values that AWS assigns, chooses or derives", () => {
    const listed = edits.filter(
      ({ rule, isPlanned }) => !isCompared(rule) && !isPlanned && rule.reason !== "elsewhere",
    );
    const found = reports(listed);
    // Other resources may refer to the edited property, and differ.
    const reported = listed.filter((edit) => (found.get(edit) ?? []).some((each) => each.startsWith(`${edit.path} `)));
    expect(reported.map(name)).to.deep.equal([]);
    expect(listed.length).to.be.above(150);
  });
});
