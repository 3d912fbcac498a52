/**
 * Minor versions in Amazon EKS's standard support, oldest first, and the day it ends (Amazon EKS User Guide, "Understand
 * the Kubernetes version lifecycle on EKS", release calendar, as of November 2026). On that day EKS upgrades a cluster
 * whose upgrade policy is STANDARD, as ours is, to the next version.
 *
 * To let a version in, add its row; see that Karpenter knows it ("Compatibility" in its documentation).
 */
export const KUBERNETES_VERSIONS: Readonly<Record<string, string>> = {
  "1.34": "2026-12-02",
  "1.35": "2027-03-27",
  "1.36": "2027-08-02",
};

/** Days before the end of standard support in which a stack is warned. */
const NOTICE_DAYS = 60;
const DAY = 24 * 60 * 60 * 1000;

/** What is wrong with a version; undefined if nothing is. */
export function kubernetesVersionFault(version: string): string | undefined {
  if (KUBERNETES_VERSIONS[version] !== undefined) return undefined;
  const known = Object.entries(KUBERNETES_VERSIONS).map(([each, end]) => `"${each}" (until ${end})`);
  return `must be a version in Amazon EKS's standard support, in quotes: ${known.join(", ")}`;
}

/**
 * What to do about a version whose standard support ends soon or has ended; undefined if there is time.
 *
 * @param today ISO date; an argument, so that a plan says the same thing twice
 */
export function kubernetesVersionWarning(version: string, today: string): string | undefined {
  const end = KUBERNETES_VERSIONS[version];
  if (end === undefined || Date.parse(end) - Date.parse(today) > NOTICE_DAYS * DAY) return undefined;
  const versions = Object.keys(KUBERNETES_VERSIONS);
  const next = versions[versions.indexOf(version) + 1];
  const tense = end > today ? "ends" : "ended";
  const advice = next === undefined ? "update this program" : `set kubernetes-version to "${next}"`;
  return (
    `standard support of Kubernetes ${version} ${tense} on ${end}, and EKS then upgrades the cluster, ` +
    `which the next update would try to revert: ${advice}`
  );
}
