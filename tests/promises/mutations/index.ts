import { DOORS } from "./doors";
import { INSIDE } from "./inside";
import { LOGS_AND_POLICIES } from "./logs-and-policies";
import type { Mutation } from "./mutation";
import { NAMES } from "./names";
import { ROUTES } from "./routes";
import { STRANGERS } from "./strangers";
import { TRANSIT } from "./transit";

/** Changes that matter. */
export const MUTATIONS: readonly Mutation[] = [
  ...[...ROUTES, ...TRANSIT, ...INSIDE],
  ...[...NAMES, ...DOORS, ...STRANGERS, ...LOGS_AND_POLICIES],
];
