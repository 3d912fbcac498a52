import { items, text, textIn } from "../resource";
import type { Resources } from "./resources";

/**
 * The blocks of a prefix list of ours, entries that are resources of their own among them; undefined for any other id,
 * such as that of a list which AWS keeps.
 */
export function prefixListBlocks(resources: Resources, id: string): readonly string[] | undefined {
  const list = resources.byId(id);
  if (list?.type !== "aws:ec2/managedPrefixList:ManagedPrefixList") return undefined;
  const entries = resources
    .ofType("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry")
    .filter((entry) => text(entry, "prefixListId") === id);
  return [
    ...items(list, "entries").map((entry) => textIn(entry, "cidr")),
    ...entries.map((each) => text(each, "cidr")),
  ];
}
