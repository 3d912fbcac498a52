import { readFileSync } from "node:fs";
import type { Deployment } from "../../../delivery/bootstrap/deployment-policy";
import { like } from "../../../tools/model/iam/matching";
import { tagsOf } from "./scopes";
import type { IamRequest } from "../../support/iam";

/** What AWS's reference says of an action. */
export interface Authorization {
  /** Condition keys that AWS fills in; one that ends in `/` is followed by the key of a tag. */
  readonly keys: readonly string[];
  /** Kinds of EC2 resources that the call makes, and kinds that it finds. @default none */
  readonly made?: readonly string[];
  readonly found?: readonly string[];
}

const { actions: ACTIONS, elasticloadbalancing: LOAD_BALANCING } = JSON.parse(
  readFileSync("tests/fixtures/service-authorization.json", "utf8"),
) as {
  readonly actions: Readonly<Record<string, Authorization>>;
  /** Every action of Elastic Load Balancing, without the service. */
  readonly elasticloadbalancing: readonly string[];
};

/** The actions of Elastic Load Balancing that a pattern stands for; another action is itself. */
export function expanded(pattern: string): readonly string[] {
  if (!pattern.startsWith("elasticloadbalancing:") || !pattern.includes("*")) return [pattern];
  return LOAD_BALANCING.map((name) => `elasticloadbalancing:${name}`).filter((action) => like(pattern, action));
}

/** @throws Error for an action that the reference's extract lacks: add it, from the reference */
export function authorization(action: string): Authorization {
  const known = ACTIONS[action];
  if (known === undefined) throw new Error(`tests/fixtures/service-authorization.json has no ${action}`);
  return known;
}

export type Tags = Readonly<Record<string, string>>;
/** Tags of EC2 resources, by kind; null: there is none of the kind in the call. */
export type TagsByKind = Readonly<Record<string, Tags | null>>;

/** One of the questions that a call of EC2 comes down to: may this action be done to this resource? */
export type Asked = Pick<IamRequest, "resource"> & { readonly action: string; readonly context: Tags };

/** Images and snapshots have no account in their ARN. */
const WITHOUT_ACCOUNT: readonly string[] = ["image", "snapshot"];

export function ec2Arn({ account, region }: Pick<Deployment, "account" | "region">, kind: string): string {
  return `arn:aws:ec2:${region}:${WITHOUT_ACCOUNT.includes(kind) ? "" : account}:${kind}/${kind}-1`;
}

/** Tags of a resource as condition keys. */
export function tagged(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

/**
 * What EC2 asks when an action is called: for every kind that it makes, with the tags of the request, and for every kind
 * that it finds, with those of the resource.
 *
 * @param tags of what is found, by kind; others have the program's
 */
export function askedOfEc2(action: string, deployment: Deployment, tags: TagsByKind, more: Tags): Asked[] {
  const { made = [], found = [] } = authorization(action);
  const ours = tagsOf(deployment);
  const asking = (kind: string, context: Tags): Asked => ({
    action,
    resource: ec2Arn(deployment, kind),
    context: { ...context, ...more },
  });
  const request = Object.fromEntries(
    Object.entries({ ...ours, ...tags["request"] }).map(([key, value]) => [`aws:RequestTag/${key}`, value]),
  );
  return [
    ...made.map((kind) => asking(kind, request)),
    ...found.filter((kind) => tags[kind] !== null).map((kind) => asking(kind, tagged(tags[kind] ?? ours))),
    // What is made is tagged by the same request.
    ...made.map((kind) => ({
      ...asking(kind, { ...request, "ec2:CreateAction": action.replace("ec2:", "") }),
      action: "ec2:CreateTags",
    })),
    ...(made.length + found.length === 0 ? [{ action, resource: "*", context: more }] : []),
  ];
}
