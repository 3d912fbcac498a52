import type { StackResources } from "../../model/stacks";
import { knows, text, type ModelResource } from "../../model/resource";
import type { Seen } from "../check";
import { judged, ofType } from "./rule";

const S3 = "aws:s3/";
export const BUCKET = `${S3}bucket:Bucket`;

/** Separate settings resources of a bucket. */
export function of(stack: StackResources, type: string, bucket: ModelResource): readonly ModelResource[] {
  return ofType(stack, `${S3}${type}`).filter((each) => text(each, "bucket") === bucket.id);
}

/** The observation about a bucket from its settings; nothing if a preview does not know one of them. */
export function judgedBy(
  bucket: ModelResource,
  settings: readonly ModelResource[],
  reads: readonly string[],
  kept: string,
  fault: string | false,
): Seen[] {
  const areKnown = settings.every((each) => reads.every((property) => knows(each, property)));
  return areKnown ? judged(bucket, [], kept, [fault]) : [];
}
