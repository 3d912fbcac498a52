import { isDeepStrictEqual } from "node:util";
import { type Json, key, type PlannedResource } from "../engine/resource";
import { takesTags } from "../engine/wire";
import table from "./forces-replacement.json";
import { kubernetesReplacesOn } from "./kubernetes-replacement";

/** Properties of one resource, sorted. */
export interface Comparison {
  readonly changed: readonly string[];
  /** Of those, what forces a replacement. */
  readonly forcing: readonly string[];
}

/**
 * Compares resource after resource, in the order of the plan, and remembers those that are replaced: a reference to one has
 * changed, although its text is the same.
 */
export class ChangeFinder {
  /** Forcing properties by key. */
  private readonly replaced = new Map<string, readonly string[]>();
  /** Symbols of attributes that are computed anew: `${TYPE::NAME.ATTRIBUTE}`. */
  private readonly computed = new Set<string>();
  /** Keys of replaced resources by the name that they keep. */
  private readonly keptNames = new Map<string, string>();
  private readonly providers: ProviderChanges;

  /** @param before plan of the same stack, with `after` what it becomes */
  constructor(
    before: readonly PlannedResource[],
    after: readonly PlannedResource[],
    private readonly replaces: Replaces,
  ) {
    this.providers = new ProviderChanges(before, after);
  }

  compare(before: PlannedResource, after: PlannedResource): Comparison {
    const names = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
    const own = [...names]
      .filter((name) => !after.options.ignoreChanges.includes(name))
      .filter((name) => this.isChanged(kept(name, before, after), after.inputs[name], after));
    const changed = [...new Set([...own, ...this.providers.changed(after)])].sort();
    if (changed.length === 0) return { changed, forcing: [] };
    const paths = this.replaces(after.type);
    const forcing = changed.filter(
      (property) =>
        property === REPLACED_PROVIDER ||
        this.isForced(property, paths, before, after) ||
        changesForGood(property, before, after) ||
        (SUBNETS_OF_ONE_VPC[after.type]?.[0] === property && this.leavesItsVpc(after)),
    );
    if (forcing.length > 0) this.rememberReplaced(before, after, forcing);
    for (const attribute of computedAnew(after.type, changed)) this.computed.add(`\${${key(after)}.${attribute}}`);
    return { changed, forcing };
  }

  private rememberReplaced(before: PlannedResource, after: PlannedResource, forcing: readonly string[]): void {
    const mine = key(after);
    this.replaced.set(mine, forcing);
    for (const property of NAMES) {
      const name = after.inputs[property];
      if (typeof name === "string" && name === before.inputs[property]) this.keptNames.set(name, mine);
    }
  }

  private isChanged(before: Json | undefined, after: Json | undefined, resource: PlannedResource): boolean {
    return !isDeepStrictEqual(before, after) || this.readsAnotherOne(after, resource);
  }

  /**
   * Whether a value has the id or an attribute of a resource that is replaced. A resource of a fixed name is deleted before
   * its successor is created, so the engine also replaces what depends on it by name (pulumi-terraform-bridge,
   * nameRequiresDeleteBeforeReplace).
   */
  private readsAnotherOne(value: Json | undefined, { dependsOn }: PlannedResource): boolean {
    if (this.replaced.size === 0 && this.computed.size === 0) return false;
    if (typeof value === "string") {
      const owner = this.keptNames.get(value);
      if (owner !== undefined && dependsOn.includes(owner)) return true;
    }
    return symbolsIn(value).some((symbol) => this.computed.has(symbol) || this.isOfReplaced(symbol.slice(2, -1)));
  }

  /** @param symbol `TYPE::NAME`, or `TYPE::NAME.ATTRIBUTE`, where both may contain dots */
  private isOfReplaced(symbol: string): boolean {
    if (this.replaced.has(symbol)) return true;
    for (let dot = symbol.lastIndexOf("."); dot > 0; dot = symbol.lastIndexOf(".", dot - 1)) {
      if (this.replaced.has(symbol.slice(0, dot))) return true;
    }
    return false;
  }

  /** Whether the change of a property, or of a nested one that is named `a.b`, cannot be made in place. */
  private isForced(
    property: string,
    paths: readonly string[],
    before: PlannedResource,
    after: PlannedResource,
  ): boolean {
    return paths.some((path) => {
      const [first = "", ...rest] = path.split(".");
      if (first !== property) return false;
      return this.isChanged(at(before.inputs[first], rest), at(after.inputs[first], rest), after);
    });
  }

