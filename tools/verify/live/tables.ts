import { DNS_TABLES } from "./dns";
import { DOOR_TABLES } from "./doors";
import { IDENTITY_TABLES } from "./identities";
import { KUBERNETES_TABLES } from "./kubernetes";
import { MESSAGE_TABLES } from "./messages";
import type { LiveTable } from "./rule";
import { STORAGE_TABLES } from "./storage";
import { TRANSIT_TABLES } from "./transit";
import { VPC_TABLES } from "./vpc";

/** By resource type, for every type that the program makes, a rule for each property of the provider's schema. */
export const LIVE_TABLES: ReadonlyMap<string, LiveTable> = new Map(
  [
    VPC_TABLES,
    DOOR_TABLES,
    TRANSIT_TABLES,
    DNS_TABLES,
    KUBERNETES_TABLES,
    STORAGE_TABLES,
    IDENTITY_TABLES,
    MESSAGE_TABLES,
  ].flatMap((tables) => Object.entries(tables)),
);
