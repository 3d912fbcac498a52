import type { Site } from "../../../components/settings/settings";
import {
  type AllStacks,
  attribute,
  items,
  type ModelResource,
  type StackResources,
  text,
  textIn,
  texts,
} from "../resource";

import { FIREWALL, firewallAttachmentId } from "./firewalls";

/** The input of the model: the stacks, their accounts if they are known, and the CIDRs of external sites. */
export type Sources = Pick<AllStacks, "stacks"> & Partial<Pick<AllStacks, "accountMap" | "sites">>;

/** The resources of all stacks, found by type and by id. */
export class Resources {
  private readonly types = new Map<string, ModelResource[]>();
  private readonly ids = new Map<string, ModelResource>();
  private readonly stacks = new Map<ModelResource, StackResources>();
  private readonly accounts: ReadonlyMap<string, string>;
  private readonly aliases: ReadonlyMap<string, string>;
  /** Whether the hub's stack is included; a spoke can be modeled alone. */
  readonly hasHub: boolean;
  /** The external sites of the configuration. */
  readonly sites: readonly Site[];

  constructor({ stacks, accountMap = [], sites = [] }: Sources) {
    this.sites = sites;
    for (const stack of stacks) {
      for (const resource of stack.resources) {
        const alike = this.types.get(resource.type);
        if (alike === undefined) this.types.set(resource.type, [resource]);
        else alike.push(resource);
        if (resource.id !== "") this.ids.set(resource.id, resource);
        // Its transit gateway attachment is no resource of its own.
        if (resource.type === FIREWALL) this.ids.set(firewallAttachmentId(resource), resource);
        this.stacks.set(resource, stack);
      }
    }
    this.hasHub = stacks.some(({ isHub }) => isHub);
    this.accounts = new Map(accountMap.map(({ name, account }) => [name, account]));
    this.aliases = findAliases((type) => this.ofType(type));
  }

  /** The resources of some types, type by type. */
  ofType(...types: readonly string[]): readonly ModelResource[] {
    const [type = "", ...others] = types;
    if (others.length > 0) return types.flatMap((each) => this.ofType(each));
    return this.types.get(type) ?? [];
  }

  /** All resources, type by type. */
  all(): readonly ModelResource[] {
    return this.ofType(...this.types.keys());
  }

  byId(id: string): ModelResource | undefined {
    return this.ids.get(id);
  }

  stackOf(resource: ModelResource): StackResources | undefined {
    return this.stacks.get(resource);
  }

  /** Whether two resources are in one AWS account. Stacks of unknown accounts count as different ones. */
  inOneAccount(one: ModelResource, other: ModelResource): boolean {
    const [a, b] = [this.stackOf(one)?.name ?? "", this.stackOf(other)?.name ?? ""];
    return a === b || (this.accounts.has(a) && this.accounts.get(a) === this.accounts.get(b));
  }

  /** The id that the model uses for a resource with several ids, such as a VPC's main route table. */
  canonical(id: string): string {
    return this.aliases.get(id) ?? id;
  }

  /** The id in a property; empty if it is absent. */
  reference(resource: Pick<ModelResource, "inputs">, property: string): string {
    return this.canonical(text(resource, property));
  }

  /** The ids in a list property. */
  references(resource: Pick<ModelResource, "inputs">, property: string): readonly string[] {
    return texts(resource, property).map((id) => this.canonical(id));
  }
}

/** The items by key, in their order. */
export function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** A function that computes each value once, as long as its subject exists. */
export function cached<K extends object, V>(compute: (subject: K) => V): (subject: K) => V {
  const values = new WeakMap<K, V>();
  return (subject) => {
    const value = values.has(subject) ? (values.get(subject) as V) : compute(subject);
    values.set(subject, value);
    return value;
  };
}

/**
 * The CIDRs of a prefix list that a stack creates, from inline and from separate entries; undefined for any other id,
 * such as that of an AWS-managed list.
 */
export function prefixListBlocks(resources: Resources, id: string): readonly string[] | undefined {
  const list = resources.byId(id);
  if (list?.type !== "aws:ec2/managedPrefixList:ManagedPrefixList") return undefined;
  const entries = resources
    .ofType("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry")
    .filter((entry) => text(entry, "prefixListId") === id);
  return [
    ...items(list, "entries").map((entry) => textIn(entry, "cidr")),
    ...entries.map((each) => text(each, "cidr")),
  ];
}

/**
 * Additional ids of resources that AWS creates by itself, each with the id that the model uses. A plan has a placeholder
 * for every attribute that refers to such a resource, and one for the resource that adopts it; AWS has one id.
 *
 * `mainRouteTableId` and `defaultRouteTableId` are both the route table that AWS creates with the VPC, until another one
 * becomes the main route table (Amazon VPC User Guide, "Subnet route tables"). A transit gateway has one default route
 * table for associations and propagations until another one becomes the default (Amazon VPC Transit Gateways, "Transit
 * gateway route tables in AWS Transit Gateway").
 */
function findAliases(ofType: (type: string) => readonly ModelResource[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const vpc of ofType("aws:ec2/vpc:Vpc")) {
    if (vpc.outputs === undefined) found.set(attribute(vpc, "mainRouteTableId"), attribute(vpc, "defaultRouteTableId"));
    const group = ofType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").find(
      (each) => text(each, "vpcId") === vpc.id,
    );
    if (group !== undefined) found.set(group.id, attribute(vpc, "defaultSecurityGroupId"));
  }
  for (const gateway of ofType("aws:ec2transitgateway/transitGateway:TransitGateway")) {
    if (gateway.outputs !== undefined) continue;
    const own = attribute(gateway, "defaultRouteTableId");
    found.set(attribute(gateway, "associationDefaultRouteTableId"), own);
    found.set(attribute(gateway, "propagationDefaultRouteTableId"), own);
  }
  const adopt = (type: string, property: string): void => {
    for (const each of ofType(type)) {
      const adopted = text(each, property);
      if (adopted !== "") found.set(each.id, found.get(adopted) ?? adopted);
    }
  };
  adopt("aws:ec2/defaultRouteTable:DefaultRouteTable", "defaultRouteTableId");
  adopt("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "defaultNetworkAclId");
  return found;
}
