import * as aws from "@pulumi/aws";
import { isDeepStrictEqual } from "node:util";
import type { PlannedResource } from "../engine/resource";
import type { Json } from "../engine/wire";

const PROVIDER = "pulumi:providers:aws";

/** What Pulumi's preview calls the change of a resource whose provider is replaced, which always replaces it, too. */
export const REPLACED_PROVIDER = "provider";

/** What a changed provider changes in its resources, none of whose own properties may differ. */
export class FromProviders {
  private readonly region: (resource: PlannedResource) => boolean;
  private readonly tags: (resource: PlannedResource) => boolean;

  constructor(before: readonly PlannedResource[], after: readonly PlannedResource[]) {
    const differs = (property: string): ((resource: PlannedResource) => boolean) => {
      const [old, now] = [providers(before), providers(after)];
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
  }

  /**
   * Properties of an AWS resource that change with its provider: `provider` itself with the Region, since the engine
   * replaces what belongs to a provider that is replaced (pulumi/pulumi-aws, pull request 4000, "Replace resources when
   * the AWS region changes"), and `tags` with the default tags, which the provider adds to those of each resource.
   */
  changed(resource: PlannedResource): readonly string[] {
    if (!resource.type.startsWith("aws:")) return [];
    return [
      ...(this.region(resource) ? [REPLACED_PROVIDER] : []),
      ...(this.tags(resource) && takesTags(resource.type) ? ["tags"] : []),
    ];
  }
}

/** Inputs of the AWS providers of a plan, by name. */
function providers(resources: readonly PlannedResource[]): Map<string, Readonly<Record<string, Json>>> {
  return new Map(resources.filter(({ type }) => type === PROVIDER).map(({ name, inputs }) => [name, inputs]));
}

const known = new Map<string, boolean>();

/** Whether a type has `tags`, which its class in the SDK says. */
function takesTags(type: string): boolean {
  const found = known.get(type);
  if (found !== undefined) return found;
  const [, path = "", className = ""] = type.split(":");
  const [module = ""] = path.split("/");
  const source = String((aws as unknown as Record<string, Record<string, unknown>>)[module]?.[className] ?? "");
  const takes = source.includes('resourceInputs["tags"]');
  known.set(type, takes);
  return takes;
}
