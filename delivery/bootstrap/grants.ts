import type { Statement } from "../../components/policy-document";
import type { Naming } from "../../components/names";

/** The account that a stack is deployed into. */
export interface Scope extends Naming {
  /** Keys of the provider's default tags, the same for every stack. */
  readonly tagKeys: readonly string[];
  /** Name of the stack, which the names of its resources begin with. */
  readonly stack: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** Policy that every role of the stack must be bounded by. */
  readonly boundaryArn: string;
}

/** Permissions to create, change and delete some types of resources. */
export interface Grant {
  /** Pulumi types that it is for. A test compares them with the types in the plan. */
  readonly types: readonly string[];
  /** Each with a Sid; the types are the reason. */
  readonly statements: readonly Statement[];
}

/** Condition: the resource has the tag Project of this program, which the provider sets on everything. */
export const ours = ({ prefix }: Scope) => ({ "aws:ResourceTag/Project": prefix }) as const;

/** A request that gives something the tag Project. */
export const becomesOurs = ({ prefix }: Scope) => ({ "aws:RequestTag/Project": prefix }) as const;

/** A request that names tag keys, and none but the provider's own. */
export const defaultTagsAlone = ({ tagKeys }: Scope) =>
  ({
    // Without the second condition a request that names no key would pass: it removes all tags.
    "ForAllValues:StringEquals": { "aws:TagKeys": tagKeys },
    Null: { "aws:TagKeys": "false" },
  }) as const;

/** Allows actions on anything in the region of the stack. */
export function inRegion({ region }: Scope, Sid: string, Action: readonly string[]): Statement {
  return {
    Sid,
    Effect: "Allow",
    Action,
    // For actions without resource-level permissions, or whose resources have no name: only the Region can be restricted.
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": region } },
  };
}

/** Allows actions in the region of the stack, on what this program's provider has tagged. */
export function onOurs(
  scope: Scope,
  Sid: string,
  Action: readonly string[],
  Resource: string | readonly string[] = "*",
): Statement {
  return {
    Sid,
    Effect: "Allow",
    Action,
    Resource,
    Condition: { StringEquals: { "aws:RequestedRegion": scope.region, ...ours(scope) } },
  };
}

/** Allows actions on resources that have a name, or on all of a kind. */
export function on(Sid: string, Action: readonly string[], Resource: string | readonly string[]): Statement {
  return { Sid, Effect: "Allow", Action, Resource };
}

/** Kinds that one account shares with another: which of the two is in the ARN that IAM sees is not documented. */
const SHARED: readonly string[] = ["transit-gateway", "transit-gateway-attachment"];

/** ARN of everything of some kinds that EC2 has in the account and region: `vpc`, `subnet`, ... */
export function ec2({ account, region }: Pick<Scope, "account" | "region">, ...kinds: readonly string[]): string[] {
  return kinds.map((kind) => `arn:aws:ec2:${region}:${SHARED.includes(kind) ? "*" : account}:${kind}/*`);
}
