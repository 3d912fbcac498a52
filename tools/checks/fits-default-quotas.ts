import { defaultQuotas, quotaUsesOf } from "./quotas/quotas";
import { finding, type NetworkCheck } from "./shared/check";

/** Share of a quota from which a passing quota is shown. */
const WORTH_SHOWING = 0.2;

/** An exceeded quota fails an update halfway, for whoever adds one spoke too many. */
export const fitsDefaultQuotas: NetworkCheck = {
  name: "fits-default-quotas",
  sentence: "Counts and policy sizes fit AWS default quotas; the vCPU quota is only reported.",
  check(stack, all) {
    const uses = quotaUsesOf(stack, all, defaultQuotas(all.addressSpace));
    if (uses.length === 0) return undefined;
    const observations = uses.map(({ quota, used }) => {
      const isExceeded = used > quota.limit;
      const isReportedOnly = isExceeded && quota.isRaisedFirst === true;
      const advice = isReportedOnly ? ", request an increase before the first deployment" : "";
      return {
        passed: !isExceeded || isReportedOnly,
        share: used / quota.limit,
        evidence: `${quota.name}: ${String(used)} of ${String(quota.limit)}${advice} (${quota.source})`,
      };
    });
    const shown = observations.filter(({ share, passed }) => !passed || share >= WORTH_SHOWING);
    return finding(shown.length > 0 ? shown : observations.slice(0, 1));
  },
};
