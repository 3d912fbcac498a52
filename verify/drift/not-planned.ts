import { asItRuns } from "../exports/as-it-runs";
import { UNKNOWN, type RunningResource } from "../exports/export";
import { difference, isNothing, type Found } from "./found";

/** Inputs that the AWS provider fills in on every resource, and tags, which are compared whether planned or not. */
const FILLED_IN: readonly string[] = ["tags", "tagsAll", "region"];

/** Of a provider, whose it is. Its other inputs are its version, and what it takes from the environment. */
const OF_PROVIDERS: readonly string[] = ["allowedAccountIds", "assumeRoles", "assumeRoleWithWebIdentity"];

/** What Pulumi writes where a description must not be empty. */
const DESCRIPTION = "Managed by Pulumi";

/**
 * What was asked for of a resource and is not planned: an earlier program, or another one, asked for more. What the
 * provider has filled in by itself is left out.
 *
 * @param known Properties that are planned, or that the plan looks away from.
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

/** A name that Pulumi has made of the logical one, or its description (Pulumi's documentation, "Auto-naming"). */
function isFilledIn({ name }: RunningResource, value: unknown): boolean {
  if (typeof value !== "string") return false;
  return value === DESCRIPTION || (value.startsWith(`${name}-`) && /^[0-9a-f]{7}$/.test(value.slice(name.length + 1)));
}
