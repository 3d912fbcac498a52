import { Address4 } from "ip-address";
import { VPC_PREFIX } from "../../components/address-plan";
import { networkCidrRule, overlaps } from "../../components/settings/cidrs";
import type { Network } from "../../components/settings/settings";
import type { Json } from "./engine/wire";
import type { StackPlan } from "./plan";
import type { Project, StackConfig } from "./project/project";

/** A network that the register could take in. */
export interface NewNetwork {
  /** Of no stack and no network yet. */
  readonly name: string;
  /** What all stacks must agree on, with the network in its register. */
  readonly shared: StackConfig;
}

/** Keys besides the register whose value is the same in every stack. */
const SHARED = ["address-space", "domain", "prefix", "kubernetes-service-cidr"];
const NAME = "new-spoke";
const LAST_ACCOUNT = 999_999_999_999;

/** One more spoke, at the first free CIDR of the address space; undefined when there is none. */
export function newNetwork(project: Project, hub: StackPlan): NewNetwork | undefined {
  const ours = (key: string): string => `${project.name}:${key}`;
  const taken = hub.settings.networks;
  const cidr = freeBlock(
    hub.settings,
    taken.map((network) => new Address4(network.cidr)),
  );
  if (cidr === undefined) return undefined;
  const name = first(
    (n) => (n === 0 ? NAME : `${NAME}-${String(n + 1)}`),
    (each) => taken.every((network) => network.name !== each) && !(each in project.stacks),
  );
  const account = first(
    (n) => String(LAST_ACCOUNT - n),
    (each) => taken.every((network) => network.account !== each),
  );
  const networks = accountMap([...taken, { name, cidr, account }]);
  const same = SHARED.flatMap((key) => {
    const value = hub.config[ours(key)];
    return value === undefined ? [] : [[ours(key), value] as const];
  });
  return { name, shared: { ...Object.fromEntries(same), [ours("networks")]: networks } };
}

/** Networks in the form of the key `networks`. */
export function accountMap(networks: readonly Network[]): Record<string, Json> {
  return Object.fromEntries(networks.map(({ name, cidr, account }) => [name, { cidr, account }]));
}

function freeBlock(
  { addressSpace, kubernetesServiceCidr }: StackPlan["settings"],
  taken: readonly Address4[],
): string | undefined {
  const space = new Address4(addressSpace);
  const isAllowed = networkCidrRule({ addressSpace, kubernetesServiceCidr });
  const count = 2 ** (VPC_PREFIX - space.subnetMask);
  const blocks = Array.from({ length: count }, (_, index) => {
    const start = space.startAddress().offset(index * 2 ** (32 - VPC_PREFIX));
    return `${start.correctForm()}/${String(VPC_PREFIX)}`;
  });
  return blocks.find(
    (block) => isAllowed(block) === undefined && !taken.some((other) => overlaps(new Address4(block), other)),
  );
}

/** First of the texts numbered from 0 that will do. */
function first(text: (n: number) => string, willDo: (text: string) => boolean): string {
  for (let n = 0; ; n += 1) if (willDo(text(n))) return text(n);
}
