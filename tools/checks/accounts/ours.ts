import { membersOf, type Members } from "../../../components/members";
import { like } from "../../model/iam/matching";
import { attribute } from "../../model/resource";
import type { AllStacks } from "../../model/stacks";

/** Placeholder in a plan for an attribute of a resource: type, name and, after a dot, the attribute. */
const SYMBOL = /^\$\{([^{}]+)\}$/;

/** The known accounts and organizations, from the configuration. */
export interface Ours {
  /** The members, as the program's own policies name them. */
  readonly members: Members;
  /** Whether an account is in the account map. */
  readonly hasAccount: (account: string) => boolean;
  /** Whether the hub is shared with a whole organization. */
  readonly hasOrganization: (id: string) => boolean;
  /** Whether the hub is shared with an organization path, or with every path that a pattern matches. */
  readonly hasPath: (path: string) => boolean;
  /** Whether an ARN, or its placeholder, belongs to a known account. */
  readonly hasArn: (arn: string) => boolean;
}

const known = new WeakMap<AllStacks, Ours>();

/** The known accounts. Without the hub's configuration, no organization is known. */
export function oursIn(all: AllStacks): Ours {
  const found = known.get(all) ?? ours(all);
  known.set(all, found);
  return found;
}

function ours({ accountMap, shareWith, stacks }: AllStacks): Ours {
  const accounts = accountMap.map(({ account }) => account);
  const hub = accountMap.find(({ name }) => stacks.some((stack) => stack.isHub && stack.name === name))?.account ?? "";
  const members = membersOf({ shareWith, hub, accounts });
  const hasAccount = (account: string): boolean => accounts.includes(account);
  const shared = members.kind === "accounts" ? [] : members.values;
  const paths = shared.map((each) => (each.includes("/") ? each : `${each}/*`));
  const symbols = new Set(
    stacks.flatMap(({ resources }) => resources.flatMap((each) => [each.id, attribute(each, "arn")])),
  );
  return {
    members,
    hasAccount,
    hasOrganization: (id) => paths.includes(`${id}/*`),
    // The value may be a pattern: its wildcards match only a wildcard of the shared path.
    hasPath: (path) => paths.some((pattern) => like(pattern, path)),
    hasArn: (arn) => {
      const account = accountInArn(arn);
      return account === undefined ? symbols.has(arn) || isSymbolOf(arn, symbols) : hasAccount(account);
    },
  };
}

/** The account in an ARN; undefined if it has none or a wildcard, or is not an ARN. */
export function accountInArn(arn: string): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}

/** Whether a text is the placeholder of an existing resource, with any attribute. */
function isSymbolOf(text: string, ids: ReadonlySet<string>): boolean {
  const [, inside = ""] = SYMBOL.exec(text) ?? [];
  return ids.has(`\${${inside.replace(/\.\w+$/, "")}}`);
}
