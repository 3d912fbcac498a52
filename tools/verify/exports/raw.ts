import { isProperties, type Properties } from "../../model/resource";
import { keyOfUrn } from "../../planner/engine/resource";
import { printable } from "../../io/terminal";
import { isSpecial } from "./values";

/** A resource as in the file; absent fields are false or empty. */
export interface Raw {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id: string;
  readonly parent: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly protect: boolean;
  /** Managed elsewhere, and only read here. */
  readonly external: boolean;
  /** To be deleted by the next update. */
  readonly delete: boolean;
  /** Already deleted; the next update recreates it. */
  readonly pendingReplacement: boolean;
}

/** `urn:pulumi:STACK::PROJECT::TYPE$TYPE::NAME`. */
const URN = /^urn:pulumi:([^:]+)::([^:]+)::([^:]+(?::[^:]+)*)::(.+)$/;
/** `aws:ec2/vpc:Vpc`. */
const TYPE = /^[\w.-]+(?::[\w./-]+){1,2}$/;
/** Longest URN, type and id, in characters; real ones are shorter. */
const LONGEST = { urn: 2048, type: 256, id: 2048 } as const;

/** The parts of a URN; undefined if it is not one. */
export function partsOf(urn: string): { readonly stack: string; readonly project: string } | undefined {
  const [, stack, project] = URN.exec(urn) ?? [];
  return stack === undefined || project === undefined ? undefined : { stack, project };
}

/**
 * Reads a resource of a deployment.
 *
 * @param fail - called with a sentence about the fault
 */
export function rawResource(value: unknown, place: number, fail: (sentence: string) => never): Raw {
  const where = `resource ${String(place + 1)}`;
  if (!isProperties(value)) return fail(`its ${where} is ${kindOf(value)}, not an object`);
  const { urn, type } = value;
  if (typeof urn !== "string" || !isShort(urn, LONGEST.urn) || !URN.test(urn)) {
    return fail(`its ${where} has no URN, urn:pulumi:STACK::PROJECT::TYPE::NAME`);
  }
  if (typeof type !== "string" || !isShort(type, LONGEST.type) || !TYPE.test(type)) {
    return fail(`its ${where} has no type such as aws:ec2/vpc:Vpc`);
  }
  const key = keyOfUrn(urn);
  if (!key.startsWith(`${type}::`)) return fail(`its ${where} has the type ${type}, but the URN of ${key}`);
  const given = <T>(name: string, is: (each: unknown) => each is T, kind: string, otherwise: T): T => {
    const each = value[name];
    if (each === undefined) return otherwise;
    return is(each) ? each : fail(`${name} of ${key} is ${kindOf(each)}, not ${kind}`);
  };
  const flag = (name: string): boolean =>
    given(name, (each): each is boolean => typeof each === "boolean", "true or false", false);
  const text = (name: string): string => given(name, (each) => typeof each === "string", "a text", "");
  const properties = (name: string): Properties => {
    const found = given(name, isProperties, "an object", {});
    return isSpecial(found) ? fail(`${name} of ${key} are one secret and cannot be compared`) : found;
  };
  const id = text("id");
  if (!isShort(id, LONGEST.id)) return fail(`the id of ${key} is too long or has control characters`);
  return {
    ...{ urn, type, id, parent: text("parent"), inputs: properties("inputs"), outputs: properties("outputs") },
    ...{ custom: flag("custom"), protect: flag("protect"), external: flag("external") },
    ...{ delete: flag("delete"), pendingReplacement: flag("pendingReplacement") },
  };
}

function isShort(value: string, longest: number): boolean {
  return value.length <= longest && printable(value) === value;
}

/** The kind of a value, for messages. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "boolean") return String(value);
  return typeof value === "string" ? "a text" : typeof value === "number" ? "a number" : "an object";
}
