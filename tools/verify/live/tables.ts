import { EKS_TABLES } from "./eks";
import { NETWORK_TABLES } from "./network";
import type { LiveTable } from "./rule";
import { SERVICE_TABLES } from "./services";
import { STORAGE_TABLES } from "./storage";

/** For every resource type that the program creates, a rule for each property of the provider's schema. */
export const LIVE_TABLES: ReadonlyMap<string, LiveTable> = new Map(
  Object.entries({ ...NETWORK_TABLES, ...EKS_TABLES, ...SERVICE_TABLES, ...STORAGE_TABLES }),
);
