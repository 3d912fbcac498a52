import { deploymentRoleName, roleArn } from "../../../components/names";
import type { Estate, EstateStack } from "../../model/estate";
import { evaluate } from "../../model/iam/evaluate";
import { attribute, items, text, textIn, type ModelResource, type Properties } from "../../model/resource";
import { documentIn } from "../policy-documents";
import { BUCKET, judgedBy, of } from "./bucket-settings";
import { inside, judged, ofType, type Rule } from "./rule";

const archives = (stack: EstateStack): readonly ModelResource[] =>
  stack.isHub ? ofType(stack, BUCKET).filter((bucket) => isArchive(bucket, stack)) : [];

function isArchive(bucket: ModelResource, stack: EstateStack): boolean {
  const logged = ofType(stack, "aws:ec2/flowLog:FlowLog").map((log) => text(log, "logDestination"));
  return bucket.name === `${stack.name}-logs` || logged.includes(attribute(bucket, "arn"));
}

const versionsAreKept: Rule["check"] = (stack) =>
  archives(stack).flatMap((bucket) => {
    const settings = of(stack, "bucketVersioning:BucketVersioning", bucket);
    const statuses = settings.map(({ inputs }) => textIn(inside(inputs, "versioningConfiguration"), "status"));
    const passed = statuses.length > 0 && statuses.every((status) => status === "Enabled");
    return judgedBy(
      bucket,
      settings,
      ["versioningConfiguration"],
      "has versioning enabled",
      !passed && "does not have versioning enabled",
    );
  });

/** Object Lock covers the whole retention period, so that nobody deletes logs early. */
const logsAreLocked: Rule["check"] = (stack) =>
  archives(stack).flatMap((bucket) => {
    const locks = of(stack, "bucketObjectLockConfiguration:BucketObjectLockConfiguration", bucket);
    const lifecycles = of(stack, "bucketLifecycleConfiguration:BucketLifecycleConfiguration", bucket);
    const locked = Math.min(...locks.map(({ inputs }) => daysOf(inside(inside(inputs, "rule"), "defaultRetention"))));
    const kept = Math.max(0, ...lifecycles.flatMap((each) => items(each, "rules")).map(daysOfLogs));
    const settings = [...locks, ...lifecycles];
    return judgedBy(
      bucket,
      settings,
      ["rule", "rules"],
      `locks log objects for ${String(locked)} days`,
      [
        locks.length === 0 || locked === 0 ? "has no Object Lock retention" : "",
        locked > 0 && locked < kept
          ? `locks log objects for ${String(locked)} days, but keeps them for ${String(kept)}`
          : "",
      ].join(""),
    );
  });

/** Days of a retention; 0 if it locks nothing. */
function daysOf(retention: Properties): number {
  if (!["GOVERNANCE", "COMPLIANCE"].includes(textIn(retention, "mode"))) return 0;
  return Number(retention["days"] ?? 0) + 365 * Number(retention["years"] ?? 0);
}

/** Days after which a lifecycle rule expires logs; 0 if it does not apply to logs. */
function daysOfLogs(rule: Properties): number {
  const prefix = textIn(inside(rule, "filter"), "prefix");
  return "AWSLogs/".startsWith(prefix) ? Number(inside(rule, "expiration")["days"] ?? 0) : 0;
}

const ON_LOGS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"].concat([
  "s3:BypassGovernanceRetention",
  "s3:PutObjectRetention",
]);

/** The deployment role, which manages the archive, can neither read nor change logs. */
const deploymentsTouchNoLog: Rule["check"] = (stack, all) =>
  archives(stack).flatMap((bucket) => {
    const principal = roleArn(accountOf(stack, all), deploymentRoleName(all.project, stack.name));
    const policies = of(stack, "bucketPolicy:BucketPolicy", bucket).map((each) => documentIn(each, "policy"));
    // A policy that is not known yet may deny.
    if (policies.includes(undefined)) return [];
    const isDenied = (action: string): boolean =>
      policies.some(
        (policy) =>
          policy !== undefined &&
          evaluate(policy, {
            ...{ principal, action, resource: `${attribute(bucket, "arn")}/AWSLogs/log` },
            context: { "aws:PrincipalArn": principal, "aws:SecureTransport": "true" },
          }) === "denied",
      );
    const open = ON_LOGS.filter((action) => !isDenied(action));
    return judged(bucket, [], "denies the deployment role access to logs", [
      open.length > 0 && `does not deny the deployment role ${open.join(", ")}`,
    ]);
  });

function accountOf({ name }: EstateStack, { register }: Estate): string {
  return register.find((network) => network.name === name)?.account ?? "";
}

export const ARCHIVE_RULES: readonly Rule[] = [
  { source: "Retaining multiple versions of objects with S3 Versioning", check: versionsAreKept },
  { source: "Locking objects with Object Lock", check: logsAreLocked },
  { source: "Bucket policies for Amazon S3", check: deploymentsTouchNoLog },
];
