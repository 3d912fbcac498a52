import type { EC2Client, Filter, Tag } from "@aws-sdk/client-ec2";
import type { Route53Client } from "@aws-sdk/client-route-53";

/** AWS, as the environment's credentials and endpoints lead to it. */
export interface Clients {
  readonly ec2: EC2Client;
  readonly route53: Route53Client;
  /** Filter for what this program has made. */
  readonly ours: Filter;
}

/** Filter for what the program has made with a prefix. */
export function taggedWith(prefix: string): Filter {
  return { Name: "tag:Project", Values: [prefix] };
}

/** The Name tag, by which what AWS has made is told apart; "?" for what has none. */
export function nameOf(tags: readonly Tag[] | undefined): string {
  return tags?.find(({ Key }) => Key === "Name")?.Value ?? "?";
}
