import { quotas } from "./quotas/quotas";
import { quotaUsesOf } from "./quotas/quota";
import { finding, type NetworkCheck } from "./check";

/** Part of a quota from which it is shown while it is kept. */
const WORTH_SHOWING = 0.2;

/** A quota is met in the middle of an update, by the one who adds the spoke that is one too many. */
export const fitsDefaultQuotas: NetworkCheck = {
  name: "fits-default-quotas",
  sentence: "Policies, tables and counts fit AWS's default quotas; too few vCPUs are only shown.",
  check(stack, all) {
    const uses = quotaUsesOf(stack, all, quotas(all.addressSpace));
    if (uses.length === 0) return undefined;
    const seen = uses.map(({ quota, used }) => {
      const passed = used > quota.limit;
      const raised = passed && quota.isRaisedFirst === true;
      const advice = raised ? ", raised before the first deployment" : "";
      return {
        passed: !passed || raised,
        share: used / quota.limit,
        evidence: `${quota.name}: ${String(used)} of ${String(quota.limit)}${advice} (${quota.source})`,
      };
    });
    const shown = seen.filter(({ share, passed }) => !passed || share >= WORTH_SHOWING);
    return finding(shown.length > 0 ? shown : seen.slice(0, 1));
  },
};
