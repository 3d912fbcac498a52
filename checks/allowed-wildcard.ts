import { bucketsIn, type BucketSource } from "../components/network/s3-endpoint-buckets";
import { hasWildcard } from "../model/iam/pattern";
import { knows, text, type ModelResource } from "../model/resource";

/** A statement that is wider than a name, and why AWS leaves no narrower one. */
export interface HeldWildcard {
  /** Type of the resource that the policy stands in. */
  readonly type: string;
  /** Its name, without the network's in front. */
  readonly name: RegExp;
  /** Statement; empty: one without an id. */
  readonly sid: string;
  /** What is open, of Principal, Action and Resource, and dangerous actions by their names. */
  readonly open: readonly string[];
  /** Patterns of the actions that it may have. */
  readonly actions: readonly string[];
  /** Whether it may have a resource. @default all */
  readonly resources?: (placed: ModelResource) => (resource: string) => boolean;
  /** Condition keys that must close it again, each with values, or with what says the same of an organization. */
  readonly conditions: readonly string[];
  readonly reason: string;
}

/** Resources by name, without a wildcard: an ARN, or what stands for one in a plan. */
export const named = (): ((resource: string) => boolean) => (resource) => !hasWildcard(resource);

/** Objects of the buckets of others that the program lists for the endpoint's region. */
export const listedBuckets =
  (lists: readonly BucketSource[]) =>
  (endpoint: ModelResource): ((resource: string) => boolean) => {
    // A preview may not know the Region yet.
    if (!knows(endpoint, "serviceName")) return () => true;
    const [, region = ""] = /^com\.amazonaws\.(.+)\.s3$/.exec(text(endpoint, "serviceName")) ?? [];
    const buckets = bucketsIn(region, lists).map(({ bucket }) => `arn:aws:s3:::${bucket}/*`);
    return (resource) => buckets.includes(resource);
  };
