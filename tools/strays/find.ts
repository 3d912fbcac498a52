import { clusterName } from "../../components/names";
import { UserError } from "../io/errors";
import { isProperties, items, type Properties, textIn } from "../model/resource";
import { isAutonamed, key, keyOfUrn, type PlannedResource } from "../planner/engine/resource";
import { referred } from "../report/view/networks";
import { deploymentIn, timeOf } from "../verify/exports/read";
import { deletionRank, type ExistingResource, KINDS, type StackLocation } from "./kinds";

/** A stack: its plan, its state, and what exists in AWS. */
export interface StackFacts {
  readonly location: StackLocation;
  readonly project: string;
  readonly planned: readonly PlannedResource[];
  readonly state: StackState;
  readonly existing: readonly ExistingResource[];
}

/** A resource that exists in AWS but in no state. */
export interface Stray {
  readonly resource: ExistingResource;
  readonly location: StackLocation;
  /** The reason, to follow "because". */
  readonly why: string;
  /** The planned resource that it corresponds to; undefined if it can only be deleted. */
  readonly counterpart: Counterpart | undefined;
}

/** The planned resource, missing from the state, that an existing one corresponds to. */
interface Counterpart {
  readonly planned: PlannedResource;
  /** URN of an interrupted creation; undefined: none. */
  readonly pending: string | undefined;
}

/**
 * Finds the strays of stacks: first those to import, in the order of the plan, then the others, in the order of deletion.
 *
 * In a VPC that stays, resources without our tags belong to others and are not strays. A VPC that can only be deleted is a
 * stray together with its contents, which would block its deletion.
 *
 * @param importing - whether to look for imports; otherwise everything is to be deleted. @default true
 */
export function findStrays(stacks: readonly StackFacts[], importing = true): Stray[] {
  const known = new Set(stacks.flatMap(({ state }) => [...state.identifiers]));
  const isKnown = ({ id, arn }: ExistingResource): boolean => known.has(id) || (arn !== undefined && known.has(arn));
  return stacks.flatMap((facts) => {
    const { existing, location, planned } = facts;
    const unknown = existing.filter((each) => !isKnown(each));
    const found = importing ? findCounterparts(facts, unknown) : new Map<ExistingResource, Counterpart>();
    const staying = existing.filter((each) => isKnown(each) || found.has(each));
    const deletedVpcs = idsOf(
      "vpc",
      existing.filter((each) => !staying.includes(each)),
    );
    const stayingClusters = idsOf("cluster", staying);
    const isDeletable = (resource: ExistingResource): boolean => {
      const { cluster, kind, tagged, vpc } = resource;
      if (isPart(kind)) return false;
      const ofCluster = isMadeByCluster(resource) ? cluster : undefined;
      if (ofCluster !== undefined && stayingClusters.has(ofCluster)) return false;
      const isOfOwnCluster = ofCluster === clusterName(location.prefix, location.stack);
      return tagged || (vpc !== undefined && deletedVpcs.has(vpc)) || isOfOwnCluster;
    };
    return unknown
      .filter((each) => found.has(each) || isDeletable(each))
      .map((resource): Stray => {
        const counterpart = found.get(resource);
        const why =
          counterpart === undefined
            ? reasonToDelete(resource, facts, deletedVpcs)
            : reasonToImport(counterpart, location);
        return { resource, location, counterpart, why };
      })
      .sort(comparator(planned));
  });
}

function idsOf(kind: ExistingResource["kind"], resources: readonly ExistingResource[]): ReadonlySet<string> {
  return new Set(resources.filter((each) => each.kind === kind).map(({ id }) => id));
}

/**
 * Kinds that Kubernetes and EKS create and delete themselves while the cluster exists; `other` has the cluster only if
 * its load balancer controller created it, and a launch template only if Karpenter did.
 */
function isMadeByCluster({ kind }: ExistingResource): boolean {
  return ["instance", "launchTemplate", "networkInterface", "other", "securityGroup"].includes(kind);
}

