import type { Network } from "./settings";

/** Sentences about a register that is allowed and may still surprise. */
export function sharedAccountWarnings(networks: readonly Network[]): string[] {
  const accounts = [...new Set(networks.map(({ account }) => account))];
  return accounts.flatMap((account) => {
    const sharing = networks.filter((network) => network.account === account);
    if (sharing.length === 1) return [];
    const names = sharing.map(({ name }) => `networks.${name}`).join(" and ");
    return `${names} are in one account, ${account}: they share its quotas, and who may change one may change both`;
  });
}

/** Sentences about a hub's configuration that is allowed and has no effect. */
export function hubWarnings(settings: { readonly oneNatPerAz: boolean }): string[] {
  return settings.oneNatPerAz ? ["one-nat-per-az is true, which changes nothing: the hub has no NAT gateway"] : [];
}
