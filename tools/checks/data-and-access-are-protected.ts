import { ADMINISTRATOR_RULES } from "./data/administrators";
import { BUCKET_RULES } from "./data/buckets";
import { CLUSTER_RULES } from "./data/clusters";
import { KEY_RULES } from "./data/keys";
import { ARCHIVE_RULES } from "./data/log-archive";
import { MESSAGE_RULES } from "./data/messages";
import { NODE_RULES } from "./data/nodes";
import { REGISTRY_RULES } from "./data/registries";
import { TYPE_RULES } from "./data/reviewed-types";
import type { Rule } from "./data/rule";
import { finding, type NetworkCheck } from "./check";

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