/** Whether it is a part of a route table, which is deleted with the table. */
function isPart(kind: ExistingResource["kind"]): boolean {
  return kind === "route" || kind === "routeTableAssociation";
}

function reasonToImport({ planned, pending }: Counterpart, { stack }: StackLocation): string {
  const begun = pending === undefined ? "" : ": the update that created it was interrupted";
  return `${stack} plans it as ${planned.name}, but it is not in its state${begun}`;
}

function reasonToDelete(
  resource: ExistingResource,
  { state, planned, location: { stack } }: StackFacts,
  deletedVpcs: ReadonlySet<string>,
): string {
  const { kind, vpc, name, cluster } = resource;
  if (kind !== "vpc" && vpc !== undefined && deletedVpcs.has(vpc)) return `it is in ${vpc}, which is in no state`;
  if (isMadeByCluster(resource) && cluster !== undefined)
    return `it was created for the cluster ${cluster}, which is in no state`;
  const namesake = planned.find(
    (each) => each.type === KINDS[kind].type && (name === each.name || name.startsWith(`${each.name}-`)),
  );
  if (namesake === undefined) return `${stack} plans no resource with its name`;
  const other = state.ids.get(key(namesake));
  return other === undefined
    ? `it is not in the state of ${stack}`
    : `the state of ${stack} has ${other} instead, as ${namesake.name}`;
}

function comparator(planned: readonly PlannedResource[]): (a: Stray, b: Stray) => number {
  const rank = ({ counterpart }: Stray): number =>
    counterpart === undefined ? planned.length : planned.indexOf(counterpart.planned);
  const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  return (a, b) =>
    rank(a) - rank(b) ||
    deletionRank(a.resource.kind) - deletionRank(b.resource.kind) ||
    byText(a.resource.name, b.resource.name) ||
    byText(a.resource.id, b.resource.id);
}

/**
 * Finds the existing resources that planned ones correspond to, if those are missing from the state.
 *
 * In the order of the plan, so that containers come first: a subnet in another VPC is another subnet, whatever its name. If
 * several VPCs match, the one with the most content is used.
 */
function findCounterparts(
  { planned, state, existing }: StackFacts,
  candidates: readonly ExistingResource[],
): ReadonlyMap<ExistingResource, Counterpart> {
  const ids = new Map(state.ids);
  const found = new Map<ExistingResource, Counterpart>();
  const contents = ({ id }: ExistingResource): number => existing.filter(({ vpc }) => vpc === id).length;
  for (const resource of planned) {
    const resourceKey = key(resource);
    if (ids.has(resourceKey)) continue;
    const [match] = candidates
      .filter((each) => KINDS[each.kind].type === resource.type && !found.has(each))
      .filter((each) => matchesByName(each, resource, planned) && isInPlannedContainer(each, resource, ids))
      .sort((a, b) => contents(b) - contents(a));
    if (match === undefined) continue;
    found.set(match, { planned: resource, pending: state.pending.get(resourceKey) });
    ids.set(resourceKey, match.id);
  }
  return found;
}

/** Properties of CloudWatch with the name of a resource. */
const NAMES: readonly string[] = ["alarmName", "dashboardName"];

/** Whether an existing resource matches a planned one by name and CIDR. */
function matchesByName(
  existing: ExistingResource,
  { inputs, name, type }: PlannedResource,
  planned: readonly PlannedResource[],
): boolean {
  if (existing.cidr !== undefined && inputs["cidrBlock"] !== existing.cidr) return false;
  switch (existing.kind) {
    case "route":
    case "routeTableAssociation":
      return true;
    case "zoneAssociation":
      return name.endsWith(`-${existing.name}`);
    case "nodeGroup":
      return existing.name.startsWith(String(inputs["nodeGroupNamePrefix"]));
    case "addon":
      return existing.name === inputs["addonName"];
  }
  if (existing.name === "") return planned.filter((each) => each.type === type).length === 1;
  const tags = inputs["tags"];
  const names = [
    isProperties(tags) ? tags["Name"] : undefined,
    inputs["name"],
    inputs["serviceName"],
    ...NAMES.map((property) => inputs[property]),
  ];
  return names.includes(existing.name) || isAutonamed(existing.name, name);
}

