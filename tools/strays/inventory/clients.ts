import { EC2Client, type Filter, type Tag } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { Route53Client } from "@aws-sdk/client-route-53";
import { ask } from "../../io/aws";
import type { Place } from "../item";

/** AWS, as the environment's credentials and endpoints lead to it. */
export interface Clients {
  readonly ec2: Pick<EC2Client, "send">;
  readonly eks: Pick<EKSClient, "send">;
  readonly route53: Pick<Route53Client, "send">;
  readonly tagging: Pick<ResourceGroupsTaggingAPIClient, "send">;
  /**
   * Answer of an AWS CLI command, for the services without a client here: `["iam", "list-roles"]`. Read only.
   *
   * @throws AwsFailure with the command's own reason
   */
  readonly cli: (words: readonly string[]) => unknown;
}

export function clientsOf(region: string, cli: Clients["cli"]): Clients {
  return {
    ec2: new EC2Client({ region }),
    eks: new EKSClient({ region }),
    route53: new Route53Client({ region }),
    tagging: new ResourceGroupsTaggingAPIClient({ region }),
    cli,
  };
}

/** Tags by which a stack's resources are known; the others say the same of every stack. */
export function tagsOf({ prefix, stack }: Place): Record<"Project" | "Environment", string> {
  return { Project: prefix, Environment: stack };
}

/** EC2 filters for what carries the tags of a stack. */
export function taggedWith(place: Place): Filter[] {
  return Object.entries(tagsOf(place)).map(([name, value]) => ({ Name: `tag:${name}`, Values: [value] }));
}

/** Whether something carries the tags of a stack. */
export function isTagged(place: Place, tags: readonly Tag[] = []): boolean {
  return Object.entries(tagsOf(place)).every(([name, value]) => valueOf(tags, name) === value);
}

/** Value of a tag; empty where there is none. */
export function valueOf(tags: readonly Tag[] | undefined, name: string): string {
  return tags?.find(({ Key }) => Key === name)?.Value ?? "";
}

/**
 * All pages of a call.
 *
 * @param call the action as IAM names it
 * @param request asks for the page of a token, for the first one without
 * @param items of a page
 */
export async function pages<Page extends { readonly NextToken?: string | undefined }, Item>(
  call: string,
  request: (page: { readonly NextToken?: string }) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const found: Item[] = [];
  let token: string | undefined;
  do {
    const asked: { readonly NextToken?: string } = token === undefined ? {} : { NextToken: token };
    const page = await ask(call, () => request(asked));
    found.push(...(items(page) ?? []));
    token = page.NextToken === "" ? undefined : page.NextToken;
  } while (token !== undefined);
  return found;
}
