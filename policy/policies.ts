import type { Policies, PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import type { Properties } from "../tools/model/resource";
import { estateOfPreview, type PreviewedEstate } from "./estate-of-preview";
import { guards, type ReadStack } from "./guards";
import { JUDGED_CHECKS, type JudgedCheck } from "./judged-checks";
import type { StackInPreview } from "./stack-in-preview";

/** Most lines of evidence in a violation. */
const SHOWN = 5;

const NOTHING_ASKED =
  "cannot be checked: all resource policies are disabled, and they collect the inputs; enable at least one of them";

/**
 * The policies of one run. The engine passes each resource's inputs to the resource policies, and at the end all resources
 * with AWS's defaults to the stack policies. Checks need the inputs; the ids are in the latter.
 */
export function policies(readStack: ReadStack): Policies {
  let stack: StackInPreview | undefined;
  const readOnce = (): StackInPreview => (stack ??= readStack());
  const asked = new Map<string, Properties>();
  const made = new WeakMap<object, PreviewedEstate>();
  const estateOf = (resources: readonly PolicyResource[]): PreviewedEstate | undefined => {
    if (asked.size === 0) return undefined;
    const estate = made.get(resources) ?? estateOfPreview(resources, asked, readOnce());
    made.set(resources, estate);
    return estate;
  };
  return [
    ...guards(readOnce, (urn, properties) => void asked.set(urn, properties)),
    ...JUDGED_CHECKS.map((judged) => policy(judged, estateOf)),
  ];
}

function policy(
  { check, mayBeKeptBy, isFor = () => true }: JudgedCheck,
  estateOf: (resources: readonly PolicyResource[]) => PreviewedEstate | undefined,
): StackValidationPolicy {
  return {
    name: check.name,
    description: check.sentence,
    enforcementLevel: "mandatory",
    validateStack({ resources, notApplicable }, reportViolation) {
      const estate = estateOf(resources);
      // Passing silently would look like approval.
      if (estate === undefined) return reportViolation(NOTHING_ASKED);
      const [stack] = estate.stacks;
      if (stack === undefined || !isFor(stack)) return notApplicable("it does not apply to this stack");
      const unseen = estate.unseen.filter(mayBeKeptBy).map(({ type, name }) => `${type}::${name}`);
      if (unseen.length > 0) return notApplicable(`this preview does not know enough about ${unseen.join(", ")}`);
      const found = check.check(stack, estate);
      if (found === undefined) return notApplicable("it does not apply to this stack");
      if (!found.passed) reportViolation(inLines(found.evidence));
    },
  };
}

/** Sorted, because the engine passes resources in any order. */
function inLines(evidence: readonly string[]): string {
  const more = evidence.length - SHOWN;
  return [...[...evidence].sort().slice(0, SHOWN), ...(more > 0 ? [`and ${String(more)} more`] : [])].join("\n");
}
