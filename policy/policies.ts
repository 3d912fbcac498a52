import type { Policies, PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { Properties } from "../model/resource";
import { estateOfPreview, type PreviewedEstate } from "./estate-of-preview";
import { guards, type ReadStack } from "./guards";
import { JUDGED_PROMISES, type JudgedPromise } from "./judged-promises";

/** Lines of evidence that a violation shows. */
const SHOWN = 5;

/**
 * The policies of one run. The engine shows each resource as it is asked for, and at the end all together as they would
 * be, where AWS's own defaults stand beside what was asked: promises are about the former, ids are in the latter.
 */
export function policies(readStack: ReadStack): Policies {
  const asked = new Map<string, Properties>();
  const made = new WeakMap<object, PreviewedEstate>();
  const estateOf = (resources: readonly PolicyResource[]): PreviewedEstate => {
    const estate = made.get(resources) ?? estateOfPreview(resources, asked, readStack());
    made.set(resources, estate);
    return estate;
  };
  const note: ResourceValidationPolicy = {
    name: "what-is-asked-for",
    description: "Takes note of every resource for the policies of the stack, and reports nothing.",
    enforcementLevel: "mandatory",
    validateResource({ urn, props }) {
      asked.set(urn, props);
    },
  };
  return [note, ...JUDGED_PROMISES.map((judged) => policy(judged, estateOf)), ...guards(readStack, asked)];
}

function policy(
  { promise, mayBeKeptBy, isFor = () => true }: JudgedPromise,
  estateOf: (resources: readonly PolicyResource[]) => PreviewedEstate,
): StackValidationPolicy {
  return {
    name: promise.name,
    description: promise.sentence,
    enforcementLevel: "mandatory",
    validateStack({ resources, notApplicable }, reportViolation) {
      const estate = estateOf(resources);
      const [stack] = estate.stacks;
      if (stack === undefined || !isFor(stack)) return notApplicable("it is not about this stack");
      const unseen = estate.unseen.filter(mayBeKeptBy).map(({ type, name }) => `${type}::${name}`);
      if (unseen.length > 0) return notApplicable(`this preview does not know enough of ${unseen.join(", ")}`);
      const found = promise.check(stack, estate);
      if (found === undefined) return notApplicable("it is not about this stack");
      if (!found.holds) reportViolation(inLines(found.evidence));
    },
  };
}

function inLines(evidence: readonly string[]): string {
  const more = evidence.length - SHOWN;
  return [...evidence.slice(0, SHOWN), ...(more > 0 ? [`and ${String(more)} more`] : [])].join("\n");
}
