import * as pulumi from "@pulumi/pulumi";
import { decodeSettings, rawConfig } from "../components/settings/decode";
import type { AlarmSettings, Connections, DnsFirewall, Site } from "../components/settings/settings";
import type { AccountMapEntry, ClusterAccess } from "../tools/model/resource";

/** The configuration of a previewed stack, as the policies need it. */
export interface PreviewedStack {
  /** Name of the Pulumi project. */
  readonly project: string;
  readonly name: string;
  readonly isHub: boolean;
  readonly addressSpace: string;
  /** The account map. */
  readonly accountMap: readonly AccountMapEntry[];
  /** The spokes that reach each other. */
  readonly connections: Connections;
  /** Whether a firewall inspects traffic. */
  readonly inspection: boolean;
  /** The external sites. */
  readonly sites: readonly Site[];
  /** Whether the transit gateway has flow logs; for a spoke false. */
  readonly transitFlowLogs: boolean;
  /** DNS Firewall of its VPC; undefined: none. */
  readonly dnsFirewall: DnsFirewall | undefined;
  /** ARNs of the organizations and OUs that the hub is shared with; a spoke's configuration does not have them. */
  readonly shareWith: readonly string[];
  /** Who has access to its cluster; for the hub, nobody. */
  readonly access: ClusterAccess;
  /** Its alarms. */
  readonly alarms: AlarmSettings;
  /** Whether deletion protection is on. */
  readonly protect: boolean;
}

/** The configuration as the engine passes it to programs and policy packs: with defaults, environments and `--config`. */
interface EngineConfig {
  readonly stack: string;
  readonly project: string;
  /** `namespace:key` to text. */
  readonly config: Readonly<Record<string, string>>;
}

/**
 * Reads the configuration of the stack that the engine previews.
 *
 * @throws Error if the engine passes no configuration, because passing silently would look like approval
 */
export function readPreviewedStack(): PreviewedStack {
  return decodeStack({
    stack: pulumi.getStack(),
    project: pulumi.getProject(),
    config: pulumi.runtime.allConfig(),
  });
}

/**
 * Decodes the configuration of a stack, which the program has already validated.
 *
 * @throws Error if it has no account map
 */
export function decodeStack({ stack, project, config }: EngineConfig): PreviewedStack {
  if (config[`${project}:networks`] === undefined) {
    throw new Error(
      `the policies received no configuration of ${stack}: ${project}:networks is missing; ` +
        "run pulumi preview --policy-pack policy on a stack of this project",
    );
  }
  const settings = decodeSettings(rawConfig(stack, project, config));
  const { role, addressSpace, networks: accountMap, connections, sites, dnsFirewall, alarms, protect } = settings;
  const shareWith = settings.role === "hub" ? settings.shareWith : [];
  const access =
    settings.role === "hub"
      ? { administrators: [], publicCidrs: [], internetLoadBalancers: false }
      : {
          administrators: settings.clusterAdmins,
          publicCidrs: settings.clusterPublicAccessCidrs,
          internetLoadBalancers: settings.internetLoadBalancers,
        };
  return {
    project,
    name: stack,
    isHub: role === "hub",
    addressSpace,
    accountMap,
    connections,
    inspection: settings.role === "hub" && settings.inspection.enabled,
    sites,
    transitFlowLogs: settings.role === "hub" && settings.transitFlowLogs,
    dnsFirewall,
    shareWith,
    access,
    alarms,
    protect,
  };
}
