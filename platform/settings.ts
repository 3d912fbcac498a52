import { Faults, type Rule } from "../components/settings/faults";
import { Fields, refuseUnknownKeys } from "../components/settings/fields";
import { decodeNamespaces, type NamespaceSettings } from "./namespace-settings";
import { decodeNodePools, type NodePoolSettings } from "./node-pool-settings";

/** Every key of the project's namespace, as `platform/Pulumi.yaml` declares them. */
export const PLATFORM_KEYS = ["spoke-stack", "node-pools", "namespaces", "protect"] as const;

type PlatformKey = (typeof PLATFORM_KEYS)[number];

/** The validated configuration of a stack of the platform. Plain values only: they decide which resources exist. */
export interface PlatformSettings {
  /** Name of the stack, which is the name of the spoke's network. */
  readonly stack: string;
  /** Stack of the spoke, `ORG/PROJECT/STACK`; undefined: the network's project, with this stack's name. */
  readonly spokeStack: string | undefined;
  /** Sorted by name; empty: no nodes for applications. */
  readonly nodePools: readonly NodePoolSettings[];
  /** Sorted by name. */
  readonly namespaces: readonly NamespaceSettings[];
  /** Whether to protect what a mistaken delete would lose: the namespaces. */
  readonly protect: boolean;
}

export interface RawPlatformConfig {
  readonly stack: string;
  /** Name of the project, the namespace of the keys. */
  readonly project: string;
  /** Values by key without its namespace, as text: `true`, and lists and objects as JSON. */
  readonly values: Readonly<Record<string, string>>;
}

/** Full name of a Pulumi stack, or nothing. */
const spokeStackRule: Rule = (text) =>
  /^(?:[\w.-]+\/[\w.-]+\/[\w.-]+)?$/.test(text)
    ? undefined
    : "must be ORG/PROJECT/STACK, or empty for the stack of the network's project that has the same name";

/**
 * Reads and validates the configuration of a stack.
 *
 * @throws ConfigurationError that lists every fault
 */
export function decodePlatformSettings({ stack, project, values }: RawPlatformConfig): PlatformSettings {
  const faults = new Faults();
  const fields = new Fields<PlatformKey>(values, faults);
  const spokeStack = fields.string("spoke-stack", spokeStackRule);
  const readings = [
    {
      nodePools: decodeNodePools(fields.object("node-pools"), faults),
      namespaces: decodeNamespaces(fields.object("namespaces"), faults),
      protect: fields.boolean("protect"),
    },
  ] as const;
  refuseUnknownKeys(values, project, faults, PLATFORM_KEYS);
  const [keys] = faults.refuseOr(stack, readings);
  return { stack, spokeStack: spokeStack === "" ? undefined : spokeStack, ...keys };
}
