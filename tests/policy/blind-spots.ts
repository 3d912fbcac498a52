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

const IN_THE_HUB = "the route table of a spoke's attachment is in the hub";
const TABLE = "a first preview does not know the route table of the route to the hub";
const ATTACHED = "the attachments of spokes are in other stacks";
const ZONES = "the hosted zones that a spoke reads are in the hub";
const ARCHIVE = "the log archive is in the hub";
const SEVERAL = "a first preview does not know which alarm has which address of the Resolver endpoint";
const ARN = "the policy contains an ARN that is not known yet";

export const BLIND_SPOTS: readonly BlindSpot[] = [
  { what: "a spoke propagated to the other spokes", why: ATTACHED, fails: ["paths-are-fully-modeled"] },
  {
    ...{ what: "a static route to a spoke in the spokes' route table", why: ATTACHED },
    fails: ["paths-are-fully-modeled", "transit-routes-isolate-spokes"],
  },
  {
    what: "a route to the transit gateway for a part of the internet too",
    why: TABLE,
    fails: [],
    form: "first preview",
  },
  {
    what: "an attachment to another transit gateway",
    why: IN_THE_HUB,
    fails: ["faults-are-alarmed", "paths-are-fully-modeled"],
    form: "update",
  },
  {
    what: "an attachment to another transit gateway",
    why: TABLE,
    fails: ["faults-are-alarmed"],
    form: "first preview",
  },
  { what: "an attachment without the default association", why: IN_THE_HUB, fails: [] },
  { what: "a default route of the hub's route table to a spoke", why: ATTACHED, fails: ["paths-are-fully-modeled"] },
  { what: "an association with a hosted zone of an unknown account", why: ZONES, fails: [] },
  { what: "a flow log to another bucket", why: ARCHIVE, fails: [] },
  { what: "a query log to another bucket", why: ARCHIVE, fails: [] },
  ...[
    "a transit gateway without an alarm of loops",
    "a third address of the Resolver endpoint that nobody watches",
    "an address of the Resolver endpoint without an alarm",
  ].map((what) => ({ what, why: SEVERAL, fails: [], form: "first preview" as const })),
  {
    ...{ what: "a VPN connection that sites does not name", why: SEVERAL, form: "first preview" as const },
    fails: ["data-and-access-are-protected", "paths-are-fully-modeled"],
  },
  { what: "a log archive that omits a network", why: ARN, form: "first preview", isUnknown: true },
  {
    what: "a log archive that allows account IDs by wildcard",
    ...{ why: ARN, form: "first preview" as const, isUnknown: true },
  },
  { what: "a role for every action of Route 53", why: ARN, form: "first preview", isUnknown: true },
  ...[
    "an archive that allows requests without TLS",
    "an archive that denies requests without TLS only to one account",
    "an archive that any account may deliver to",
    "a queue that allows messages without TLS",
    "a role passed to any service",
    "an archive that lets the deployment role delete logs",
  ].map((what) => ({ what, why: ARN, form: "first preview" as const, isUnknown: true })),
];
