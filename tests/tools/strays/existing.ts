import { isProperties } from "../../../tools/model/resource";
import { key, type PlannedResource } from "../../../tools/planner/engine/resource";
import { referred, text } from "../../../tools/report/view/resources";
import type { StackFacts, Stray } from "../../../tools/strays/find";
import type { Item, Place } from "../../../tools/strays/item";
import { KINDS, type Kind } from "../../../tools/strays/kinds";
import type { KnownState } from "../../../tools/strays/state";

export const PROJECT_NAME = "piksel-network";
export const DEV: Place = { prefix: "piksel", stack: "dev", account: "222222222222", region: "ap-southeast-3" };

/** What ids begin with. */
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

/** Which of several deployments of one plan something is of. */
export type Deployment = "first" | "second";

function kindOf({ type }: PlannedResource): Kind | undefined {
  return (Object.keys(KINDS) as Kind[]).find((kind) => KINDS[kind].type === type);
}

/** Id of a planned resource in a deployment: `rtb-dev-private-3-first`. */
export function idOf(resource: Pick<PlannedResource, "type" | "name">, deployment: Deployment): string {
  const kind = kindOf(resource as PlannedResource);
  return `${kind === undefined ? "x" : (PREFIXES[kind] ?? kind)}-${resource.name}-${deployment}`;
}

/** What exists of planned resources, of the kinds that a network is made of, once they are deployed. */
export function existing(planned: readonly PlannedResource[], deployment: Deployment): Item[] {
  return planned.flatMap((resource): Item[] => {
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
 * A state that has these resources, as a deployment made them.
 *
 * @param has whether the state has a resource; components and providers it has always
 * @param pending resources whose creation was interrupted
 */
export function stateOf(
  planned: readonly PlannedResource[],
  deployment: Deployment,
  has: (resource: PlannedResource) => boolean,
  pending: readonly string[] = [],
): KnownState {
  const isReal = ({ type }: PlannedResource): boolean => type.startsWith("aws:");
  const kept = planned.filter((resource) => !isReal(resource) || has(resource));
  const ids = new Map(kept.filter(isReal).map((resource) => [key(resource), idOf(resource, deployment)] as const));
  return {
    stack: "dev",
    time: "2026-11-25T07:12:31.5+07:00",
    urns: new Set(kept.map((resource) => urnOf(resource, planned))),
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

/** What `findStrays` is given of dev. */
export function facts(planned: readonly PlannedResource[], state: KnownState, items: readonly Item[]): StackFacts {
  return { place: DEV, project: PROJECT_NAME, planned, state, items };
}

/** `VPC vpc-dev-first: delete`, `VPC vpc-dev-first: is dev`. */
export function told(strays: readonly Stray[]): string[] {
  return strays.map(({ item, counterpart }) => {
    const what = counterpart === undefined ? "delete" : `is ${counterpart.resource.name}`;
    return `${KINDS[item.kind].title} ${item.id}: ${what}`;
  });
}

/** Whether a planned resource is of one of these types, `Subnet`, in whichever module. */
export function ofType(...types: readonly string[]): (resource: PlannedResource) => boolean {
  return (resource) => types.some((type) => resource.type.endsWith(`:${type}`));
}
