import content from "./cluster-versions.json";

/** EKS add-ons that every cluster has. */
export const ADDONS = ["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent", "aws-ebs-csi-driver"] as const;
export type AddonName = (typeof ADDONS)[number];

/** What a cluster of one Kubernetes version runs, pinned so that every update is a change that somebody reviewed. */
export interface ClusterVersions {
  /** Day on which AWS offered these versions, ISO 8601. */
  readonly date: string;
  readonly source: string;
  /** Version of each add-on, `vMAJOR.MINOR.PATCH-eksbuild.BUILD`. */
  readonly addons: Readonly<Record<AddonName, string>>;
  /** Release of the Amazon Linux 2023 image of the nodes, `MAJOR.MINOR.PATCH-YYYYMMDD`; the first part is Kubernetes'. */
  readonly amiRelease: string;
}

interface KarpenterRelease {
  readonly date: string;
  readonly source: string;
  /** Release of Karpenter that the controller's IAM policies belong to: `1.14.1`. */
  readonly version: string;
  /** Digest of the controller's image: `sha256:...`. */
  readonly digest: string;
}

/** The data file. */
export interface VersionsFile {
  /** By Kubernetes version, `MAJOR.MINOR`. */
  readonly kubernetes: Readonly<Record<string, ClusterVersions>>;
  readonly karpenter: KarpenterRelease;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const ADDON_VERSION = /^v(\d+\.\d+)\.\d+-eksbuild\.\d+$/;
const AMI_RELEASE = /^(\d+\.\d+)\.\d+-\d{8}$/;
const EXAMPLES = { date: "2026-11-25", addon: "v1.22.4-eksbuild.3", amiRelease: "1.35.7-20260903" };

/**
 * Checks the data file.
 *
 * @throws RangeError with every fault of it
 */
export function readVersionsFile(file: unknown): VersionsFile {
  const faults: string[] = [];
  const check = (path: string, value: unknown, form: RegExp, example: string): void => {
    if (typeof value === "string" && form.test(value)) return;
    faults.push(`${path} is ${JSON.stringify(value) ?? "missing"}: must be of the form ${example}`);
  };
  const checkOrigin = (path: string, { date, source }: Fields): void => {
    check(`${path}.date`, date, DATE, EXAMPLES.date);
    check(`${path}.source`, source, /./, "a sentence");
  };

  const { kubernetes, karpenter } = fieldsOf(file);
  for (const [version, entry] of Object.entries(fieldsOf(kubernetes))) {
    const path = `kubernetes.${version}`;
    const { amiRelease, ...rest } = fieldsOf(entry);
    const addons = fieldsOf(rest["addons"]);
    checkOrigin(path, rest);
    for (const addon of ADDONS) check(`${path}.addons.${addon}`, addons[addon], ADDON_VERSION, EXAMPLES.addon);
    check(`${path}.amiRelease`, amiRelease, AMI_RELEASE, EXAMPLES.amiRelease);
    // Neither may be newer than the API server (Kubernetes, "Version Skew Policy"), and neither is left behind.
    const minors = { "addons.kube-proxy": minorOf(addons["kube-proxy"]), amiRelease: minorOf(amiRelease) };
    for (const [field, minor] of Object.entries(minors)) {
      if (minor !== undefined && minor !== version) faults.push(`${path}.${field} is of Kubernetes ${minor}`);
    }
  }
  const release = fieldsOf(karpenter);
  checkOrigin("karpenter", release);
  check("karpenter.version", release["version"], /^\d+\.\d+\.\d+$/, "1.14.1");
  check("karpenter.digest", release["digest"], /^sha256:[0-9a-f]{64}$/, "sha256: and 64 hexadecimal digits");
  if (faults.length === 0) return file as VersionsFile;
  throw new RangeError(["cluster-versions.json cannot be used:", ...faults.map((each) => `  - ${each}`)].join("\n"));
}

const FILE = readVersionsFile(content);

export const KARPENTER: KarpenterRelease = FILE.karpenter;

/**
 * What a cluster of this Kubernetes version runs.
 *
 * @throws RangeError for a version without a row in the data file
 */
export function clusterVersions(
  kubernetesVersion: string,
  { kubernetes }: Pick<VersionsFile, "kubernetes"> = FILE,
): ClusterVersions {
  const found = kubernetes[kubernetesVersion];
  if (found !== undefined) return found;
  throw new RangeError(
    `components/facts/cluster-versions.json has no versions for Kubernetes ${kubernetesVersion}, only for ` +
      `${Object.keys(kubernetes).join(", ")}: npm run versions -- --kubernetes-version ${kubernetesVersion} --write adds them`,
  );
}

/**
 * Name by which Karpenter's EC2NodeClass selects the image of a release (Karpenter documentation, "Managing AMIs"):
 * `al2023@vYYYYMMDD`. Karpenter adds the cluster's Kubernetes version itself, so both kinds of node boot one release.
 */
export function amiAlias(amiRelease: string): string {
  return `al2023@v${amiRelease.split("-")[1] ?? ""}`;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** Kubernetes version that a version of kube-proxy or of an image is for; undefined for another form. */
function minorOf(value: unknown): string | undefined {
  const text = String(value);
  return (ADDON_VERSION.exec(text) ?? AMI_RELEASE.exec(text))?.[1];
}

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
