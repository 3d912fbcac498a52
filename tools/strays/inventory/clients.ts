import { EC2Client, type Filter, type Tag } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { Route53Client } from "@aws-sdk/client-route-53";
import { AwsFailure, ask } from "../../io/aws";
import type { StackLocation } from "../kinds";

/** AWS, with the credentials and endpoints of the environment. */
export interface InventoryClients {
  readonly ec2: Pick<EC2Client, "send">;
  readonly eks: Pick<EKSClient, "send">;
  readonly route53: Pick<Route53Client, "send">;
  readonly tagging: Pick<ResourceGroupsTaggingAPIClient, "send">;
  /**
   * Answer of an AWS CLI command, for the services without a client here: `["iam", "list-roles"]`. Read only.
   *
   * @throws AwsFailure with the reason that the command prints
   */
  readonly cli: (words: readonly string[]) => unknown;
}

export function inventoryClients(region: string, cli: InventoryClients["cli"]): InventoryClients {
  return {
    ec2: new EC2Client({ region }),
    eks: new EKSClient({ region }),
    route53: new Route53Client({ region }),
    tagging: new ResourceGroupsTaggingAPIClient({ region }),
    cli,
  };
}

/** Tags that identify a stack's resources; the others are the same for every stack. */
export function tagsOf({ prefix, stack }: StackLocation): Record<"Project" | "Environment", string> {
  return { Project: prefix, Environment: stack };
}

/** EC2 filters for resources with the tags of a stack. */
export function tagFilters(location: StackLocation): Filter[] {
  return Object.entries(tagsOf(location)).map(([name, value]) => ({ Name: `tag:${name}`, Values: [value] }));
}

/** Whether a resource with these tags has the tags of a stack. */
export function isTagged(location: StackLocation, tags: readonly Tag[] = []): boolean {
  return Object.entries(tagsOf(location)).every(([name, value]) => tagValue(tags, name) === value);
}

/** Value of a tag; undefined if there is none. */
export function tagValue(tags: readonly Tag[] | undefined, name: string): string | undefined {
  return tags?.find(({ Key }) => Key === name)?.Value;
}

/** The tag Name; empty if there is none. */
export function nameTag(tags: readonly Tag[] | undefined): string {
  return tagValue(tags, "Name") ?? "";
}

/**
 * A field that AWS always returns, although the SDK declares it as optional.
 *
 * @throws AwsFailure if it is missing
 */
export function required<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new AwsFailure(`AWS returned no ${field}.`);
  return value;
}

/**
 * All pages of a call.
 *
 * @param call - the IAM action
 * @param request - requests the page with a token; the first one without
 * @param items - the items of a page
 */
export async function pages<Page extends { readonly NextToken?: string | undefined }, Item>(
  call: string,
  request: (page: { readonly NextToken?: string }) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const found: Item[] = [];
  let token: string | undefined;
  do {
    const next = token === undefined ? {} : { NextToken: token };
    const page = await ask(call, () => request(next));
    found.push(...(items(page) ?? []));
    token = page.NextToken === "" ? undefined : page.NextToken;
  } while (token !== undefined);
  return found;
}
