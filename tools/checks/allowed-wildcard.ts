import { bucketsIn, type BucketSource } from "../../components/facts/s3-endpoint-buckets";
import { hasWildcard } from "../model/iam/matching";
import { knows, text, type ModelResource } from "../model/resource";

/** An allowlisted wildcard: a statement, and the reason that it cannot be narrower. */
export interface HeldWildcard {
  /** Type of the resource that has the policy. */
  readonly type: string;
  /** Its logical name, without the network's name as prefix. */
  readonly name: RegExp;
  /** Sid of the statement; empty: it has none. */
  readonly sid: string;
  /** What may be open: Principal, Action, Resource, and dangerous actions by name. */
  readonly open: readonly string[];
  /** Patterns of the allowed actions. */
  readonly actions: readonly string[];
  /** Whether a resource is allowed. @default all are */
  readonly resources?: (placed: ModelResource) => (resource: string) => boolean;
  /** Condition keys that must restrict it, or their equivalents for an organization. */
  readonly conditions: readonly string[];
  readonly reason: string;
}

/** Only resources without a wildcard: an ARN, or its placeholder in a plan. */
export const named = (): ((resource: string) => boolean) => (resource) => !hasWildcard(resource);

/** Only objects in the third-party buckets that the program lists for the endpoint's Region. */
export const listedBuckets =
  (lists: readonly BucketSource[]) =>
  (endpoint: ModelResource): ((resource: string) => boolean) => {
    // A preview may not know the Region yet.
    if (!knows(endpoint, "serviceName")) return () => true;
    const [, region = ""] = /^com\.amazonaws\.(.+)\.s3$/.exec(text(endpoint, "serviceName")) ?? [];
    const buckets = bucketsIn(region, lists).map(({ bucket }) => `arn:aws:s3:::${bucket}/*`);
    return (resource) => buckets.includes(resource);
  };
