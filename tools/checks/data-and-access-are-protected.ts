import { BUCKET_RULES } from "./data/buckets";
import { CLUSTER_RULES } from "./data/clusters";
import { TYPE_RULE } from "./data/reviewed-types";
import type { DataRule } from "./data/rule";
import { TOPIC_REPOSITORY_KEY_RULES } from "./data/topics-repositories-keys";
import { finding, type NetworkCheck } from "./shared/check";

/** Every rule, in report order. */
const RULES: readonly DataRule[] = [...BUCKET_RULES, ...TOPIC_REPOSITORY_KEY_RULES, ...CLUSTER_RULES, TYPE_RULE];

export const dataAndAccessAreProtected: NetworkCheck = {
  name: "data-and-access-are-protected",
  sentence: "Stored data is encrypted and private; only configured roles administer clusters.",
  check(stack, all) {
    const observations = RULES.flatMap(({ source, check }) =>
      check(stack, all).map((each) => (each.passed ? each : { ...each, evidence: `${each.evidence} (${source})` })),
    );
    return observations.length === 0 ? undefined : finding(observations);
  },
};
