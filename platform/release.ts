import { Release } from "@pulumi/kubernetes/helm/v3/release";
import type * as pulumi from "@pulumi/pulumi";
import { type Chart, CHARTS, CHARTS_NAMESPACE, type ChartName } from "../components/facts/charts";

/** Seconds that Helm waits until pods are ready, and for each deletion. Nodes pull images for the first time. */
const TIMEOUT_SECONDS = 600;

/** Revisions that Helm keeps, each in a Secret. */
const REVISIONS = 5;

export interface ChartOptions {
  /** In addition to the chart's own. */
  readonly values: object;
  /** Leave the custom resource definitions of the chart's folder `crds` to somebody else. @default false */
  readonly skipCrds?: boolean;
  /** Whether objects of the same names may exist. The release then owns them. @default false */
  readonly takeOwnership?: boolean;
}

/** Installs a pinned chart under its own name. The name is fixed, so that `helm` and people find it. */
export function installChart(
  name: string,
  chart: ChartName,
  { values, skipCrds = false, takeOwnership = false }: ChartOptions,
  opts: pulumi.CustomResourceOptions,
): Release {
  const { chart: reference, repository, version }: Chart = CHARTS[chart];
  return new Release(
    name,
    {
      name: chart,
      namespace: CHARTS_NAMESPACE,
      chart: reference,
      version,
      ...(repository === undefined ? {} : { repositoryOpts: { repo: repository } }),
      values: values as Record<string, unknown>,
      skipCrds,
      takeOwnership,
      // If an update fails, Helm rolls back to the version that ran. A failed installation leaves nothing behind.
      atomic: true,
      timeout: TIMEOUT_SECONDS,
      maxHistory: REVISIONS,
    },
    opts,
  );
}
