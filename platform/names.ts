import type { Rule } from "../components/settings/faults";

/** Longest name of a node pool or a namespace here: their labels and the names of AWS resources contain it. */
const MAX_NAME = 40;

/** Name of a Kubernetes object that is a DNS label (Kubernetes documentation, "Object Names and IDs"). */
export const objectNameRule: Rule = (name) =>
  /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name) && name.length <= MAX_NAME
    ? undefined
    : `must be at most ${MAX_NAME} lower case letters, digits and hyphens, with a letter first and no hyphen last`;

/** Key of a label or a taint (Kubernetes documentation, "Labels and Selectors"). */
export const labelKeyRule: Rule = (key) =>
  /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(key)
    ? undefined
    : "must be the key of a Kubernetes label, such as team or acme.com/team";

/** Value of a label or a taint (the same page). */
export const labelValueRule: Rule = (value) =>
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/.test(value)
    ? undefined
    : "must be the value of a Kubernetes label: at most 63 letters, digits and _ . - between them";
