import { ADMISSIONS } from "./admissions";
import { CLUSTER_ACCESS } from "./cluster-access";
import { DATA } from "./data";
import { DOORS } from "./doors";
import { LOGS_AND_POLICIES } from "./logs-and-policies";
import type { Mutation } from "./mutation";
import { NAMES } from "./names";
import { POLICIES } from "./policies";
import { ROUTES } from "./routes";
import { TRANSIT } from "./transit";

/** Changes that matter. */
export const MUTATIONS: readonly Mutation[] = [
  ...ROUTES,
  ...TRANSIT,
  ...NAMES,
  ...DOORS,
  ...LOGS_AND_POLICIES,
  ...DATA,
  ...CLUSTER_ACCESS,
  ...POLICIES,
  ...ADMISSIONS,
];
