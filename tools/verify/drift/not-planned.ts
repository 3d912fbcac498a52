import { asItRuns } from "../exports/as-it-runs";
import { UNKNOWN, type RunningResource } from "../exports/export";
import { difference, isNothing, type Found } from "./found";

/** Inputs that the AWS provider sets on every resource, and tags, which are always compared. */
const FILLED_IN: readonly string[] = ["tags", "tagsAll", "region"];

/** Inputs of a provider that define its account; the others are its version and the environment. */
const OF_PROVIDERS: readonly string[] = ["allowedAccountIds", "assumeRoles", "assumeRoleWithWebIdentity"];

/** Pulumi's default for a description that must not be empty. */
const DESCRIPTION = "Managed by Pulumi";

/**
 * Inputs of a deployed resource that are not planned: an earlier or another program has set them. Inputs that the provider
 * sets by itself are left out.
 *
 * @param known - properties that are planned or ignored
 */
export function notPlanned(resource: RunningResource, known: readonly string[]): Found[] {
  const running = asItRuns(resource);
  return Object.keys(resource.inputs)
    .filter((name) => !resource.type.startsWith("pulumi:providers:") || OF_PROVIDERS.includes(name))
    .filter((name) => ![...known, ...FILLED_IN, ...resource.defaults].includes(name))
    .filter((name) => !isNothing(running[name]) && !isFilledIn(resource, resource.inputs[name]))
    .map((name) =>
      running[name] === UNKNOWN
        ? { path: name, concern: "other", isUnknown: true }
        : difference(name, undefined, running[name], "other"),
    );
}

/** Whether Pulumi generated the value: an auto-named resource or the default description (Pulumi's documentation, "Auto-naming"). */
function isFilledIn({ name }: RunningResource, value: unknown): boolean {
  if (typeof value !== "string") return false;
  return value === DESCRIPTION || (value.startsWith(`${name}-`) && /^[0-9a-f]{7}$/.test(value.slice(name.length + 1)));
}
