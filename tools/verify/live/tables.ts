import { EKS_TABLES } from "./eks";
import { IAM_KMS_TABLES } from "./iam-kms";
import { MESSAGING_TABLES } from "./messaging";
import { NETWORK_TABLES } from "./network";
import type { LiveTable } from "./rule";
import { STORAGE_TABLES } from "./storage";

/** For every resource type that the program creates, a rule for each property of the provider's schema. */
export const LIVE_TABLES: ReadonlyMap<string, LiveTable> = new Map(
  Object.entries({ ...NETWORK_TABLES, ...EKS_TABLES, ...IAM_KMS_TABLES, ...STORAGE_TABLES, ...MESSAGING_TABLES }),
);
