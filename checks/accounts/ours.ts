import { membersOf, type Members } from "../../components/members";
import { like } from "../../model/iam/pattern";
import { attribute } from "../../model/resource";
import type { Estate } from "../../model/estate";

/** What stands in a plan for an attribute of a resource: type, name and, after a dot, the attribute. */
const SYMBOL = /^\$\{([^{}]+)\}$/;

/** Who belongs to us by the configuration. */
export interface Ours {
  /** As the program's own policies name all of us. */
  readonly members: Members;
  /** Whether an account is of a network. */
  readonly hasAccount: (account: string) => boolean;
  /** Whether an organization is shared with as a whole. */
  readonly hasOrganization: (id: string) => boolean;
  /** Whether an organization path, or all that a pattern of paths fits, is within what is shared with. */
  readonly hasPath: (path: string) => boolean;
  /** Whether an ARN, or what stands for one in a plan, is of an account of ours. */
  readonly hasArn: (arn: string) => boolean;
}

const known = new WeakMap<Estate, Ours>();

/** Who belongs to us. Where the hub's configuration is not seen, organizations are strangers. */
export function oursIn(all: Estate): Ours {
  const found = known.get(all) ?? ours(all);
  known.set(all, found);
  return found;
}

function ours({ register, shareWith, stacks }: Estate): Ours {
  const accounts = register.map(({ account }) => account);
  const hub = register.find(({ name }) => stacks.some((stack) => stack.isHub && stack.name === name))?.account ?? "";
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
    // A pattern in place of the value: its wildcards fit the wildcard of what is shared, and no letter of it.
    hasPath: (path) => paths.some((pattern) => like(pattern, path)),
    hasArn: (arn) => {
      const account = accountInArn(arn);
      return account === undefined ? symbols.has(arn) || isSymbolOf(arn, symbols) : hasAccount(account);
    },
  };
}

/** The account in an ARN; undefined for none, for a wildcard, and for what is no ARN. */
export function accountInArn(arn: string): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}

/** Whether a text is the symbol of a resource that is there, with whatever attribute. */
function isSymbolOf(text: string, ids: ReadonlySet<string>): boolean {
  const [, inside = ""] = SYMBOL.exec(text) ?? [];
  return ids.has(`\${${inside.replace(/\.\w+$/, "")}}`);
}
