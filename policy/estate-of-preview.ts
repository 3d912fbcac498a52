import type { PolicyResource } from "@pulumi/policy";
import type { AllStacks } from "../tools/model/stacks";
import type { ModelResource, Properties } from "../tools/model/resource";
import { isSilent } from "./essentials";
import { known, knownText } from "./known";
import { symbolFor, symbolOf } from "./references";
import type { StackInPreview } from "./stack-in-preview";

/** The stack of a preview. */
export interface PreviewedEstate extends AllStacks {
  /** Resources of which too little is known to judge them; they are excluded from the stack. */
  readonly unseen: readonly ModelResource[];
}

/** Inputs of the program, by URN. */
export type Asked = ReadonlyMap<string, Properties>;

/**
 * The stack in the form that checks read. As in a plan, unknown references become placeholders if their target is
 * unambiguous, and known ids stay. Resources without essential properties are left out.
 */
export function estateOfPreview(
  resources: readonly PolicyResource[],
  asked: Asked,
  { project, name, isHub, addressSpace, accountMap, shareWith, access }: StackInPreview,
): PreviewedEstate {
  const seen: ModelResource[] = [];
  const unseen: ModelResource[] = [];
  for (const resource of resources) {
    const inputs = asked.get(resource.urn);
    const { model, unknown } = modelOf(resource, inputs ?? {});
    const isSeen = inputs !== undefined && !isSilent(resource.type, unknown);
    (isSeen ? seen : unseen).push(model);
  }
  const stacks = [{ name, isHub, resources: seen }];
  return { project, stacks, addressSpace, accountMap, shareWith, access: new Map([[name, access]]), unseen };
}

function modelOf(resource: PolicyResource, asked: Properties): { model: ModelResource; unknown: readonly string[] } {
  const { type, name, props } = resource;
  const { properties: inputs, unknown } = known(asked, (property, path) => symbolFor(resource, property, path));
  const id = knownText(props, "id");
  // Without an id, the resource does not exist in AWS yet.
  const model =
    id === undefined
      ? { type, name, id: symbolOf(resource), inputs, unknown }
      : { type, name, id, inputs, unknown, outputs: known(props).properties };
  return { model, unknown };
}