/**
 * Whether an existing resource is in the planned VPC, subnet, route table and cluster.
 *
 * @param ids - of planned resources, by `TYPE::NAME`
 */
function isInPlannedContainer(
  existing: ExistingResource,
  { inputs }: PlannedResource,
  ids: ReadonlyMap<string, string>,
): boolean {
  const isSame = (input: string, actual: string | undefined): boolean => {
    const value = inputs[input];
    if (value === undefined || actual === undefined) return true;
    const reference = referred(value);
    return (reference === undefined ? value : ids.get(key(reference))) === actual;
  };
  return (
    isSame("vpcId", existing.vpc) &&
    isSame("subnetId", existing.subnet) &&
    isSame("routeTableId", existing.routeTable) &&
    isSame("destinationCidrBlock", existing.destination) &&
    isSame("clusterName", existing.cluster)
  );
}

/** The state of a stack, even after an interrupted update. */
export interface StackState {
  readonly stack: string;
  /** When it was last updated or refreshed, ISO 8601; empty if the export does not say. */
  readonly time: string;
  /** URNs of all resources, including components and providers. */
  readonly urns: ReadonlySet<string>;
  /** Physical ids by `TYPE::NAME`. */
  readonly ids: ReadonlyMap<string, string>;
  /** Physical ids and ARNs, including resources pending deletion. */
  readonly identifiers: ReadonlySet<string>;
  /** URNs of interrupted creations, by `TYPE::NAME`. */
  readonly pending: ReadonlyMap<string, string>;
}

/** Outputs with a resource's own ARN. */
const OWN_ARN = ["arn", "associationArn", "accessEntryArn"];

/**
 * Reads the output of `pulumi stack export`. Unlike for a verification, the state may be empty or interrupted, because that
 * is when strays occur.
 *
 * @param file - its name, for messages
 * @param stack - the expected stack; undefined: any
 * @throws ExportError for a file that is not an export
 * @throws UserError for an export of another project or stack, and for an empty one if no stack is named
 */
export function readState(text: string, file: string, project: string, stack?: string): StackState {
  const deployment = deploymentIn(text, file);
  const resources = items({ inputs: deployment }, "resources");
  const pending = items({ inputs: deployment }, "pending_operations")
    .filter((operation) => operation["type"] === "creating")
    .flatMap(({ resource }) => (isProperties(resource) ? [textIn(resource, "urn")] : []));
  const urns = resources.map((each) => textIn(each, "urn"));
  const found = stackOf([...urns, ...pending], file, project) ?? stack;
  if (found === undefined)
    throw new UserError(
      `${file} is the export of a stack without resources, so its stack is unknown: name exactly one stack.`,
    );
  if (stack !== undefined && found !== stack)
    throw new UserError(`${file} is the export of stack ${found}, not of ${stack}.`);

  const real = resources.filter((each) => each["custom"] === true && each["external"] !== true);
  const current = real.filter((each) => each["delete"] !== true);
  return {
    stack: found,
    time: timeOf(deployment),
    urns: new Set(urns),
    ids: new Map(current.map((each) => [keyOfUrn(textIn(each, "urn")), textIn(each, "id")])),
    identifiers: new Set(real.flatMap(identifiersOf)),
    pending: new Map(pending.map((urn) => [keyOfUrn(urn), urn])),
  };
}

function identifiersOf(resource: Properties): string[] {
  const { outputs } = resource;
  const arns = isProperties(outputs) ? OWN_ARN.map((name) => textIn(outputs, name)) : [];
  return [textIn(resource, "id"), ...arns].filter((each) => each !== "").map((each) => each.replace(/:\*$/, ""));
}

/** The stack of some URNs; undefined if there are none. */
function stackOf(urns: readonly string[], file: string, project: string): string | undefined {
  const [, stack, found] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urns[0] ?? "") ?? [];
  if (found !== undefined && found !== project) {
    throw new UserError(`${file} belongs to the project ${found}, but this project is ${project}.`);
  }
  return stack;
}