  /** Whether its subnets are replaced because their VPC is. */
  private leavesItsVpc(after: PlannedResource): boolean {
    const [first = "", ...rest] = SUBNETS_OF_ONE_VPC[after.type] ?? [];
    return symbolsIn(at(after.inputs[first], rest)).some((symbol) =>
      this.replaced.get(symbol.slice(2, -1))?.includes("vpcId"),
    );
  }
}

/**
 * The old value of a property, without the parts that the provider keeps because the new value does not mention them: they
 * are no change.
 */
function kept(property: string, before: PlannedResource, after: PlannedResource): Json | undefined {
  return (KEPT_WHERE_UNSET[after.type] ?? [])
    .map((path) => path.split("."))
    .filter(([first]) => first === property)
    .reduce(
      (value, [, ...rest]) => (at(after.inputs[property], rest) === undefined ? without(value, rest) : value),
      before.inputs[property],
    );
}

function without(value: Json | undefined, [first, ...rest]: readonly string[]): Json | undefined {
  if (first === undefined || value === undefined) return undefined;
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const part = without(value[first], rest);
  const others = Object.fromEntries(Object.entries(value).filter(([name]) => name !== first));
  return part === undefined ? others : { ...others, [first]: part };
}

/** Whether a property changes a value that AWS accepts only once. Without the value, it may be set anew later. */
function changesForGood(property: string, before: PlannedResource, after: PlannedResource): boolean {
  const [first, ...rest] = SET_ONCE[after.type] ?? [];
  if (first !== property) return false;
  const [old, now] = [before, after].map(({ inputs }) => at(inputs[property], rest));
  return old !== undefined && now !== undefined && !isDeepStrictEqual(old, now);
}

/** Symbols such as `${TYPE::NAME}` in a value. */
function symbolsIn(value: Json | undefined): readonly string[] {
  return value === undefined ? [] : (JSON.stringify(value).match(/\$\{[^{}]+::[^{}]+\}/g) ?? []);
}

/** The value below a path; of a list, the values of its items. */
function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  const [first, ...rest] = path;
  if (first === undefined || value === undefined || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => at(item, path) ?? null);
  if (typeof value !== "object") return undefined;
  return at(value[first], rest);
}

const PROVIDER = "pulumi:providers:aws";
const KUBERNETES_PROVIDER = "pulumi:providers:kubernetes";

/** Pulumi's name for the change of a resource whose provider is replaced, which always replaces the resource, too. */
const REPLACED_PROVIDER = "provider";

/** Changes of resources by their provider, even if none of their own properties differ. */
class ProviderChanges {
  private readonly region: (resource: PlannedResource) => boolean;
  private readonly tags: (resource: PlannedResource) => boolean;
  private readonly cluster: (resource: PlannedResource) => boolean;

  constructor(before: readonly PlannedResource[], after: readonly PlannedResource[]) {
    const differs = (property: string, type = PROVIDER): ((resource: PlannedResource) => boolean) => {
      const [old, now] = [providers(before, type), providers(after, type)];
      const different = new Map(
        [...now].map(([name, inputs]) => {
          const previous = old.get(name);
          return [name, previous !== undefined && !isDeepStrictEqual(previous[property], inputs[property])] as const;
        }),
      );
      if (![...different.values()].includes(true)) return () => false;
      return ({ options }) =>
        different.get(options.provider?.split("::")[1] ?? "") ?? [...different.values()][0] ?? false;
    };
    this.region = differs("region");
    this.tags = differs("defaultTags");
    this.cluster = differs("clusterIdentifier", KUBERNETES_PROVIDER);
  }

  /**
   * Properties of an AWS resource that change with its provider: `provider` itself with the Region, since the engine
   * replaces what belongs to a provider that is replaced (pulumi/pulumi-aws, pull request 4000, "Replace resources when
   * the AWS region changes"), and `tags` with the default tags, which the provider adds to those of each resource. What is in
   * a cluster is replaced with the identifier of its cluster (Pulumi Registry, Kubernetes, "Provider", `clusterIdentifier`).
   */
  changed(resource: PlannedResource): readonly string[] {
    if (resource.type.startsWith("kubernetes:")) return this.cluster(resource) ? [REPLACED_PROVIDER] : [];
    if (!resource.type.startsWith("aws:")) return [];
    return [
      ...(this.region(resource) ? [REPLACED_PROVIDER] : []),
      ...(this.tags(resource) && takesTags(resource.type) ? ["tags"] : []),
    ];
  }
}

