import type { Project } from "../../../../tools/planner/project/project";
import changes from "../../../fixtures/exports/changed-in-the-console.json";
import dev from "../../../fixtures/exports/dev.json";
import hub from "../../../fixtures/exports/hub.json";
import { project, withConfig, withNetworks } from "../../../support/plans";
import type { ExportFile, ExportedResource } from "./exports";

/**
 * The configuration of the recorded stacks in tests/fixtures/exports: a hub in two Availability Zones, without flow logs of
 * the transit gateway, and a spoke without a
 * cluster, deployed by the real engine and refreshed. The exports leave out what is not read: stack traces, dependencies,
 * outputs of components, empty outputs, tags combined with the provider's default tags, and the cipher text of secrets.
 */
export const recordedProject: Project = withConfig(
  withConfig(
    withNetworks(project, {
      hub: { cidr: "10.0.0.0/16", account: "123456789012" },
      dev: { cidr: "10.1.0.0/16", account: "123456789012" },
    }),
    "hub",
    { "az-count": 2, "transit-flow-logs": false },
  ),
  "dev",
  { cluster: false },
);

/** The exports after the deployment and a refresh. */
export function asDeployed(): Record<"hub" | "dev", ExportFile> {
  return { hub: structuredClone(hub), dev: structuredClone(dev) };
}

/**
 * The exports after changes by calls of AWS's API, and another refresh:
 *
 * - dev: a route to prod's CIDR in dev-private-1; the route to the hub in dev-private-2 deleted; SSH from everywhere in the
 *   default security group; DNS host names off; one tag changed and another one added; an unknown account in the policy of
 *   the S3 endpoint, and another route table for it
 * - hub: SSH from everywhere in the endpoints' security group; two policies that allow everything on the role that dev
 *   assumes there; public ACLs no longer blocked on the log archive
 */
export function changedInTheConsole(): Record<"hub" | "dev", ExportFile> {
  const changed = (
    file: ExportFile,
    { changed: news, gone }: { changed: ExportedResource[]; gone: string[] },
  ): ExportFile => {
    const byUrn = new Map(news.map((each) => [each.urn, each]));
    const resources = (file.deployment.resources ?? []).filter(({ urn }) => !gone.includes(urn));
    return {
      ...file,
      deployment: { ...file.deployment, resources: resources.map((each) => byUrn.get(each.urn) ?? each) },
    };
  };
  const { hub: before, dev: spoke } = asDeployed();
  return { hub: changed(before, structuredClone(changes.hub)), dev: changed(spoke, structuredClone(changes.dev)) };
}
