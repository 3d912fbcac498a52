import { findDocuments } from "../../model/iam/find-documents";
import { inShort } from "../../model/iam/document";
import { text, type ModelResource } from "../../model/resource";
import { isNetworking } from "./networking-types";
import type { Ours } from "./ours";

/** Properties that name an account or a principal. */
const NAMES_ACCOUNT = /^(?:\w*account(?:id)?s?|\w*ownerid|\w*principal|registryid|userids?)$/i;

/** Values of such a property that mean everyone. */
const EVERYBODY = ["*", "all", "public"];

/** Levels of nesting that are searched; deeper ones are reported by `wildcards-are-allowlisted`. */
const MAX_DEPTH = 50;

/**
 * Access for unknown accounts without a policy document: an unknown account in an ARN or in a property for accounts, as in
 * key grants, function permissions, event targets and image copies.
 */
export function strangersWithoutPolicy(resource: ModelResource, ours: Ours): string[] {
  if (isNetworking(resource.type)) return [];
  const policies = new Set(findDocuments(resource).map(({ path }) => path));
  const strangers = new Set<string>();
  const open: { value: unknown; path: readonly string[] }[] = [{ value: resource.inputs, path: [] }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, path } = place;
    if (path.length > MAX_DEPTH || policies.has(path.join("."))) continue;
    if (typeof value === "string") {
      for (const stranger of strangersInText(value, path, ours)) strangers.add(stranger);
    } else if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value).filter(([name]) => !/^tags(?:All)?$/.test(name));
      open.push(...entries.map(([name, each]) => ({ value: each as unknown, path: [...path, name] })));
    }
  }
  return [...[...strangers].sort(), ...permissionFaults(resource, ours)];
}

/** Accounts in the ARNs of a text, including JSON. */
const ARNS = /arn:[\w-]*:[\w-]*:[\w-]*:(\d{12}):/g;

function strangersInText(value: string, path: readonly string[], ours: Ours): string[] {
  const property = path.filter((name) => !/^\d+$/.test(name)).at(-1) ?? "";
  const isNamed = NAMES_ACCOUNT.test(property);
  if (isNamed && EVERYBODY.includes(value.toLowerCase())) return [`names everyone in ${property}`];
  const accounts = [...value.matchAll(ARNS)].map(([, account = ""]) => account);
  if (isNamed && /^\d{12}$/.test(value)) accounts.push(value);
  return accounts
    .filter((account) => !ours.hasAccount(account))
    .map((account) => `names ${account} in ${property}, which is not in the account map`);
}

const PERMISSION = "aws:lambda/permission:Permission";

/** A service calls a function on behalf of any customer, so the source must be restricted, as in a policy. */
function permissionFaults(resource: ModelResource, ours: Ours): string[] {
  if (resource.type !== PERMISSION) return [];
  const principal = text(resource, "principal");
  if (!principal.endsWith(".amazonaws.com")) return [];
  const isForOurs = ours.hasAccount(text(resource, "sourceAccount")) || ours.hasArn(text(resource, "sourceArn"));
  return isForOurs ? [] : [`allows ${inShort(principal)} on behalf of any account`];
}
