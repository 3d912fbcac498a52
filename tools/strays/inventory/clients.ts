import { spawnSync } from "node:child_process";
import { EC2Client, type Filter, type Tag } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { Route53Client } from "@aws-sdk/client-route-53";
import { ask, AwsFailure } from "../../io/aws";
import { UserError } from "../../io/errors";
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

/**
 * All pages of a call.
 *
 * @param call - the IAM action
 * @param request - requests the page with a token; the first one without
 * @param items - the items of a page
 * @param next - the token of the page after a page; empty or undefined after the last one
 */
export async function pages<Page, Item>(
  call: string,
  request: (token: string | undefined) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  next: (page: Page) => string | undefined,
): Promise<Item[]> {
  const found: Item[] = [];
  let token: string | undefined;
  do {
    const page = await ask(call, () => request(token));
    found.push(...(items(page) ?? []));
    token = next(page);
  } while (token !== undefined && token !== "");
  return found;
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

/** The result of an external command. */
export interface CommandResult {
  /** Undefined if the program is not installed. */
  readonly code: number | null | undefined;
  readonly out: string;
  readonly err: string;
}

export type RunCommand = (command: "aws" | "pulumi", words: readonly string[]) => CommandResult;

/** Enough for an export of a large stack, or the roles of a large account. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Runs a command and waits for it. */
export const runCommand: RunCommand = (command, words) => {
  const { status, stdout, stderr, error } = spawnSync(command, words, { encoding: "utf8", maxBuffer: MAX_BYTES });
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return { code: undefined, out: "", err: "" };
  if (error !== undefined) throw error;
  return { code: status, out: stdout, err: stderr };
};

/**
 * The JSON output of an AWS CLI command.
 *
 * @throws AwsFailure if the AWS CLI is not installed, or if the command fails
 */
export function awsCli(run: RunCommand, words: readonly string[]): unknown {
  const { code, out, err } = run("aws", [...words, "--output", "json"]);
  if (code === undefined) {
    throw new AwsFailure(
      "The AWS CLI is not on the PATH. It is needed to list IAM roles, log groups and KMS keys: install it.",
    );
  }
  if (code !== 0) throw new AwsFailure(`aws ${words.join(" ")} failed: ${lastLine(err)}`);
  return JSON.parse(out === "" ? "{}" : out);
}

/**
 * The output of `pulumi stack export`.
 *
 * @throws UserError if the Pulumi CLI is not installed, or if the command fails
 */
export function stackExport(run: RunCommand, stack: string): string {
  const instead = `or pass an export with --export FILE`;
  const { code, out, err } = run("pulumi", ["stack", "export", "--stack", stack, "--non-interactive"]);
  if (code === undefined) throw new UserError(`The Pulumi CLI is not on the PATH. Install it, ${instead}.`);
  if (code !== 0)
    throw new UserError(`pulumi stack export --stack ${stack} failed: ${lastLine(err)} Fix that, ${instead}.`);
  return out;
}

function lastLine(text: string): string {
  const line = text.trim().split("\n").pop()?.trim() ?? "";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
