import { deploymentNames, policyArn } from "../../../delivery/identities";
import type { Deployment } from "../../../delivery/bootstrap/deployment-policy";
import type { Scope } from "../../../delivery/bootstrap/grants";
import { type Naming, OWN_TAG_KEYS } from "../../../components/names";

export const HUB_ACCOUNT = "111111111111";
export const DEV_ACCOUNT = "222222222222";
export const REGION = "ap-southeast-3";
/** An administrator of dev's cluster. */
export const OPS = `arn:aws:iam::${DEV_ACCOUNT}:role/ops`;

/** Names of the fixture project. */
const NAMING: Naming = { project: "piksel-network", prefix: "piksel" };

const scope = (stack: string, account: string): Scope => ({
  ...NAMING,
  tagKeys: OWN_TAG_KEYS,
  stack,
  account,
  region: REGION,
  boundaryArn: policyArn(account, deploymentNames(NAMING.project, stack).boundary),
});

/** The same stack in a project with other names and one more tag. */
export function renamed<T extends Deployment>(deployment: T): T {
  const { stack, account } = deployment;
  const project = "acme-platform";
  const boundaryArn = policyArn(account, deploymentNames(project, stack).boundary);
  return { ...deployment, project, prefix: "acme-net", tagKeys: [...OWN_TAG_KEYS, "CostCenter"], boundaryArn };
}

/** Tags of what the program has made in a stack. */
export function tagsOf({ prefix, stack, tagKeys }: Deployment): Readonly<Record<string, string>> {
  const known: Readonly<Record<string, string>> = { Project: prefix, Environment: stack };
  return Object.fromEntries(tagKeys.map((key) => [key, known[key] ?? "any"]));
}

/** The hub as it is most of the time, and while an administrator lets its archive be changed. */
export const hub: Extract<Deployment, { role: "hub" }> = {
  ...scope("hub", HUB_ACCOUNT),
  role: "hub",
  archiveChanges: false,
};
export const hubOnFirstUpdate: typeof hub = { ...hub, archiveChanges: true };

export const dev: Extract<Deployment, { role: "spoke" }> = {
  ...scope("dev", DEV_ACCOUNT),
  role: "spoke",
  hubAccount: HUB_ACCOUNT,
  clusterAdmins: [OPS],
};

/** Everything that is deployed, by name. */
export const DEPLOYMENTS = { hub, "hub on its first update": hubOnFirstUpdate, dev } as const;
