import { ALARMS } from "./alarms";
import { CLUSTER_ACCESS } from "./cluster-access";
import { DATA } from "./data";
import { NAME_RESOLUTION } from "./dns";
import { EXPOSURE } from "./exposure";
import { LOGS_AND_POLICIES } from "./logs-and-policies";
import type { Mutation } from "./mutation";
import { PLATFORM } from "./platform";
import { POLICIES } from "./policies";
import { POLICY_PRINCIPALS } from "./policy-principals";
import { ROUTES } from "./routes";
import { TRANSIT } from "./transit";

/** Changes that fail checks. */
export const MUTATIONS: readonly Mutation[] = [
  ...ROUTES,
  ...TRANSIT,
  ...NAME_RESOLUTION,
  ...EXPOSURE,
  ...LOGS_AND_POLICIES,
  ...DATA,
  ...CLUSTER_ACCESS,
  ...POLICIES,
  ...POLICY_PRINCIPALS,
  ...PLATFORM,
  ...ALARMS,
];
