import type { Kind } from "./kinds";

/** A resource that exists in AWS. */
export interface Item {
  readonly kind: Kind;
  /** Id by which Pulumi imports it, which is AWS's own for most: `vpc-0abc`, `PREFIX-dev:coredns`. */
  readonly id: string;
  /** Undefined if it has none. */
  readonly arn?: string | undefined;
  /** Name tag, or its name; empty if it has neither. */
  readonly name: string;
  /** ISO 8601; undefined if AWS does not return it. */
  readonly created?: string | undefined;
  /** Whether it has the tags of the stack; otherwise it was found through its VPC. */
  readonly tagged: boolean;
  /** Its VPC; undefined: none. */
  readonly vpc?: string | undefined;
  /** IPv4 CIDR of a VPC or a subnet. */
  readonly cidr?: string | undefined;
  /** Name of the EKS cluster that created it or that it belongs to. */
  readonly cluster?: string | undefined;
  /** Ids of the associations of a route table with subnets. */
  readonly associations?: readonly string[] | undefined;
  /** Subnet and route table of an association, route table and destination of a route. */
  readonly subnet?: string | undefined;
  readonly routeTable?: string | undefined;
  readonly destination?: string | undefined;
}

/** Account and Region of a stack. */
export interface Place {
  /** What names in AWS begin with, and the tag Project. */
  readonly prefix: string;
  readonly stack: string;
  /** AWS account, 12 digits. */
  readonly account: string;
  readonly region: string;
}
