import type { Project } from "../../../tools/planner/project/project";
import changes from "../../fixtures/exports/changed-in-the-console.json";
import dev from "../../fixtures/exports/dev.json";
import hub from "../../fixtures/exports/hub.json";
import { project, withConfig, withNetworks } from "../../support/plans";
import type { Export, Raw } from "./running";

/**
 * The configuration that the fixtures are of: a hub in two Availability Zones and a spoke without a cluster, deployed by the real
 * engine and refreshed. The exports leave out what is not read: stack traces, dependencies, outputs of components, outputs
 * that are empty, all tags together with the provider's default ones, and the cipher text of secrets.
 */
export const recordedProject: Project = withConfig(
  withConfig(
    withNetworks(project, {
      hub: { cidr: "10.0.0.0/16", account: "123456789012" },
      dev: { cidr: "10.1.0.0/16", account: "123456789012" },
    }),
    "hub",
    { "az-count": 2 },
  ),
  "dev",
  { cluster: false },
);

/** What the engine exported after the deployment and a refresh. */
export function asDeployed(): Record<"hub" | "dev", Export> {
  return { hub: structuredClone(hub), dev: structuredClone(dev) };
}

/**
 * What it exported after changes were made behind its back, by calls of AWS's API, and another refresh:
 *
 * - in dev a route to prod's block in dev-private-1, and the route to the hub in dev-private-2 deleted; SSH from
 *   everywhere in the default security group; DNS host names off; one tag changed and another one added; a foreign
 *   account in the S3 endpoint's policy, and one more route table for it
 * - in the hub SSH from everywhere in the endpoints' group; two policies that allow everything on the role that dev takes
 *   there; public ACLs no longer blocked on the log archive
 */
export function changedInTheConsole(): Record<"hub" | "dev", Export> {
  const changed = (file: Export, { changed: news, gone }: { changed: Raw[]; gone: string[] }): Export => {
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
