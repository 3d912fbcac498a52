import type { AlarmSettings, Connections, DnsFirewall, Site } from "../../components/settings/settings";

/** A resource of a plan, a preview or a deployed stack. */
export interface ModelResource {
  readonly type: string;
  readonly name: string;
  /** Physical id; in a plan, a placeholder such as `${aws:ec2/vpc:Vpc::dev}`. */
  readonly id: string;
  readonly inputs: Properties;
  /** Attributes that AWS returned; absent in a plan, which has placeholders for attributes. */
  readonly outputs?: Properties;
  /** Paths of inputs that a preview does not know yet: `vpcConfig.subnetIds`. @default none */
  readonly unknown?: readonly string[];
}

/** The properties of a resource, or of an object in them. */
export type Properties = Readonly<Record<string, unknown>>;

/** The resources of one stack. */
export interface StackResources {
  readonly name: string;
  readonly isHub: boolean;
  readonly resources: readonly ModelResource[];
  /** The resources of `platform/` in its cluster; absent: it has no stack there, or it is not known. */
  readonly platform?: readonly ModelResource[];
}

/** The resources of all stacks, planned or deployed, with the settings that checks need. */
export interface AllStacks {
  /** Name of the Pulumi project. It is part of the names of the deployment roles. */
  readonly project: string;
  readonly stacks: readonly StackResources[];
  /** IPv4 CIDR that contains the CIDRs of all networks. */
  readonly addressSpace: string;
  /** All networks of the configuration, including those whose stack does not exist yet. */
  readonly accountMap: readonly AccountMapEntry[];
  /** ARNs of the organizations and OUs that the hub is shared with; empty: the accounts of the account map. */
  readonly shareWith: readonly string[];
  /** The spokes that reach each other. @default none */
  readonly connections?: Connections;
  /** Whether a firewall inspects the traffic of spokes with the hub and, through the hub, with the internet. @default false */
  readonly inspection?: boolean;
  /** The external sites. @default none */
  readonly sites?: readonly Site[];
  /** Whether the configuration has flow logs of the transit gateway. @default false */
  readonly transitFlowLogs?: boolean;
  /** DNS Firewall of the networks that have one, by stack. @default none */
  readonly firewalls?: ReadonlyMap<string, DnsFirewall>;
  /** Who the configuration allows to use each cluster, by stack; absent: unknown. */
  readonly access?: ReadonlyMap<string, ClusterAccess>;
  /** Alarms that the configuration asks for, by stack; absent: unknown. */
  readonly alarms?: ReadonlyMap<string, AlarmSettings>;
}

/** A network in the account map. */
export interface AccountMapEntry {
  readonly name: string;
  /** IPv4 CIDR of its VPC. */
  readonly cidr: string;
  /** AWS account, 12 digits. */
  readonly account: string;
}

/** Who the configuration of a stack allows to use its cluster, and what may face the internet. */
export interface ClusterAccess {
  /** ARNs of the IAM roles of its administrators. */
  readonly administrators: readonly string[];
  /** CIDRs that reach its API over the internet. */
  readonly publicCidrs: readonly string[];
  /** Whether its load balancers may face the internet. */
  readonly internetLoadBalancers: boolean;
}

/** Whether a property is fully known, so that an absent value is really absent. */
export function knows({ unknown = [] }: Pick<ModelResource, "unknown">, property: string): boolean {
  return !unknown.some(
    (path) => path === property || path.startsWith(`${property}.`) || property.startsWith(`${path}.`),
  );
}

/** An attribute that AWS returned, or its placeholder in a plan. */
export function attribute({ id, outputs }: ModelResource, name: string): string {
  const value = outputs?.[name];
  return typeof value === "string" ? value : id.replace(/\}$/, `.${name}}`);
}

/** A string property; empty if it is absent. */
export function text({ inputs }: Pick<ModelResource, "inputs">, property: string): string {
  return textIn(inputs, property);
}

/** The strings of a list property. */
export function texts({ inputs }: Pick<ModelResource, "inputs">, property: string): readonly string[] {
  const value = inputs[property];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The objects of a list property. */
export function items({ inputs }: Pick<ModelResource, "inputs">, property: string): readonly Properties[] {
  const value = inputs[property];
  return Array.isArray(value) ? value.filter(isProperties) : [];
}

/** A string among properties; empty if it is absent. */
export function textIn(properties: Properties, property: string): string {
  const value = properties[property];
  return typeof value === "string" ? value : "";
}

/** The object in a property; empty if there is none. */
export function objectIn(properties: Properties, property: string): Properties {
  const value = properties[property];
  return isProperties(value) ? value : {};
}

export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether lists and objects in a value are nested more than so many levels deep. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}

/** Whether a property is absent, empty or false. */
export function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === "false") return true;
  return typeof value === "object" && Object.values(value).every(isUnset);
}

/** Whether a property is true, as a boolean or as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/**
 * The own entry of a table for a key that comes from outside, such as a property of an export. Plain indexing also finds
 * inherited members: `table["constructor"]` is a function.
 */
export function lookup<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
