import * as pulumi from "@pulumi/pulumi";

/**
 * A contract that a stack cannot use, or a stack that cannot be read. The CLI shows the message without a stack trace.
 */
export class ContractError extends pulumi.RunError {}

/** A contract as a stack exports it: the same fields as outputs. */
export type Written<Value> = Value extends string | number | boolean | readonly unknown[]
  ? pulumi.Input<Value>
  : { readonly [Key in keyof Value]: Written<Value[Key]> };

export type Shape = (value: unknown) => boolean;

export const isString: Shape = (value) => typeof value === "string";
export const isList: Shape = (value) => Array.isArray(value) && value.every(isString);
export const isMap: Shape = (value) =>
  typeof value === "object" && value !== null && Object.values(value).every(isString);

/** Whether a value is a map of strings with all of these keys. */
export const isMapWith =
  (keys: readonly string[]): Shape =>
  (value) =>
    isMap(value) && keys.every((key) => Object.hasOwn(value as object, key));

/** The shape of an optional field. */
export const isOptional =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value);

/** What the reader of a contract requires of it. */
export interface ContractForm<Contract> {
  /** Who writes it, for messages: `hub`. */
  readonly writer: string;
  readonly version: number;
  /** Shape of each field. The output of another stack has no type, so the reader checks it. */
  readonly shapes: Readonly<Record<keyof Contract, Shape>>;
}

/** The words of messages about a contract. */
export interface ContractWords {
  /** Stack that reads it, or its network. */
  readonly reader: string;
  /** Sentence about a stack that exports no contract. */
  readonly absence: string;
  /** What to do about a contract that is absent, old or incomplete: `run ...`. */
  readonly update: string;
}

/**
 * Refuses a stack that the engine cannot read. A StackReference that fails ends the update with the engine's own message.
 * The function behind it returns its error to the program.
 *
 * @param sentence about the stack, from the reason in the engine's words
 * @throws ContractError
 */
export async function refuseUnreadable(stack: string, sentence: (reason: string) => string): Promise<void> {
  try {
    await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name: stack });
  } catch (error) {
    throw new ContractError(sentence(error instanceof Error ? error.message : String(error)));
  }
}

/** Value of an output of another stack, also of a secret one; undefined if it has none. */
export async function readOutput(stack: pulumi.StackReference, name: string): Promise<unknown> {
  const output: { readonly value?: unknown; readonly secretValue?: unknown } = await stack.getOutputDetails(name);
  return output.value ?? output.secretValue;
}

/**
 * Checks version and fields of what a stack exported.
 *
 * @throws ContractError with a sentence that says what to do
 */
export function checkForm<Contract extends object>(
  exported: unknown,
  { writer, version, shapes }: ContractForm<Contract>,
  { reader, absence, update }: ContractWords,
): Contract {
  if (exported === undefined || exported === null) throw new ContractError(absence);
  const contract = exported as Partial<Record<keyof Contract | "version", unknown>>;
  const found = contract.version;
  const versions = `The ${writer}'s contract has version ${String(found)} and ${reader} reads version ${String(version)}`;
  if (typeof found !== "number" || found < version) throw new ContractError(`${versions}: ${update}.`);
  if (found > version) {
    throw new ContractError(
      `${versions}: the ${writer} was deployed by a newer version of the program; update this checkout to it.`,
    );
  }
  const wrong = Object.entries<Shape>(shapes).filter(([field, fits]) => !fits(contract[field as keyof Contract]));
  if (wrong.length > 0) {
    const fields = wrong.map(([field]) => field).join(", ");
    throw new ContractError(`The ${writer}'s contract lacks ${fields} or has them in another shape: ${update}.`);
  }
  return contract as Contract;
}
