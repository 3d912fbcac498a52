import type { AllStacks, ModelResource } from "../../tools/model/resource";

/** A change of the resources of a stack. */
export type Modification = (resources: readonly ModelResource[]) => readonly ModelResource[];

/** All stacks, with the resources of one, or of its platform (`dev/platform`), changed on purpose. */
export function modify(all: AllStacks, target: string, ...modifications: readonly Modification[]): AllStacks {
  const changed = (resources: readonly ModelResource[]): readonly ModelResource[] =>
    modifications.reduce((list, modification) => modification(list), resources);
  const stacks = all.stacks.map((each) => {
    if (each.name === target) return { ...each, resources: changed(each.resources) };
    return target === `${each.name}/platform` ? { ...each, platform: changed(each.platform ?? []) } : each;
  });
  return { ...all, stacks };
}

/** Without a resource; `type` is the end of its token, `ec2/route:Route`, or a whole one of Kubernetes. */
export function without(type: string, name: string): Modification {
  return (resources) => {
    find(resources, type, name);
    return resources.filter((each) => !is(each, type, name));
  };
}

/** With other values of some inputs of a resource. */
export function withInputs(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Modification {
  return (resources) => {
    find(resources, type, name);
    return resources.map((each) => (is(each, type, name) ? { ...each, inputs: { ...each.inputs, ...inputs } } : each));
  };
}

/** With a text replaced in a policy. */
export function withPolicy(
  type: string,
  name: string,
  property: string,
  from: string | RegExp,
  to: string,
): Modification {
  return (resources) => {
    const text = String(find(resources, type, name).inputs[property]);
    if (text.replace(from, to) === text) throw new Error(`${name} has no ${String(from)} in ${property}`);
    return withInputs(type, name, { [property]: text.replace(from, to) })(resources);
  };
}

/** With one more resource; `type` is a whole token. */
export function withResource(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Modification {
  return (resources) => [...resources, { type, name, id: idOf(type, name), inputs }];
}

/** The placeholder for the id of a planned resource. */
export function idOf(type: string, name: string): string {
  return `\${${type}::${name}}`;
}

function is(resource: ModelResource, type: string, name: string): boolean {
  return [type, `aws:${type}`].includes(resource.type) && resource.name === name;
}

function find(resources: readonly ModelResource[], type: string, name: string): ModelResource {
  const found = resources.find((each) => is(each, type, name));
  if (found === undefined) throw new Error(`there is no ${type} ${name}`);
  return found;
}