/** Inputs of the providers of a type in a plan, by name. */
function providers(resources: readonly PlannedResource[], type: string): Map<string, Readonly<Record<string, Json>>> {
  return new Map(resources.filter((each) => each.type === type).map(({ name, inputs }) => [name, inputs]));
}

/** Properties of a type whose change replaces the resource; nested ones are written `a.b`. */
export type Replaces = (type: string) => readonly string[];

/**
 * Properties of a type whose change AWS cannot make in place: the provider deletes the resource and makes another.
 * Nested ones are written `a.b`.
 *
 * The table has the AWS provider's own data (Terraform's ForceNew) for every type that the program uses.
 * {@link REFUSED_IN_PLACE} adds what the provider would try in place and AWS refuses.
 *
 * @throws Error for a type that is not in the table, because it may not be safe to change
 */
export function replacesOn(type: string): readonly string[] {
  const properties = knownToReplace(type);
  if (properties === undefined)
    throw new Error(`tools/planner/changes/forces-replacement.json does not know ${type}: add what replaces it`);
  return properties;
}

/** The same; undefined for a type that is not in the table. */
export function knownToReplace(type: string): readonly string[] | undefined {
  if (type.startsWith("kubernetes:")) return kubernetesReplacesOn(type);
  if (!type.startsWith("aws:")) return [];
  const properties = (table as Readonly<Record<string, readonly string[]>>)[type];
  return properties && [...properties, ...(REFUSED_IN_PLACE[type] ?? [])];
}

/**
 * Properties that no API call changes, although the provider would make one: only a new resource can have another value.
 *
 * A cluster's secrets stay encrypted with the same key (Amazon EKS User Guide, "Encrypt Kubernetes secrets with KMS on existing
 * clusters": the action is not reversible).
 */
const REFUSED_IN_PLACE: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/cluster:Cluster": ["encryptionConfig.provider"],
};

/**
 * Properties that keep their value in AWS when a program stops setting them, by type (hashicorp/terraform-provider-aws,
 * internal/service/eks/cluster.go since 6.15.0: optional and computed). EKS Auto Mode stays on until it is set to off.
 */
const KEPT_WHERE_UNSET: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/cluster:Cluster": ["computeConfig", "storageConfig", "kubernetesNetworkConfig.elasticLoadBalancing"],
};

/**
 * A value that may be set and unset, but not changed, by type: the role of the nodes of EKS Auto Mode (the same file,
 * validateAutoModeComputeConfigCustomizeDiff).
 */
const SET_ONCE: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/cluster:Cluster": ["computeConfig", "nodeRoleArn"],
};

/**
 * Paths of subnets that may change only within one VPC, by type. The provider would change them in place, and EKS refuses a
 * subnet of another VPC (Amazon EKS API Reference, UpdateClusterConfig).
 */
const SUBNETS_OF_ONE_VPC: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/cluster:Cluster": ["vpcConfig", "subnetIds"],
};

/** An attribute that the provider computes again when other properties change. */
interface ComputedOnChange {
  readonly attribute: string;
  /** Properties whose change leaves it as it is. */
  readonly except: readonly string[];
}

/**
 * A launch template has a new version after each change of what it launches. The exceptions are those of the provider
 * (hashicorp/terraform-provider-aws, internal/service/ec2/ec2_launch_template.go, CustomizeDiff), and tags: those of the
 * template itself are in no version.
 */
const COMPUTED_ON_CHANGE: Readonly<Record<string, readonly ComputedOnChange[]>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": [
    {
      attribute: "latestVersion",
      except: ["defaultVersion", "description", "name", "namePrefix", "region", "tags", "updateDefaultVersion"],
    },
  ],
};

/** Attributes of a resource that are different after these properties have changed. */
function computedAnew(type: string, changed: readonly string[]): readonly string[] {
  return (COMPUTED_ON_CHANGE[type] ?? [])
    .filter(({ except }) => changed.some((property) => !except.includes(property)))
    .map(({ attribute }) => attribute);
}

/** Properties by which others refer to a resource of a fixed name, where AWS uses the name as its id. */
const NAMES = ["name", "bucket"] as const;
