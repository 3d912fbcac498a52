import type { Project } from "../../tools/planner/project/project";
import { withConfig } from "./plans";

/** Ids of two domain lists. */
export const LISTS = ["rslvr-fdl-4e96d4ce77f466b", "rslvr-fdl-876a86d96f294739"] as const;

/** The project with DNS Firewall in one stack. */
export function withFirewall(base: Project, stack: string, mode: "alert" | "block", allowed: string[] = []): Project {
  return withConfig(base, stack, {
    "dns-firewall": mode,
    "dns-firewall-domain-lists": [...LISTS],
    "dns-firewall-allowed-domains": allowed,
  });
}
