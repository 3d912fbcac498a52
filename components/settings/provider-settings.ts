import { closest, distance } from "fastest-levenshtein";
import type { Faults } from "./faults";
import { isObject, KNOWN_KEYS } from "./fields";

const NAMESPACE = "aws:";

/** Checks a value. Returns what it must be; undefined when it is valid. */
type Shape = (value: unknown) => string | undefined;

const text: Shape = (value) => (typeof value === "string" && value !== "" ? undefined : "must be text");
const flag: Shape = (value) => (typeof value === "boolean" ? undefined : "must be true or false");
const count: Shape = (value) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? undefined : "must be a whole number, 0 or more";
const texts: Shape = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === "string") ? undefined : "must be a list of strings";
const objects: Shape = (value) =>
  Array.isArray(value) && value.every(isObject) ? undefined : "must be a list of objects";
const roles: Shape = (value) =>
  Array.isArray(value) && value.every((each) => isObject(each) && typeof each["roleArn"] === "string")
    ? undefined
    : "must be a list of objects with a roleArn, [{roleArn: arn:aws:iam::222222222222:role/NAME}]";
const webIdentity: Shape = (value) => (isObject(value) ? undefined : "must be an object, KEY: VALUE on each line");

/**
 * Settings of the AWS provider that the program passes on to its providers: how to get credentials, and how to reach
 * the API (Pulumi Registry, "AWS Classic: Installation & configuration").
 */
const PASSED: Readonly<Record<string, Shape>> = {
  profile: text,
  sharedConfigFiles: texts,
  sharedCredentialsFiles: texts,
  assumeRoles: roles,
  assumeRoleWithWebIdentity: webIdentity,
  stsRegion: text,
  maxRetries: count,
  retryMode: text,
  useFipsEndpoint: flag,
  useDualstackEndpoint: flag,
  customCaBundle: text,
  httpProxy: text,
  httpsProxy: text,
  noProxy: text,
  userAgents: texts,
  // These are for emulators of AWS.
  endpoints: objects,
  insecure: flag,
  s3UsePathStyle: flag,
  skipCredentialsValidation: flag,
  skipMetadataApiCheck: flag,
  skipRegionValidation: flag,
};

const ACCOUNTS = "the program allows only the account networks.NAME.account; remove it, and correct networks";
const CREDENTIALS =
  "credentials do not belong in a stack's configuration; remove it, and pass them in environment variables or with aws:profile";

/** Settings that the program sets itself or must not have, and what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  defaultTags: "the program sets the default tags itself, so these would be lost; put your tags in the key extra-tags",
  ignoreTags: "the program owns all tags of its resources, and ignored ones would hide drift; remove it",
  tagPolicyCompliance: "the program does not pass it on; remove it",
  allowedAccountIds: ACCOUNTS,
  forbiddenAccountIds: ACCOUNTS,
  skipRequestingAccountId: "without the account's id the provider cannot refuse a wrong account; remove it",
  assumeRole: "the provider takes a list of roles; rename it to aws:assumeRoles, with [{roleArn: ...}]",
  accessKey: CREDENTIALS,
  secretKey: CREDENTIALS,
  token: CREDENTIALS,
};

/** Not a setting to pass on: `decodeSettings` reads it. */
const REGION = "region";

/** Settings for the program's providers, by name: `profile`, `maxRetries`, ... */
type ProviderSettings = Readonly<Record<string, unknown>>;

/**
 * Reads the settings of the AWS provider from a stack's configuration. Explicit providers, such as the program's, do
 * not read it. A setting that the program does not pass on would have no effect and no warning, so it is refused.
 *
 * @param config values by whole key, `aws:profile`; keys of other namespaces are ignored
 */
export function decodeProviderSettings(config: Readonly<Record<string, string>>, faults: Faults): ProviderSettings {
  const found: [string, unknown][] = [];
  for (const [qualified, given] of Object.entries(config)) {
    if (!qualified.startsWith(NAMESPACE)) continue;
    const name = qualified.slice(NAMESPACE.length);
    if (name === REGION) continue;
    const shape = Object.hasOwn(PASSED, name) ? PASSED[name] : undefined;
    if (shape === undefined) {
      faults.add(qualified, isSecret(name) ? "…" : given, adviceOn(name));
      continue;
    }
    const value = shape === text ? given : parsed(given);
    const advice = shape(value);
    if (advice === undefined) found.push([name, value]);
    else faults.add(qualified, value, advice);
  }
  return Object.fromEntries(found);
}

/** Whether a value must not be shown. */
function isSecret(name: string): boolean {
  return Object.hasOwn(REFUSED, name) && REFUSED[name] === CREDENTIALS;
}

function adviceOn(name: string): string {
  if (Object.hasOwn(REFUSED, name)) return REFUSED[name] ?? "";
  const nearest = closest(name.slice(0, 60), [...Object.keys(PASSED), REGION]);
  return `not a setting that the program passes on to the AWS provider; the nearest is aws:${nearest}; rename or remove it`;
}

/** The value of a text: JSON, or else the text itself. */
function parsed(given: string): unknown {
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return given;
  }
}

/** Packages whose configuration the Pulumi CLI or a plugin of this program reads by itself. */
const PACKAGES = ["aws", "awsx", "eks", "kubernetes", "pulumi"];

/** Most letters by which a typing error differs from the intended word. */
const NEAR = 2;

/**
 * Refuses keys that look like the program's and that it does not read: its own under another namespace, such as that of
 * a project that was renamed, and settings of the AWS provider that it does not pass on.
 *
 * @param others values by whole key, `NAMESPACE:KEY`, of all namespaces but the project's
 */
export function refuseOtherNamespaces(others: Readonly<Record<string, string>>, project: string, faults: Faults): void {
  decodeProviderSettings(others, faults);
  for (const [qualified, value] of Object.entries(others)) {
    const at = qualified.indexOf(":");
    const [namespace, key] = [qualified.slice(0, at), qualified.slice(at + 1)];
    if (PACKAGES.includes(namespace)) continue;
    const nearest = closest(key.slice(0, 60), KNOWN_KEYS);
    const isOurs = nearest === key || isNear(namespace, project) || (isNear(key, nearest) && key.length > 2 * NEAR);
    if (!isOurs) continue;
    faults.add(
      qualified,
      value,
      `the project is ${project}, so the program does not read it; rename it to ${project}:${nearest}, or remove it`,
    );
  }
}

function isNear(one: string, other: string): boolean {
  return Math.abs(one.length - other.length) <= NEAR && distance(one, other) <= NEAR;
}
