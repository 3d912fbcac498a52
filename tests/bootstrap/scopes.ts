import { deploymentNames, policyArn } from "../../bootstrap/identities";
import type { Deployment } from "../../bootstrap/deployment-policy";
import type { Scope } from "../../bootstrap/grants";

export const HUB_ACCOUNT = "111111111111";
export const DEV_ACCOUNT = "222222222222";
export const REGION = "ap-southeast-3";
/** An administrator of dev's cluster. */
export const OPS = `arn:aws:iam::${DEV_ACCOUNT}:role/ops`;

const scope = (stack: string, account: string): Scope => ({
  stack,
  account,
  region: REGION,
  boundaryArn: policyArn(account, deploymentNames(stack).boundary),
});

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
