import type { Json } from "../../tools/planner/engine/resource";
import type { Project } from "../../tools/planner/project/project";
import { withConfig } from "./plans";

/** A project in which every stack has some connections. */
export function withConnections(base: Project, connections: Json): Project {
  return Object.keys(base.stacks).reduce((changed, stack) => withConfig(changed, stack, { connections }), base);
}
