import { EC2Client } from "@aws-sdk/client-ec2";
import { Route53Client } from "@aws-sdk/client-route-53";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Common } from "../common";
import type { Cloud } from "../facts";
import { taggedWith } from "./clients";
import { leftovers } from "./leftovers";
import { seenNetwork } from "./network";
import { seenTransit } from "./transit";

/** AWS, asked of the networks of a run. */
export function cloudOf(common: Common): Cloud {
  const { region, prefix } = common;
  const clients = { ec2: new EC2Client({ region }), route53: new Route53Client({ region }), ours: taggedWith(prefix) };
  return {
    network: (name) => seenNetwork(clients, name, region),
    transit: () => seenTransit(clients),
    leftovers: () => leftovers(clients, common),
  };
}

/** Account of the credentials. */
export async function callerAccount(region: string): Promise<string> {
  const { Account } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
  if (Account === undefined) throw new Error("GetCallerIdentity names no account");
  return Account;
}
