import { MAX_PREFIX, OWN_TAG_KEYS, type Tagging, type Tags } from "../names";
import type { Faults, Rule } from "./faults";
import type { Fields } from "./fields";

/**
 * Limits on tags of a resource, and on characters of a key and a value (Tagging AWS Resources User Guide, "Tag naming
 * limits").
 */
const MAX_TAGS = 50;
const MAX_KEY = 128;
const MAX_VALUE = 256;

/** Tags of a resource other than the extra ones: the program's, Name, a subnet's, and those that EKS adds to nodes. */
const RESERVED_TAGS = 10;
const MAX_EXTRA_TAGS = MAX_TAGS - RESERVED_TAGS;

/** Characters that every service accepts in keys and values (the same page). */
const TAG_TEXT = /^[\p{L}\p{N}\p{Zs}_.:/=+\-@]*$/u;
const TAG_CHARACTERS = "letters, digits, spaces and _ . : / = + - @";

/** Prefixes of keys by which AWS and Kubernetes find resources. An extra tag of that kind would mark every resource. */
const RESERVED_PREFIXES = [
  ...["aws:", "eks:", "k8s.io/", "karpenter.sh/", "karpenter.k8s.aws/", "kubernetes.io/", "ebs.csi.aws.com/"],
  // The AWS Load Balancer Controller may change security groups and load balancers with its tags.
  ...["elbv2.k8s.aws/", "ingress.k8s.aws/", "service.k8s.aws/"],
];

const PREFIX = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * Names in AWS begin with the prefix. An SSM parameter's must not begin with aws or ssm (AWS Systems Manager User
 * Guide, "Requirements and constraints for parameter names").
 */
const prefixRule: Rule = (text) => {
  if (!PREFIX.test(text) || text.length > MAX_PREFIX) {
    return (
      `must be at most ${MAX_PREFIX} lower-case letters, digits and hyphens, with a letter first and no hyphen last, ` +
      "such as acme"
    );
  }
  return /^(?:aws|ssm)/.test(text)
    ? "must not begin with aws or ssm, which AWS reserves; choose another prefix"
    : undefined;
};

/** The parts of names and tags that come from the configuration, for {@link defaultTags}. */
type TaggingKeys = Omit<Tagging, "network">;

/**
 * Reads the keys `prefix`, `owner` and `extra-tags`.
 *
 * @param networks names in `networks`, also those with a fault
 * @returns undefined if one of the keys has a fault, which is recorded
 */
export function decodeTagging(fields: Fields, networks: readonly string[], faults: Faults): TaggingKeys | undefined {
  const prefix = fields.string("prefix", prefixRule);
  const owner = fields.string("owner", ownerRule);
  const extra = decodeExtraTags(fields, faults);
  if (prefix !== undefined) refusePrefixOfNetwork(prefix, networks, faults);
  return prefix === undefined || owner === undefined || extra === undefined ? undefined : { prefix, owner, extra };
}

/**
 * A deployment role may change every role whose name begins with its stack's. The names of the hub's roles begin with
 * the prefix, so the prefix must not begin with a stack's name.
 */
function refusePrefixOfNetwork(prefix: string, networks: readonly string[], faults: Faults): void {
  const network = networks.find((name) => `${prefix}-`.startsWith(`${name}-`));
  if (network === undefined) return;
  const why = `names of the stack ${network} begin with ${network}-, and whoever deploys it may change roles of such names`;
  faults.add("prefix", prefix, `${why}; choose another prefix`);
}

/** Value of the tag Owner. */
const ownerRule: Rule = (text) =>
  text.length > 0 && text.length <= MAX_VALUE && TAG_TEXT.test(text)
    ? undefined
    : `must be 1 to ${MAX_VALUE} characters: ${TAG_CHARACTERS}`;

/** Reads the extra tags; undefined, with a fault, for anything but an object of strings. */
function decodeExtraTags(fields: Fields, faults: Faults): Tags | undefined {
  const key = "extra-tags";
  const tags = fields.object(key);
  if (tags === undefined) return undefined;
  const names = Object.keys(tags);
  if (names.length > MAX_EXTRA_TAGS) {
    const why = `AWS allows ${MAX_TAGS} tags per resource, and ${RESERVED_TAGS} are kept for those of the program and of EKS`;
    faults.add(key, `${names.length} tags`, `must have at most ${MAX_EXTRA_TAGS}: ${why}`);
  }
  const earlier = new Map([...OWN_TAG_KEYS, "Name"].map((name) => [name.toLowerCase(), name]));
  for (const [name, value] of Object.entries(tags)) {
    const place = `${key}.${name}`;
    const other = earlier.get(name.toLowerCase());
    const fault = tagKeyFault(name, other);
    if (fault !== undefined) faults.add(`the name of ${place}`, name, fault);
    earlier.set(name.toLowerCase(), name);
    if (typeof value !== "string") faults.add(place, value, "must be a string; put it in quotes");
    else if (value.length > MAX_VALUE || !TAG_TEXT.test(value)) {
      faults.add(place, value, `must be at most ${MAX_VALUE} characters: ${TAG_CHARACTERS}`);
    }
  }
  return tags as Tags;
}

/**
 * @param other tag with the same name in any case: IAM ignores case when it compares keys (IAM User Guide, "Rules for
 *   tagging")
 */
function tagKeyFault(name: string, other: string | undefined): string | undefined {
  if (name.length === 0 || name.length > MAX_KEY || !TAG_TEXT.test(name)) {
    return `must be 1 to ${MAX_KEY} characters: ${TAG_CHARACTERS}`;
  }
  const reserved = RESERVED_PREFIXES.find((prefix) => name.toLowerCase().startsWith(prefix));
  if (reserved !== undefined) return `must not begin with ${reserved}, by which AWS or Kubernetes finds resources`;
  if (other === undefined) return undefined;
  const use = other === "Owner" ? "set the key owner instead" : "choose another name";
  return `is a tag already, in this or another case (${other}); ${use}`;
}
