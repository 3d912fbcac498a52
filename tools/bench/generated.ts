import type { Json } from "../planner/engine/resource";
import type { Project } from "../planner/project/project";

/**
 * A project with a hub and any number of spokes, up to 255, each configured as the first spoke of the project is; in
 * 10.0.0.0/8, whatever the project's own address space, which may be too small for so many.
 */
export function withSpokes(project: Project, count: number): Project {
  const spokes = Array.from({ length: count }, (_, index) => index + 1);
  const networks: Record<string, Json> = { hub: { cidr: "10.0.0.0/16", account: "100000000000" } };
  for (const n of spokes) networks[name(n)] = { cidr: `10.${String(n)}.0.0/16`, account: String(100000000000 + n) };
  const { hub = {}, ...others } = project.stacks;
  const [first = hub] = Object.values(others);
  return {
    ...project,
    declared: {
      ...project.declared,
      networks: { type: "object", default: networks },
      "address-space": { type: "string", default: "10.0.0.0/8" },
    },
    stacks: { hub, ...Object.fromEntries(spokes.map((n) => [name(n), first])) },
  };
}

function name(n: number): string {
  return `spoke-${String(n)}`;
}
