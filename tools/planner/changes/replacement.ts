import table from "./forces-replacement.json";

/** Properties of a type whose change replaces the resource; nested ones are written `a.b`. */
export type Replaces = (type: string) => readonly string[];

/**
 * Properties of a type whose change AWS cannot make in place: the provider deletes the resource and makes another.
 * Nested ones are written `a.b`.
 *
 * The table is the AWS provider's own knowledge (Terraform's ForceNew), for every type that the program uses, and besides
 * it what the provider would try in place and AWS refuses ({@link REFUSED_IN_PLACE}).
 *
 * @throws for a type that is not in the table: to call it safe without knowing would be a guess.
 */
export function replacesOn(type: string): readonly string[] {
  const properties = knownToReplace(type);
  if (properties === undefined)
    throw new Error(`tools/planner/changes/forces-replacement.json does not know ${type}: add what replaces it`);
  return properties;
}

/** The same, and `undefined` for a type that is not in the table. */
export function knownToReplace(type: string): readonly string[] | undefined {
  if (!type.startsWith("aws:")) return [];
  const properties = (table as Readonly<Record<string, readonly string[]>>)[type];
  return properties && [...properties, ...(REFUSED_IN_PLACE[type] ?? [])];
}

/**
 * Properties that no API call changes, though the provider would make one: only another resource can have them.
 *
 * A cluster keeps the key of its secrets (Amazon EKS User Guide, "Encrypt Kubernetes secrets with KMS on existing
 * clusters": the action is not reversible).
 */
const REFUSED_IN_PLACE: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/cluster:Cluster": ["encryptionConfig.provider"],
};

/** Where a type keeps the subnets that {@link subnetsOfOneVpc} is about. */
const SUBNETS: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/cluster:Cluster": ["vpcConfig", "subnetIds"],
};

/**
 * Where a type keeps the subnets that may change, and only within one VPC; undefined for other types. The provider would
 * change them in place, and EKS refuses a subnet of another VPC (Amazon EKS API Reference, UpdateClusterConfig).
 */
export function subnetsOfOneVpc(type: string): readonly string[] | undefined {
  return SUBNETS[type];
}

/** What the provider computes anew when other properties change. */
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

/** Attributes of a resource that are other ones once these properties have changed. */
export function computedAnew(type: string, changed: readonly string[]): readonly string[] {
  return (COMPUTED_ON_CHANGE[type] ?? [])
    .filter(({ except }) => changed.some((property) => !except.includes(property)))
    .map(({ attribute }) => attribute);
}

/** Properties by which others refer to a resource of a fixed name, where AWS uses the name as its id. */
export const NAMES = ["name", "bucket"] as const;
