import type { Kind } from "./kinds";

/** Something that exists in AWS. */
export interface Item {
  readonly kind: Kind;
  /** Id by which Pulumi imports it, which is AWS's own for most: `vpc-0abc`, `PREFIX-dev:coredns`. */
  readonly id: string;
  /** Undefined where AWS gives none. */
  readonly arn?: string | undefined;
  /** Name tag, or the name where it has one; empty where it has neither. */
  readonly name: string;
  /** ISO 8601; undefined where AWS does not tell. */
  readonly created?: string | undefined;
  /** Whether it carries the tags of the stack's resources; else it was found by the VPC that it is in. */
  readonly tagged: boolean;
  /** VPC that it is in or of; undefined for what is in none. */
  readonly vpc?: string | undefined;
  /** IPv4 block of a VPC or a subnet. */
  readonly cidr?: string | undefined;
  /** EKS cluster that made it or that it is a part of, by name. */
  readonly cluster?: string | undefined;
  /** Ids of the associations of a route table with subnets. */
  readonly associations?: readonly string[] | undefined;
  /** Subnet and route table of an association, route table and destination of a route. */
  readonly subnet?: string | undefined;
  readonly routeTable?: string | undefined;
  readonly destination?: string | undefined;
}

/** Where a stack is. */
export interface Place {
  /** What names in AWS begin with, and the tag Project. */
  readonly prefix: string;
  readonly stack: string;
  /** AWS account, 12 digits. */
  readonly account: string;
  readonly region: string;
}
