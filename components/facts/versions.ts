import content from "./cluster-versions.json";

/** EKS add-ons that every cluster has. */
export const ADDONS = [
  "vpc-cni",
  "kube-proxy",
  "coredns",
  "eks-pod-identity-agent",
  "aws-ebs-csi-driver",
  "metrics-server",
  "external-dns",
] as const;
export type AddonName = (typeof ADDONS)[number];

/** Versions in a cluster of one Kubernetes version, pinned so that each update is a change that somebody reviewed. */
export interface ClusterVersions {
  /** Day on which AWS offered these versions, ISO 8601. */
  readonly date: string;
  readonly source: string;
  /** Version of each add-on, `vMAJOR.MINOR.PATCH-eksbuild.BUILD`. */
  readonly addons: Readonly<Record<AddonName, string>>;
  /**
   * Release of the Amazon Linux 2023 image of the nodes, `MAJOR.MINOR.PATCH-YYYYMMDD`; it begins with the Kubernetes
   * version.
   */
  readonly amiRelease: string;
}

interface KarpenterRelease {
  readonly date: string;
  readonly source: string;
  /** Release of Karpenter for which the controller's IAM policies are written: `1.14.1`. */
  readonly version: string;
  /** Digest of the controller's image: `sha256:...`. */
  readonly digest: string;
}

/** Content of `cluster-versions.json`. */
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
 * Validates `cluster-versions.json`.
 *
 * @throws RangeError that lists every fault
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
    // Neither may be newer than the API server (Kubernetes, "Version Skew Policy"), and neither should be older.
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
 * The pinned versions for a Kubernetes version.
 *
 * @throws RangeError for a version that the data file does not list
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
 * Alias by which Karpenter's EC2NodeClass selects the image of a release (Karpenter documentation, "Managing AMIs"):
 * `al2023@vYYYYMMDD`. Karpenter adds the cluster's Kubernetes version itself, so both kinds of nodes boot the same
 * release.
 */
export function amiAlias(amiRelease: string): string {
  return `al2023@v${amiRelease.split("-")[1] ?? ""}`;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** Kubernetes version of a version of kube-proxy or of an image; undefined for a text of another form. */
function minorOf(value: unknown): string | undefined {
  const text = String(value);
  return (ADDON_VERSION.exec(text) ?? AMI_RELEASE.exec(text))?.[1];
}

/**
 * Minor versions in Amazon EKS's standard support, oldest first, and the day on which it ends (Amazon EKS User Guide,
 * "Understand the Kubernetes version lifecycle on EKS", release calendar, as of November 2026). On that day EKS
 * upgrades a cluster whose upgrade policy is STANDARD, as in this program, to the next version.
 *
 * To support another version, add it here, and check that Karpenter supports it ("Compatibility" in its documentation).
 */
export const KUBERNETES_VERSIONS: Readonly<Record<string, string>> = {
  "1.34": "2026-12-02",
  "1.35": "2027-03-27",
  "1.36": "2027-08-02",
};

/** Days before the end of standard support on which warnings start. */
const NOTICE_DAYS = 60;
const DAY = 24 * 60 * 60 * 1000;

/** The fault of a Kubernetes version; undefined if there is none. */
export function kubernetesVersionFault(version: string): string | undefined {
  if (KUBERNETES_VERSIONS[version] !== undefined) return undefined;
  const known = Object.entries(KUBERNETES_VERSIONS).map(([each, end]) => `"${each}" (until ${end})`);
  return `must be a version in Amazon EKS's standard support, in quotes: ${known.join(", ")}`;
}

/**
 * Warning about a version whose standard support ends soon or has ended; undefined if there is time.
 *
 * @param today ISO date; a parameter, so that the same input gives the same plan
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
