import { isProperties, text } from "../../../tools/model/resource";
import { key, type PlannedResource } from "../../../tools/planner/engine/resource";
import { referred } from "../../../tools/report/view/networks";
import type { StackFacts, StackState, Stray } from "../../../tools/strays/find";
import type { InventoryClients } from "../../../tools/strays/inventory/clients";
import { type ExistingResource, type Kind, KINDS, type StackLocation } from "../../../tools/strays/kinds";

export const PROJECT_NAME = "piksel-network";
export const DEV: StackLocation = { prefix: "piksel", stack: "dev", account: "222222222222", region: "ap-southeast-3" };

/** Prefixes of ids. */
const PREFIXES: Partial<Record<Kind, string>> = {
  vpc: "vpc",
  subnet: "subnet",
  routeTable: "rtb",
  internetGateway: "igw",
  natGateway: "nat",
  address: "eipalloc",
  endpoint: "vpce",
  transitAttachment: "tgw-attach",
  flowLog: "fl",
  dhcpOptions: "dopt",
  launchTemplate: "lt",
};

/** Two deployments of one plan. */
export type Deployment = "first" | "second";

function kindOf({ type }: PlannedResource): Kind | undefined {
  return (Object.keys(KINDS) as Kind[]).find((kind) => KINDS[kind].type === type);
}

/** Id of a planned resource in a deployment: `rtb-dev-private-3-first`. */
export function idOf(resource: Pick<PlannedResource, "type" | "name">, deployment: Deployment): string {
  const kind = kindOf(resource as PlannedResource);
  return `${kind === undefined ? "x" : (PREFIXES[kind] ?? kind)}-${resource.name}-${deployment}`;
}

/** The existing resources of a deployment: those of the network. */
export function existingOf(planned: readonly PlannedResource[], deployment: Deployment): ExistingResource[] {
  return planned.flatMap((resource): ExistingResource[] => {
    const kind = kindOf(resource);
    if (kind === undefined) return [];
    const { inputs, name } = resource;
    const id = (input: string): string | undefined => {
      const reference = referred(inputs[input]);
      return reference === undefined ? undefined : idOf(reference, deployment);
    };
    const vpc = kind === "vpc" ? undefined : (id("vpcId") ?? (id("routeTableId") && `vpc-dev-${deployment}`));
    const destination = text(resource, "destinationCidrBlock") || undefined;
    const tags = isProperties(inputs["tags"]) ? inputs["tags"] : {};
    const base = { kind, vpc, tagged: true, name: String(tags["Name"] ?? "") };
    switch (kind) {
      case "vpc":
      case "subnet":
        return [{ ...base, id: idOf(resource, deployment), cidr: text(resource, "cidrBlock") }];
      case "routeTableAssociation":
        return [
          {
            ...{ ...base, tagged: false, id: `${id("subnetId") ?? ""}/${id("routeTableId") ?? ""}` },
            ...{ subnet: id("subnetId"), routeTable: id("routeTableId") },
          },
        ];
      case "route": {
        const routeTable = id("routeTableId");
        return [{ ...base, tagged: false, id: `${routeTable ?? ""}_${destination ?? ""}`, routeTable, destination }];
      }
      case "natGateway":
        return [{ ...base, id: idOf(resource, deployment), subnet: id("subnetId"), vpc: `vpc-dev-${deployment}` }];
      case "launchTemplate":
        return [{ ...base, id: idOf(resource, deployment), name: `${name}-0a1b2c3` }];
      default:
        return PREFIXES[kind] === undefined ? [] : [{ ...base, id: idOf(resource, deployment) }];
    }
  });
}

/**
 * The state of a deployment.
 *
 * @param has - whether the state has a resource; it always has components and providers
 * @param pending - resources whose creation was interrupted
 */
export function stateOf(
  planned: readonly PlannedResource[],
  deployment: Deployment,
  has: (resource: PlannedResource) => boolean,
  pending: readonly string[] = [],
): StackState {
  const isInAws = ({ type }: PlannedResource): boolean => type.startsWith("aws:");
  const inState = planned.filter((resource) => !isInAws(resource) || has(resource));
  const ids = new Map(inState.filter(isInAws).map((resource) => [key(resource), idOf(resource, deployment)] as const));
  return {
    stack: "dev",
    time: "2026-11-25T07:12:31.5+07:00",
    urns: new Set(inState.map((resource) => urnOf(resource, planned))),
    ids,
    identifiers: new Set(ids.values()),
    pending: new Map(
      planned
        .filter((resource) => pending.includes(key(resource)))
        .map((resource) => [key(resource), urnOf(resource, planned)]),
    ),
  };
}

function urnOf(resource: PlannedResource, planned: readonly PlannedResource[]): string {
  const parent = planned.find((each) => key(each) === resource.parent);
  const above = parent === undefined ? "" : `${urnOf(parent, planned).split("::")[2] ?? ""}$`;
  return `urn:pulumi:dev::${PROJECT_NAME}::${above}${resource.type}::${resource.name}`;
}

/** The facts of dev for `findStrays`. */
export function facts(
  planned: readonly PlannedResource[],
  state: StackState,
  existing: readonly ExistingResource[],
): StackFacts {
  return { location: DEV, project: PROJECT_NAME, planned, state, existing };
}

/** `VPC vpc-dev-first: delete`, `VPC vpc-dev-first: is dev`. */
export function summaries(strays: readonly Stray[]): string[] {
  return strays.map(({ resource, counterpart }) => {
    const what = counterpart === undefined ? "delete" : `is ${counterpart.planned.name}`;
    return `${KINDS[resource.kind].title} ${resource.id}: ${what}`;
  });
}

/** Whether a planned resource has one of these types, such as `Subnet`, of any module. */
export function ofType(...types: readonly string[]): (resource: PlannedResource) => boolean {
  return (resource) => types.some((type) => resource.type.endsWith(`:${type}`));
}

type Answer = object | ((input: Readonly<Record<string, unknown>>) => object);

/**
 * Clients that answer API calls by the name of the command, `DescribeVpcs`, and the AWS CLI by its first two words. A call
 * that is not listed returns an empty answer. An Error is thrown.
 */
export function fakeAws(answers: Readonly<Record<string, Answer>>): InventoryClients {
  const answer = (name: string, input: Readonly<Record<string, unknown>>): object => {
    const given = answers[name] ?? {};
    const found = typeof given === "function" ? (given as (from: typeof input) => object)(input) : given;
    if (found instanceof Error) throw found;
    return found;
  };
  const send = (call: { readonly constructor: { readonly name: string }; readonly input: Record<string, unknown> }) =>
    Promise.resolve().then(() => answer(call.constructor.name.replace(/Command$/, ""), call.input));
  const client = { send };
  const cli = (words: readonly string[]): unknown => answer(words.slice(0, 2).join(" "), { words });
  return { ec2: client, eks: client, route53: client, tagging: client, cli };
}

/** Tags of a stack's resources, with a name. */
export function tags(Name: string, stack = "dev"): { Key: string; Value: string }[] {
  return Object.entries({ Project: "piksel", Environment: stack, Name }).map(([Key, Value]) => ({ Key, Value }));
}

/** The error that EKS returns for a cluster that does not exist. */
export function notFound(): Error {
  return Object.assign(new Error("No cluster found for name: piksel-dev."), {
    name: "ResourceNotFoundException",
    $metadata: {},
  });
}
