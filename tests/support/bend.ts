import type { AllStacks } from "../../tools/model/stacks";
import type { ModelResource } from "../../tools/model/resource";

/** What is done to the resources of a stack. */
export type Bend = (resources: readonly ModelResource[]) => readonly ModelResource[];

/** An estate with the resources of one stack changed on purpose. */
export function bent(all: AllStacks, stack: string, ...bends: readonly Bend[]): AllStacks {
  const stacks = all.stacks.map((each) =>
    each.name === stack ? { ...each, resources: bends.reduce((list, bend) => bend(list), each.resources) } : each,
  );
  return { ...all, stacks };
}

/** Without a resource; `type` is the end of its token, `ec2/route:Route`. */
export function without(type: string, name: string): Bend {
  return (resources) => {
    find(resources, type, name);
    return resources.filter((each) => !is(each, type, name));
  };
}

/** With some inputs of a resource set anew. */
export function withInputs(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Bend {
  return (resources) => {
    find(resources, type, name);
    return resources.map((each) => (is(each, type, name) ? { ...each, inputs: { ...each.inputs, ...inputs } } : each));
  };
}

/** With a policy changed as text. */
export function withPolicy(type: string, name: string, property: string, from: string | RegExp, to: string): Bend {
  return (resources) => {
    const text = String(find(resources, type, name).inputs[property]);
    if (text.replace(from, to) === text) throw new Error(`${name} has no ${String(from)} in ${property}`);
    return withInputs(type, name, { [property]: text.replace(from, to) })(resources);
  };
}

/** With a resource more; `type` is a whole token. */
export function more(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Bend {
  return (resources) => [...resources, { type, name, id: idOf(type, name), inputs }];
}

/** What stands for the id of a planned resource. */
export function idOf(type: string, name: string): string {
  return `\${${type}::${name}}`;
}

function is(resource: ModelResource, type: string, name: string): boolean {
  return resource.type === `aws:${type}` && resource.name === name;
}

function find(resources: readonly ModelResource[], type: string, name: string): ModelResource {
  const found = resources.find((each) => is(each, type, name));
  if (found === undefined) throw new Error(`there is no ${type} ${name}`);
  return found;
}
