import { deploymentNames, policyArn } from "../../bootstrap/identities";
import type { Deployment } from "../../bootstrap/deployment-policy";

export const HUB_ACCOUNT = "111111111111";
export const DEV_ACCOUNT = "222222222222";
export const REGION = "ap-southeast-3";

function deployment(stack: string, account: string, hubAccount: string | undefined): Deployment {
  return {
    stack,
    account,
    region: REGION,
    boundaryArn: policyArn(account, deploymentNames(stack).boundary),
    hubAccount,
  };
}

export const hub = deployment("hub", HUB_ACCOUNT, undefined);
export const dev = deployment("dev", DEV_ACCOUNT, HUB_ACCOUNT);
