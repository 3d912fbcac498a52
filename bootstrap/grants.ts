import type { Statement } from "../components/policy-document";

/** The account that a stack is deployed into. */
export interface Scope {
  /** Name of the stack, which the names of its resources begin with. */
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  /** Policy that every role of the stack must be bounded by. */
  readonly boundaryArn: string;
}

/** What the making, changing and removing of some types of resources takes. */
export interface Grant {
  /** Pulumi types that it serves. A test holds them against what a stack consists of. */
  readonly types: readonly string[];
  /** Each with a Sid; the types are the reason. */
  readonly statements: readonly Statement[];
}

/** Value of the tag Project, which the program's provider gives to all that it makes. */
const OURS = { "aws:ResourceTag/Project": "piksel" };

/** Allows actions on anything in the region of the stack. */
export function inRegion({ region }: Scope, Sid: string, Action: readonly string[]): Statement {
  return {
    Sid,
    Effect: "Allow",
    Action,
    // What is made has no name yet, and EC2 knows none: the region is what can be held.
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": region } },
  };
}

/** Allows actions in the region of the stack, on what this program's provider has tagged. */
export function onOurs({ region }: Scope, Sid: string, Action: readonly string[]): Statement {
  return {
    Sid,
    Effect: "Allow",
    Action,
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": region, ...OURS } },
  };
}

/** Allows actions on resources that have a name. */
export function on(Sid: string, Action: readonly string[], Resource: string | readonly string[]): Statement {
  return { Sid, Effect: "Allow", Action, Resource };
}
