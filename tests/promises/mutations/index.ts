import { DATA_AND_ACCESS } from "./data-and-access";
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
  ...DATA_AND_ACCESS,
  ...POLICIES,
];
