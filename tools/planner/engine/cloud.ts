import { key, type Identity, type Json, type PlannedResource, type Properties } from "./resource";

/** A registration of a resource. `inputs` are plain: ids of other resources read `${TYPE::NAME}`. */
export interface Request extends Pick<PlannedResource, "type" | "name" | "inputs"> {
  /** Keys of the resources whose outputs are among the inputs, sorted. */
  readonly inputDependencies: readonly string[];
}

/** A resource that a remote component creates in its plugin. */
export interface Child {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: Properties;
  readonly dependsOn: readonly string[];
}

/** The children of a remote component, in the order of creation. */
export class Children {
  readonly all: Child[] = [];

  /** @param dependsOn keys */
  add(type: string, name: string, parent: Identity, inputs: Properties, dependsOn: readonly string[]): Child {
    const child = { type, name, parent: key(parent), inputs, dependsOn };
    this.all.push(child);
    return child;
  }
}

/** An output that is a resource: its key. */
export class Reference {
  constructor(readonly key: string) {}
}

/** An output of a remote component: JSON with references among it. */
export type Output = Json | Reference | readonly Reference[];

/** The answer of AWS, or of a component's plugin, to a registration. */
export interface Answer {
  /** Physical id; empty for a component. */
  readonly id: string;
  /** Output properties beside the inputs. */
  readonly outputs: Readonly<Record<string, Output>>;
  /** In the order of creation: parents and dependencies first. */
  readonly children: readonly Child[];
  /** Keys of the children behind each output. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** Everything outside the program: AWS, the components' plugins, the other stacks, lookups. */
export interface Cloud {
  create(request: Request): Answer;
  /** Attributes that AWS adds to the inputs of a resource. */
  attributes(resource: Pick<Child, "type" | "name" | "inputs">): Properties;
  /** Outputs of an existing resource: always those of another stack. @throws Error for any other */
  read(type: string, id: string): Properties;
  /** Answer of a provider function. @throws Error when there is none: the program makes no lookups that it can avoid */
  call(token: string, args: Properties): Properties;
}
