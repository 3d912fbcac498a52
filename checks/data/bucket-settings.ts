import type { EstateStack } from "../../model/estate";
import { knows, text, type ModelResource } from "../../model/resource";
import type { Seen } from "../check";
import { judged, ofType } from "./rule";

const S3 = "aws:s3/";
export const BUCKET = `${S3}bucket:Bucket`;

/** Settings of a bucket that stand by themselves, by the property that names the bucket. */
export function of(stack: EstateStack, type: string, bucket: ModelResource): readonly ModelResource[] {
  return ofType(stack, `${S3}${type}`).filter((each) => text(each, "bucket") === bucket.id);
}

/** What every setting of a type says of a bucket; nothing, where a preview does not know one of them. */
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
