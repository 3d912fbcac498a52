import type { Form } from "./preview";

/** A mutation that fails a check of all stacks, and fewer policies, or none, in a preview of one stack. */
export interface BlindSpot {
  /** Text of the mutation. */
  readonly what: string;
  readonly why: string;
  /** Policies that it fails nevertheless. @default none */
  readonly fails?: readonly string[];
  /** Form of preview that is blind. @default both */
  readonly form?: Form;
  /** Whether the modified value is itself unknown. */
  readonly isUnknown?: boolean;
}

const IN_THE_HUB = "what a spoke's attachment reads is in the hub";
const TABLE = "a first preview does not know the table of the route to the hub";
const ATTACHED = "the attachments of spokes are in the spokes";
const ZONES = "the zones that a spoke reads are the hub's";
const ARCHIVE = "the archive is the hub's";
const ARN = "the policy names an ARN that AWS has not given out yet";

export const BLIND_SPOTS: readonly BlindSpot[] = [
  { what: "one spoke announced to the others", why: ATTACHED, fails: ["paths-are-fully-modeled"] },
  {
    ...{ what: "a static route to a spoke in the spokes' table", why: ATTACHED },
    fails: ["paths-are-fully-modeled", "transit-routes-isolate-spokes"],
  },
  { what: "the route to the gateway for some of the internet too", why: TABLE, fails: [], form: "first preview" },
  { what: "the attachment to another gateway", why: IN_THE_HUB, fails: ["paths-are-fully-modeled"], form: "update" },
  { what: "the attachment to another gateway", why: TABLE, fails: [], form: "first preview" },
  { what: "the attachment out of the default tables", why: IN_THE_HUB, fails: [] },
  { what: "all that nobody has, sent to one spoke", why: ATTACHED, fails: ["paths-are-fully-modeled"] },
  { what: "a stranger's hosted zone", why: ZONES, fails: [] },
  { what: "a flow log to a bucket of one's own", why: ARCHIVE, fails: [] },
  { what: "a query log to a bucket of one's own", why: ARCHIVE, fails: [] },
  { what: "an archive that leaves out a network", why: ARN, form: "first preview", isUnknown: true },
  {
    what: "an archive that an account delivers to whatever its number ends with",
    ...{ why: ARN, form: "first preview" as const, isUnknown: true },
  },
  { what: "a role for all of Route 53", why: ARN, form: "first preview", isUnknown: true },
  ...[
    "an archive that answers without TLS",
    "an archive that answers its readers alone without TLS",
    "an archive that any account delivers to",
    "a queue that takes messages without TLS",
    "a role passed to any service",
    "an archive whose logs the role that deploys may delete",
  ].map((what) => ({ what, why: ARN, form: "first preview" as const, isUnknown: true })),
];
