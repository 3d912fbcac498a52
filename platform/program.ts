import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { PlatformContract } from "../components/platform-contract";
import { ConfigurationError } from "../components/settings/faults";
import { contextName } from "./access";
import { tagFaults } from "./load-balancing";
import { autoModeFaults } from "./node-pool-settings";
import { Platform } from "./platform";
import type { PlatformSettings } from "./settings";

/**
 * Registers the resources of a stack and returns its outputs. It reads neither files nor the environment.
 *
 * @throws RunError for a configuration that the spoke's cluster cannot have
 */
export function deployPlatform(settings: PlatformSettings, contract: PlatformContract): Record<string, unknown> {
  const faults = [
    ...(contract.autoMode === undefined ? [] : autoModeFaults(settings.nodePools)),
    ...(contract.karpenter === undefined ? [] : tagFaults(contract.tags)),
  ];
  if (faults.length > 0) throw new pulumi.RunError(new ConfigurationError(settings.stack, faults).message);
  const provider = clusterProvider(contract);
  new Platform(contract.network, { settings, contract }, { providers: [provider] });
  return {
    clusterName: contract.clusterName,
    namespaces: settings.namespaces.map(({ name }) => name),
  };
}

/**
 * The provider of all resources of the stack.
 *
 * Its inputs are the same on every machine, so a preview on another machine is empty. Therefore the kubeconfig is not one
 * of them: an empty text counts as none, so the plugin reads the kubeconfig of its environment. Other settings are set
 * because the SDK would take them from environment variables.
 */
function clusterProvider(contract: PlatformContract): Provider {
  return new Provider("kubernetes", {
    // Another cluster replaces all resources. A change of any other setting replaces none.
    clusterIdentifier: contract.clusterArn,
    kubeconfig: "",
    // A destroy and a refresh do not run this program, which compares certificates. They fail where this context is absent.
    context: contextName(contract),
    namespace: "default",
    enableServerSideApply: true,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
    enablePatchForce: false,
    upsertExistingObjects: false,
    // Resources of a cluster that cannot be reached are never removed from the state.
    deleteUnreachable: false,
    skipUpdateUnreachable: false,
    suppressDeprecationWarnings: false,
    suppressHelmHookWarnings: false,
  });
}
