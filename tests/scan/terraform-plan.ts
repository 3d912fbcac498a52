import type { Json, PlannedResource } from "../../tools/planner/engine/resource";

/**
 * A stack as `terraform show -json` would show the plan of it, as far as a scanner reads that: the format is Terraform's
 * "JSON Output Format", and Pulumi's AWS types and properties are made from those of Terraform's AWS provider by rule.
 */
export interface TerraformPlan {
  readonly format_version: string;
  /** A scanner takes a file for a plan by this. */
  readonly terraform_version: string;
  readonly planned_values: { readonly root_module: { readonly resources: readonly TerraformResource[] } };
  readonly configuration: { readonly root_module: { readonly resources: readonly TerraformConfiguration[] } };
}

interface TerraformResource {
  readonly address: string;
  readonly mode: "managed";
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, Json>>;
}

/** What the program says, where a plan has no value yet: which resources a property refers to. */
interface TerraformConfiguration {
  readonly address: string;
  readonly mode: "managed";
  readonly type: string;
  readonly name: string;
  readonly expressions: Readonly<Record<string, { readonly references: readonly string[] }>>;
}

/** Modules of Pulumi that Terraform calls otherwise: a resource's name begins with its module in both, but for these. */
const MODULES: Readonly<Record<string, string>> = { ec2: "", ec2transitgateway: "ec2_transit_gateway" };

/** Types that follow no rule. */
const ODD_TYPES: Readonly<Record<string, string>> = {
  "aws:ec2/tag:Tag": "aws_ec2_tag",
  "aws:ec2transitgateway/transitGateway:TransitGateway": "aws_ec2_transit_gateway",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "aws_iam_openid_connect_provider",
};

/** Properties whose keys are the user's own. */
const MAPS = /^(tags|tagsAll|parameters)$/;

/** An id or attribute of another resource, `${TYPE::NAME}` or `${TYPE::NAME.ATTRIBUTE}`. */
const SYMBOL = /\$\{(aws:[\w-]+\/\w+:\w+)::([^{}]+)\}/g;

/** AWS's resources of a stack, for a scanner of Terraform plans. Components and providers are none. */
export function terraformPlan(resources: readonly PlannedResource[]): TerraformPlan {
  const ofAws = resources.filter(({ type }) => /^aws:\w+\//.test(type));
  const addresses = new Map(ofAws.map((each) => [`${each.type}::${each.name}`, addressOf(each)]));
  return {
    format_version: "1.2",
    terraform_version: "1.0.0",
    planned_values: { root_module: { resources: ofAws.map(planned) } },
    configuration: { root_module: { resources: ofAws.map((each) => configured(each, addresses)) } },
  };
}

/** What Terraform calls a type: `aws:s3/bucketPolicy:BucketPolicy` is `aws_s3_bucket_policy`. */
export function terraformType(type: string): string {
  const [, module = "", resource = ""] = /^aws:(\w+)\/(\w+):/.exec(type) ?? [];
  const prefix = MODULES[module] ?? module;
  return ODD_TYPES[type] ?? ["aws", prefix, snakeCased(resource)].filter((part) => part !== "").join("_");
}

/**
 * Properties as Terraform calls them. A list of blocks has the name of one block there (`rule`), which Pulumi makes a
 * plural of (`rules`), but for those that Terraform has in the plural: both names are given, and a scanner reads its own.
 * What is not known yet is left out.
 */
export function terraformValues(properties: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([property, value]) => {
      if (isSymbol(value)) return [];
      const name = snakeCased(property);
      const shown = MAPS.test(property) ? value : valueOf(value);
      const isBlocks = Array.isArray(value) && value.some((item) => typeof item === "object");
      return [
        [name, shown] as const,
        ...(isBlocks && singular(name) !== name ? [[singular(name), shown] as const] : []),
      ];
    }),
  );
}

function planned(resource: PlannedResource): TerraformResource {
  return { ...identity(resource), values: terraformValues(resource.inputs) };
}

function configured(resource: PlannedResource, addresses: ReadonlyMap<string, string>): TerraformConfiguration {
  const expressions = Object.entries(resource.inputs).flatMap(([property, value]) => {
    const references = referencesIn(value, addresses);
    return references.length === 0 ? [] : [[snakeCased(property), { references }] as const];
  });
  return { ...identity(resource), expressions: Object.fromEntries(expressions) };
}

/** Addresses of what a value refers to, each with the attribute and without: as Terraform lists them. */
function referencesIn(value: Json, addresses: ReadonlyMap<string, string>): string[] {
  const found = [...JSON.stringify(value).matchAll(SYMBOL)].flatMap(([, type = "", rest = ""]) => {
    // A name may have dots in it, as an attribute has one before it.
    const known = [...addresses].find(
      ([key]) => `${type}::${rest}` === key || `${type}::${rest}`.startsWith(`${key}.`),
    );
    if (known === undefined) return [];
    const [key, address] = known;
    return [`${address}.${`${type}::${rest}`.slice(key.length + 1) || "id"}`, address];
  });
  return [...new Set(found)];
}

function identity(resource: PlannedResource) {
  const [type = "", name = ""] = addressOf(resource).split(".");
  return { address: `${type}.${name}`, mode: "managed", type, name } as const;
}

/** Terraform's names have no dots. */
function addressOf({ type, name }: PlannedResource): string {
  return `${terraformType(type)}.${name.replace(/[^\w-]/g, "_")}`;
}

function valueOf(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => (isSymbol(item) ? null : valueOf(item)));
  return typeof value === "object" && value !== null ? terraformValues(value) : value;
}

function isSymbol(value: Json): boolean {
  return typeof value === "string" && /^\$\{[^{}]*::[^{}]*\}$/.test(value);
}

function snakeCased(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

function singular(name: string): string {
  return name.replace(/ies$/, "y").replace(/s$/, "");
}
