import { attribute, items, type ModelResource, text, textIn, texts } from "../resource";
import type { AllStacks, StackResources } from "../stacks";

/** What the model is made of: the stacks, and whose accounts they are where that is known. */
export type Sources = Pick<AllStacks, "stacks"> & Partial<Pick<AllStacks, "accountMap">>;

/** The resources of all stacks, found by type and by id. */
export class Resources {
  private readonly types = new Map<string, ModelResource[]>();
  private readonly ids = new Map<string, ModelResource>();
  private readonly stacks = new Map<ModelResource, StackResources>();
  private readonly accounts: ReadonlyMap<string, string>;
  private readonly aliases: ReadonlyMap<string, string>;
  /** Whether the hub's stack is there; a spoke may be read by itself. */
  readonly hasHub: boolean;

  constructor({ stacks, accountMap = [] }: Sources) {
    for (const stack of stacks) {
      for (const resource of stack.resources) {
        const alike = this.types.get(resource.type);
        if (alike === undefined) this.types.set(resource.type, [resource]);
        else alike.push(resource);
        if (resource.id !== "") this.ids.set(resource.id, resource);
        this.stacks.set(resource, stack);
      }
    }
    this.hasHub = stacks.some(({ isHub }) => isHub);
    this.accounts = new Map(accountMap.map(({ name, account }) => [name, account]));
    this.aliases = aliases((type) => this.ofType(type));
  }

  ofType(type: string): readonly ModelResource[] {
    return this.types.get(type) ?? [];
  }

  /** All types that there are. */
  typeNames(): readonly string[] {
    return [...this.types.keys()];
  }

  byId(id: string): ModelResource | undefined {
    return this.ids.get(id);
  }

  stackOf(resource: ModelResource): StackResources | undefined {
    return this.stacks.get(resource);
  }

  /** Whether two resources are in one AWS account. Different stacks count as different accounts where none is known. */
  inOneAccount(one: ModelResource, other: ModelResource): boolean {
    const [a, b] = [this.stackOf(one)?.name ?? "", this.stackOf(other)?.name ?? ""];
    return a === b || (this.accounts.has(a) && this.accounts.get(a) === this.accounts.get(b));
  }

  /** The one id of what has several, such as a VPC's main route table. */
  canonical(id: string): string {
    return this.aliases.get(id) ?? id;
  }

  /** The id in a property, empty when it is absent. */
  reference(resource: Pick<ModelResource, "inputs">, property: string): string {
    return this.canonical(text(resource, property));
  }

  /** The ids in a list property. */
  references(resource: Pick<ModelResource, "inputs">, property: string): readonly string[] {
    return texts(resource, property).map((id) => this.canonical(id));
  }
}

/** Groups of items by a key. */
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

/**
 * The blocks of a prefix list of ours, entries that are resources of their own among them; undefined for any other id,
 * such as that of a list which AWS keeps.
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

type OfType = (type: string) => readonly ModelResource[];

/**
 * Further ids of what AWS makes by itself, each with the id that the model uses. A plan has a symbol for every attribute
 * that leads there, and one for the resource that adopts it; what runs has one id.
 *
 * The main route table is the one that AWS made with the VPC, which both `mainRouteTableId` and `defaultRouteTableId`
 * name until another one is made the main one (Amazon VPC User Guide, "Subnet route tables"). A transit gateway has one
 * default table for associations and propagations until another one is made the default (Amazon VPC Transit Gateways,
 * "Transit gateway route tables in AWS Transit Gateway").
 */
export function aliases(ofType: OfType): ReadonlyMap<string, string> {
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
