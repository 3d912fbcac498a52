import { awsChanges, isEmpty, type Changes } from "../../planner/changes/changes";
import { changeLines, changeSummary, warningLines, type ChangeLine } from "../view/changes";
import { counted, listed } from "../view/words";
import { literal, literalHtml } from "./literal";
import { folded, table } from "./table";

/** What a merge does, by stack. */
export type ChangesByStack = Readonly<Record<string, Changes>>;

/** The sentence that a reviewer reads first, and the warning that nobody may miss. */
export function headline(changes: ChangesByStack): string[] {
  const changed = Object.entries(changes)
    .map(([stack, each]) => [stack, awsChanges(each)] as const)
    .filter(([, each]) => !isEmpty(each));
  if (changed.length === 0) return ["**No stack changes.**", ""];
  const harm = (["replace", "delete"] as const).flatMap((action) =>
    changed.flatMap(([stack, each]) => {
      const count = each[action].length;
      return count === 0
        ? []
        : [`${literal(stack)}: ${counted(count, action === "replace" ? "replacement" : "deletion")}`];
    }),
  );
  const names = listed(changed.map(([stack]) => literal(stack)));
  const verb = changed.length === 1 ? "changes" : "change";
  if (harm.length === 0) return [`**${names} ${verb}.** Nothing is replaced or deleted.`, ""];
  return [
    `**${names} ${verb}.**`,
    "",
    "> [!WARNING]",
    `> ${harm.join("; ")}. Replaced and deleted resources lose their content, and what uses them is interrupted.`,
    "",
  ];
}

/** One line a stack: what the merge does, and what the stack then consists of. */
export function stackTable(changes: ChangesByStack, resources: ReadonlyMap<string, number>): string[] {
  const count = (items: readonly unknown[]): string => (items.length === 0 ? "" : String(items.length));
  const loud = (items: readonly unknown[]): string => (items.length === 0 ? "" : `**${String(items.length)}**`);
  const rows = Object.entries(changes).map(([stack, each]) => {
    const { create, update, replace, delete: gone } = awsChanges(each);
    return [literal(stack), count(create), count(update), loud(replace), loud(gone), String(resources.get(stack) ?? 0)];
  });
  return [...table(["Stack", "Create", "Update in place", "Replace", "Delete", "AWS resources after"], rows), ""];
}

/** What is refused, lost or interrupted, by stack; what is alike in several is still told of each. */
export function warningsPart(changes: ChangesByStack): string[] {
  const lines = Object.entries(changes).flatMap(([stack, each]) =>
    warningLines(each).map(({ heading, text }) => `> - ${literal(stack)}: **${heading}:** ${literal(text)}`),
  );
  return lines.length === 0 ? [] : ["> [!CAUTION]", "> Before the merge:", ...lines, ""];
}

/** Types of which it is not known what replaces them: what is called an update of one may be a replacement. */
export function unknownTypes(types: readonly string[]): string[] {
  if (types.length === 0) return [];
  return [
    "> [!WARNING]",
    `> The base branch does not know what replaces ${listed(types.map(literal))}: an update in place may be a replacement.`,
    "",
  ];
}

/** Each change, folded by stack; replacements and deletions first, since they are what is looked for. */
export function changeDetails(changes: ChangesByStack): string[] {
  const order: readonly ChangeLine["action"][] = ["replace", "delete", "update", "create"];
  return Object.entries(changes).flatMap(([stack, each]) => {
    if (isEmpty(awsChanges(each))) return [];
    const lines = order.flatMap((action) => changeLines(each).filter((line) => line.action === action));
    const rows = lines.map(({ action, type, name, properties }) => [
      action,
      literal(type),
      literal(name),
      properties.map(literal).join(", "),
    ]);
    return folded(`${literalHtml(stack)}: ${changeSummary(each)}`, table(["", "Type", "Name", "Properties"], rows));
  });
}
