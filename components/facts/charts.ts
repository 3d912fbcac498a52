import content from "./chart-versions.json";

/** Namespace of everything that the charts create. */
export const CHARTS_NAMESPACE = "kube-system";

/** Helm charts that `platform/` installs. */
export type ChartName = "karpenter-crd" | "karpenter" | "aws-load-balancer-controller";

/** An image as a chart or its values name it. */
export interface ChartImage {
  /** Public name without tag, `public.ecr.aws/karpenter/controller`. */
  readonly repository: string;
  readonly tag: string;
  /** Digest of the index of all architectures: `sha256:...`. */
  readonly digest: string;
  /** Where the digest was found. */
  readonly source: string;
}

interface Toleration {
  readonly key: string;
  readonly operator: "Exists";
}

/** Pods of a chart, with the values that `platform/` gives it. */
export interface ChartWorkload {
  readonly kind: string;
  readonly name: string;
  readonly serviceAccount: string;
  readonly replicas: number;
  readonly images: readonly ChartImage[];
  /** Of one pod: Kubernetes quantities, `100m` and `128Mi`. */
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly tolerations: readonly Toleration[];
  /** Labels of nodes on which the pods must not run. */
  readonly avoidsNodesWith: readonly string[];
}

/** A chart, pinned so that each update is a change that somebody reviewed. */
export interface Chart {
  /** `oci://REGISTRY/REPOSITORY`, or the name in {@link repository}. */
  readonly chart: string;
  /** URL of the Helm repository. @default the chart is in an OCI registry */
  readonly repository?: string;
  readonly version: string;
  /** Day on which the chart was read, ISO 8601. */
  readonly date: string;
  readonly source: string;
  readonly workloads: readonly ChartWorkload[];
}

export const CHARTS = content as Readonly<Record<ChartName, Chart>>;

/**
 * The only workload of a chart.
 *
 * @throws Error for a chart with none or several
 */
export function workloadOf(name: ChartName): ChartWorkload {
  const [workload, ...others] = CHARTS[name].workloads;
  if (workload === undefined || others.length > 0)
    throw new Error(`chart-versions.json: ${name} must have one workload`);
  return workload;
}

/**
 * The only image of a workload.
 *
 * @throws Error for a workload with none or several
 */
export function imageOf({ name, images }: ChartWorkload): ChartImage {
  const [image, ...others] = images;
  if (image === undefined || others.length > 0) throw new Error(`chart-versions.json: ${name} must have one image`);
  return image;
}
