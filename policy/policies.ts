import type { Policies, PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import type { Properties } from "../model/resource";
import { estateOfPreview, type PreviewedEstate } from "./estate-of-preview";
import { guards, type ReadStack } from "./guards";
import { JUDGED_CHECKS, type JudgedCheck } from "./judged-checks";
import type { StackInPreview } from "./stack-in-preview";

/** Lines of evidence that a violation shows. */
const SHOWN = 5;

const NOTHING_ASKED =
  "cannot be judged: the guards take note of what the program asks for, and all of them are disabled; enable one";

/**
 * The policies of one run. The engine shows each resource as it is asked for, to the guards, and at the end all together
 * as they would be, where AWS's own defaults stand beside what was asked: checks are about the former, ids are in the
 * latter.
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
      // Silence would look like consent.
      if (estate === undefined) return reportViolation(NOTHING_ASKED);
      const [stack] = estate.stacks;
      if (stack === undefined || !isFor(stack)) return notApplicable("it is not about this stack");
      const unseen = estate.unseen.filter(mayBeKeptBy).map(({ type, name }) => `${type}::${name}`);
      if (unseen.length > 0) return notApplicable(`this preview does not know enough of ${unseen.join(", ")}`);
      const found = check.check(stack, estate);
      if (found === undefined) return notApplicable("it is not about this stack");
      if (!found.passed) reportViolation(inLines(found.evidence));
    },
  };
}

/** Sorted: the engine hands resources over in any order. */
function inLines(evidence: readonly string[]): string {
  const more = evidence.length - SHOWN;
  return [...[...evidence].sort().slice(0, SHOWN), ...(more > 0 ? [`and ${String(more)} more`] : [])].join("\n");
}
