import { ADMISSIONS } from "./admissions";
import { CLUSTER_ACCESS } from "./cluster-access";
import { DATA } from "./data";
import { DOORS } from "./doors";
import { INSIDE } from "./inside";
import { LOGS_AND_POLICIES } from "./logs-and-policies";
import type { Mutation } from "./mutation";
import { NAMES } from "./names";
import { POLICIES } from "./policies";
import { ROUTES } from "./routes";
import { STRANGERS } from "./strangers";
import { TRANSIT } from "./transit";

/** Changes that matter. */
export const MUTATIONS: readonly Mutation[] = [
  ...ROUTES,
  ...TRANSIT,
  ...INSIDE,
  ...NAMES,
  ...DOORS,
  ...STRANGERS,
  ...LOGS_AND_POLICIES,
  ...DATA,
  ...CLUSTER_ACCESS,
  ...POLICIES,
  ...ADMISSIONS,
];
