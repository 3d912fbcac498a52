import type { PlannedResource } from "../engine/resource";
import type { Json, Properties } from "../engine/wire";

/** What a program asks to be made. `inputs` are plain: ids of other resources read `${TYPE::NAME}`. */
export interface Request extends Pick<PlannedResource, "type" | "name" | "inputs"> {
  /** Keys of the resources whose outputs are among the inputs, sorted. */
  readonly inputDependencies: readonly string[];
}

/** A resource that a remote component makes inside its plugin. */
export interface Child {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: Properties;
  readonly dependsOn: readonly string[];
}

/** An output that is a resource: its key. */
export class Reference {
  constructor(readonly key: string) {}
}

/** An output of a remote component: JSON with references among it. */
export type Output = Json | Reference | readonly Reference[];

/** What the cloud, or a component's plugin, answers to a request. */
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
  /** Outputs of an existing resource: here always those of another stack. */
  read(type: string, id: string): Properties;
  /** Answer of a provider function. Throws when there is none: the program makes no lookups it need not. */
  call(token: string, args: Properties): Properties;
}
