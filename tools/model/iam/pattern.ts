/** The value of a policy variable in a request; undefined: the request does not have it. */
export type Resolve = (variable: string) => string | undefined;

/** Part of a pattern: a literal character or a wildcard. */
type Part = { readonly literal: string } | "any" | "one";

/** `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the escapes `${*}`, `${?}` and `${$}`. */
const VARIABLE = /\$\{([^{}]*)\}/y;

/**
 * Placeholder in a plan for an attribute that AWS assigns, `${aws:iam/role:Role::dev-node.arn}`. It is a name, not a
 * policy variable.
 */
export const SYMBOL = /^\$\{[^{}]+::[^{}]+\}/;

/**
 * Whether a value matches an IAM pattern: `*` is any number of characters, `?` is one (IAM User Guide, "IAM JSON policy
 * elements: Resource"). The time is proportional to the product of the lengths, for any pattern.
 */
export function like(pattern: string, value: string): boolean {
  return fits(wildcardsOf(pattern), value);
}

/**
 * Whether a value matches a pattern with variables (IAM User Guide, "IAM policy elements: Variables and tags"). Wildcards
 * in the value of a variable are literal. A variable that is missing from the request and has no default matches nothing.
 */
export function likeWithVariables(pattern: string, value: string, resolve: Resolve): boolean {
  const parts = withVariables(pattern, resolve, wildcardsOf);
  return parts !== undefined && fits(parts, value);
}

/** The text with its variables resolved, for comparison without wildcards; undefined if one is missing. */
export function resolved(text: string, resolve: Resolve): string | undefined {
  const parts = withVariables(text, resolve, literals);
  return parts?.map((part) => (typeof part === "object" ? part.literal : "")).join("");
}

/** Whether a text has a wildcard. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

function wildcardsOf(text: string): Part[] {
  return [...text].map((character) => (character === "*" ? "any" : character === "?" ? "one" : { literal: character }));
}

function literals(text: string): Part[] {
  return [...text].map((literal) => ({ literal }));
}

function withVariables(text: string, resolve: Resolve, read: (text: string) => Part[]): Part[] | undefined {
  const parts: Part[] = [];
  let from = 0;
  while (from < text.length) {
    const start = text.indexOf("${", from);
    if (start < 0) break;
    VARIABLE.lastIndex = start;
    const [whole, inside = ""] = VARIABLE.exec(text) ?? [];
    if (whole === undefined) break;
    const stands = SYMBOL.test(whole) ? whole : standsFor(inside, resolve);
    if (stands === undefined) return undefined;
    parts.push(...read(text.slice(from, start)), ...literals(stands));
    from = start + whole.length;
  }
  return [...parts, ...read(text.slice(from))];
}

function standsFor(inside: string, resolve: Resolve): string | undefined {
  if (["*", "?", "$"].includes(inside)) return inside;
  const [, key = inside, standard] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inside) ?? [];
  return resolve(key) ?? standard;
}

/** Backtracks only to the last `any`, which is enough: an earlier one could only match more characters. */
function fits(parts: readonly Part[], value: string): boolean {
  const characters = [...value];
  let [part, at, lastAny, resume] = [0, 0, -1, 0];
  while (at < characters.length) {
    const next = parts[part];
    if (next === "any") {
      [lastAny, resume] = [part, at];
      part += 1;
    } else if (next === "one" || (next !== undefined && next.literal === characters[at])) {
      part += 1;
      at += 1;
    } else if (lastAny >= 0) {
      resume += 1;
      [part, at] = [lastAny + 1, resume];
    } else {
      return false;
    }
  }
  return parts.slice(part).every((rest) => rest === "any");
}
