import type { ResourceOptions } from "./resource";
import type { RegisterResourceRequest } from "./wire";

/**
 * What a request says that earlier releases called the resource, in the form of {@link ResourceOptions.aliases}. What an
 * alias leaves out is the resource's own.
 *
 * @param root URN of the stack, which is the parent of what has none
 */
export function aliasesOf(request: RegisterResourceRequest, root: string): Pick<ResourceOptions, "aliases"> {
  const aliases = [
    ...request.getAliasurnsList().map(partsOfUrn),
    ...request.getAliasesList().map((alias) => {
      const spec = alias.getSpec();
      if (spec === undefined) return partsOfUrn(alias.getUrn());
      const parent = spec.getNoparent() ? "" : spec.getParenturn() || request.getParent();
      const type = spec.getType() || request.getType();
      const above = parent === "" || parent === root ? "" : `${typesOfUrn(parent)}$`;
      return `${above}${type}::${spec.getName() || request.getName()}`;
    }),
  ];
  return aliases.length === 0 ? {} : { aliases };
}

/** `urn:pulumi:STACK::PROJECT::PARENT_TYPE$TYPE::NAME` → `PARENT_TYPE$TYPE::NAME`. */
function partsOfUrn(urn: string): string {
  return urn.split("::").slice(2).join("::");
}

function typesOfUrn(urn: string): string {
  return urn.split("::")[2] ?? "";
}
