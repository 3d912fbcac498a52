import { warning, type ChangeWarning, type StackChange } from "./warning";
import { text } from "../../report/view/resources";

const PROVIDER = "pulumi:providers:aws";

/** What another `aws:region` means; empty when it stays. */
export function region({ resourcesBefore, resourcesAfter }: StackChange): ChangeWarning[] {
  const [before, after] = [resourcesBefore, resourcesAfter].map(
    (resources) => resources.filter(({ type }) => type === PROVIDER).map((provider) => text(provider, "region"))[0],
  );
  if (before === undefined || after === undefined || before === after) return [];
  return [
    warning(
      "lost",
      `aws:region changes from ${before} to ${after}, and a deployed network cannot move to another Region: this is the plan ` +
        `of a new network in ${after} and of the deletion of everything in ${before}, data and addresses included. Deploy ` +
        "the new Region as stacks of its own, move the workloads, and then destroy the old stacks.",
    ),
  ];
}
