/** Processor architecture of a node, by its name in the EC2 API. */
export type Architecture = "arm64" | "x86_64";

/** Series, generation, options: `m7g`, `c6gn`, `g4dn`, `is4gen`, `m7i-flex`. */
const FAMILY = /^([a-z]+(?:-[a-z]+)?|u-)(\d+)(.*)$/;

/**
 * Architecture of an instance type, by its name: the option `g` after the generation means AWS Graviton (Amazon EC2
 * User Guide, "Amazon EC2 instance type naming conventions"). The first Graviton family, a1, has no option.
 *
 * @throws RangeError for a text that is no instance type
 */
export function architectureOf(instanceType: string): Architecture {
  const [family = ""] = instanceType.split(".");
  const [, series, generation, options] = FAMILY.exec(family) ?? [];
  if (options === undefined) {
    throw new RangeError(
      `an instance type begins with a family and its generation, such as m7g.large, got ${instanceType}`,
    );
  }
  return options.includes("g") || `${series}${generation}` === "a1" ? "arm64" : "x86_64";
}

/** The fault of a list of types for one node group, which boots one image; undefined if there is none. */
export function architecturesFault(instanceTypes: readonly string[]): string | undefined {
  const [first, ...others] = instanceTypes.map((type) => ({ type, architecture: architectureOf(type) }));
  const other = others.find(({ architecture }) => architecture !== first?.architecture);
  if (first === undefined || other === undefined) return undefined;
  return (
    `${first.type} is ${first.architecture} and ${other.type} is ${other.architecture}; ` +
    "the nodes boot one image, so list types of one architecture"
  );
}
