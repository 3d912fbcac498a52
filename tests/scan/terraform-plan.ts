import type { Json, PlannedResource } from "../../tools/planner/engine/resource";

/**
 * A stack in the format of `terraform show -json`, as far as a scanner reads it (Terraform, "JSON Output Format"). Pulumi
 * derives the names of its AWS types and properties from Terraform's AWS provider by rule, so the rule can be reversed.
 */
export interface TerraformPlan {
  readonly format_version: string;
  /** By this field, a scanner recognizes a plan. */
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

/** References of a resource's properties, whose values a plan does not know yet. */
interface TerraformConfiguration {
  readonly address: string;
  readonly mode: "managed";
  readonly type: string;
  readonly name: string;
  readonly expressions: Readonly<Record<string, { readonly references: readonly string[] }>>;
}

/** Modules with another name in Terraform. For all others, a type starts with the name of its module. */
const MODULES: Readonly<Record<string, string>> = { ec2: "", ec2transitgateway: "ec2_transit_gateway" };

/** Types that do not follow the rule. */
const IRREGULAR_TYPES: Readonly<Record<string, string>> = {
  "aws:ec2/tag:Tag": "aws_ec2_tag",
  "aws:ec2transitgateway/transitGateway:TransitGateway": "aws_ec2_transit_gateway",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "aws_iam_openid_connect_provider",
};

/** Properties whose keys are the user's and must not be renamed. */
const MAPS = /^(tags|tagsAll|parameters)$/;

/** An ID or attribute of another resource, `${TYPE::NAME}` or `${TYPE::NAME.ATTRIBUTE}`. */
const SYMBOL = /\$\{(aws:[\w-]+\/\w+:\w+)::([^{}]+)\}/g;

/** Converts the AWS resources of a stack, without components and providers. */
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

/** Converts a type: `aws:s3/bucketPolicy:BucketPolicy` is `aws_s3_bucket_policy`. */
export function terraformType(type: string): string {
  const [, module = "", resource = ""] = /^aws:(\w+)\/(\w+):/.exec(type) ?? [];
  const prefix = MODULES[module] ?? module;
  return IRREGULAR_TYPES[type] ?? ["aws", prefix, snakeCase(resource)].filter((part) => part !== "").join("_");
}

/**
 * Converts properties. Terraform usually names a list of blocks in the singular (`rule`) and Pulumi in the plural
 * (`rules`). A list gets both names, and a scanner reads the one that it knows. Unknown values are left out.
 */
export function terraformValues(properties: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([property, value]) => {
      if (isSymbol(value)) return [];
      const name = snakeCase(property);
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
    return references.length === 0 ? [] : [[snakeCase(property), { references }] as const];
  });
  return { ...identity(resource), expressions: Object.fromEntries(expressions) };
}

/** Addresses of the resources that a value refers to, each with and without the attribute, as Terraform lists them. */
function referencesIn(value: Json, addresses: ReadonlyMap<string, string>): string[] {
  const found = [...JSON.stringify(value).matchAll(SYMBOL)].flatMap(([, type = "", rest = ""]) => {
    // A name may contain dots, and a dot separates it from the attribute.
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

/** Names in Terraform have no dots. */
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

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

function singular(name: string): string {
  return name.replace(/ies$/, "y").replace(/s$/, "");
}
