import type { Network } from "./settings";

/** Sentences about networks that share an account, which is allowed and may still surprise. The hub alone shows them. */
export function sharedAccountWarnings(networks: readonly Network[]): string[] {
  const accounts = [...new Set(networks.map(({ account }) => account))];
  return accounts.flatMap((account) => {
    const sharing = networks.filter((network) => network.account === account);
    if (sharing.length === 1) return [];
    const names = sharing.map(({ name }) => `networks.${name}`).join(" and ");
    return `${names} are in one account, ${account}: they share its quotas, and whoever may change one may change both`;
  });
}

export interface HubChoices {
  readonly oneNatPerAz: boolean;
  readonly protect: boolean;
  readonly spokes: readonly Network[];
}

/** Sentences about a hub's configuration that is allowed and may still surprise. */
export function hubWarnings({ oneNatPerAz, protect, spokes }: HubChoices): string[] {
  const names = spokes.map(({ name }) => name).join(", ");
  return [
    ...(oneNatPerAz ? ["one-nat-per-az is true, which changes nothing: the hub has no NAT gateway"] : []),
    ...(!protect && spokes.length > 0
      ? [
          "protect is false, so pulumi destroy would delete the hub: " +
            `destroy the spokes first, which lose DNS, images and their log archive without it (${names})`,
        ]
      : []),
  ];
}

export interface ClusterChoices {
  readonly cluster: boolean;
  readonly clusterAdmins: readonly string[];
}

/** Sentences about a spoke's configuration that is allowed and may still surprise. */
export function spokeWarnings({ cluster, clusterAdmins }: ClusterChoices): string[] {
  return cluster && clusterAdmins.length === 0
    ? ["cluster-admins is empty: nobody can use kubectl in the cluster; list the ARNs of the IAM roles that may"]
    : [];
}
