import { ADMINISTRATOR_RULES, CLUSTER_RULES, NODE_RULES } from "./data/clusters";
import { ARCHIVE_RULES, BUCKET_RULES } from "./data/buckets";
import { KEY_RULES, MESSAGE_RULES, REGISTRY_RULES } from "./data/topics-repositories-keys";
import { TYPE_RULES } from "./data/reviewed-types";
import type { Rule } from "./data/rule";
import { finding, type NetworkCheck } from "./shared/check";

/** Every rule, in report order. */
export const DATA_RULES: readonly Rule[] = [
  ...BUCKET_RULES,
  ...ARCHIVE_RULES,
  ...MESSAGE_RULES,
  ...REGISTRY_RULES,
  ...KEY_RULES,
  ...CLUSTER_RULES,
  ...ADMINISTRATOR_RULES,
  ...NODE_RULES,
  ...TYPE_RULES,
];

export const dataAndAccessAreProtected: NetworkCheck = {
  name: "data-and-access-are-protected",
  sentence: "Stored data is encrypted and private; only configured roles administer clusters.",
  check(stack, all) {
    const seen = DATA_RULES.flatMap(({ source, check }) =>
      check(stack, all).map((each) => (each.passed ? each : { ...each, evidence: `${each.evidence} (${source})` })),
    );
    return seen.length === 0 ? undefined : finding(seen);
  },
};
