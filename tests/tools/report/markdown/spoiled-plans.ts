import fc from "fast-check";
import { SUBNET, ZONE } from "./plan-files";

/** What would do something in a comment, if it were not shown as it stands. */
const HOSTILE = [
  "@octocat",
  "@acme/admins",
  "#1",
  "acme/network#1",
  "GH-1",
  "a5c3785ed8d6a35868bc169f07e40e889087fd2e",
  "https://evil.example",
  "www.evil.example",
  "mailto:a@evil.example",
  "[x](https://evil.example)",
  "![x](https://evil.example/x.png)",
  "<img src=x>",
  "<!-- ",
  "</code></summary></details>",
  "&lt;",
  "\n# heading",
  "\n\n> [!NOTE]\n> @octocat",
  "\r\n- item",
  "\n```\n",
  "a|b",
  "a\\|@octocat|",
  "a\\",
  "`",
  "``@octocat``",
  "`@octocat`",
  "\\`@octocat",
  "|`@octocat`|",
  "***",
  "~~",
  ":tada:",
  "$x$",
  "\u001b[31m",
  "\u202e",
  "\u0000",
  "\ud800",
  "",
  " ",
  "__proto__",
  "constructor",
] as const;

/** Text with such pieces in it. */
export const hostileText = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...HOSTILE) }, fc.string({ unit: "binary" })), {
    maxLength: 4,
  })
  .map((parts) => parts.join(""));

export type Tree = null | boolean | number | string | Tree[] | { [key: string]: Tree };

/** A plan with something in every part of the comment. */
function plan(cidrBlock: string, total: number, more: string[]): Tree {
  const resource = (type: string, name: string, inputs: Tree): Tree => ({
    type,
    name,
    parent: null,
    inputs,
    dependsOn: [],
  });
  return {
    version: 2,
    stacks: {
      hub: {
        resources: [resource(ZONE, "z", { comment: cidrBlock }), ...more.map((name) => resource(ZONE, name, {}))],
      },
      dev: {
        resources: [
          resource(SUBNET, "s", { cidrBlock, vpcId: "vpc" }),
          resource("aws:ec2/routeTable:RouteTable", "r", { subnet: `\${${SUBNET}::s}` }),
          resource("aws:new/thing:Thing", "t", { value: cidrBlock }),
        ],
      },
    },
    checks: [
      { name: "kept", stack: "dev", passed: true, evidence: ["e"] },
      { name: "broken", stack: "hub", passed: false, evidence: ["e", "f"] },
    ],
    costs: { notes: ["n"], stacks: [{ name: "dev", total, unknown: ["u"] }], total },
  };
}

/** Every value of a tree, by its path. */
function paths(tree: Tree, path: readonly string[] = []): (readonly string[])[] {
  const below = typeof tree === "object" && tree !== null ? Object.entries(tree) : [];
  return [path, ...below.flatMap(([key, value]) => paths(value, [...path, key]))];
}

type Mutation = "value" | "key" | "gone";

/** The tree with the value at a path, or its key, put in another's place, or taken out. */
function mutated(tree: Tree, [first, ...rest]: readonly string[], kind: Mutation, by: Tree): Tree {
  if (first === undefined) return by;
  const last = rest.length === 0;
  if (Array.isArray(tree)) {
    if (last && kind === "gone") return tree.filter((_item, index) => index !== Number(first));
    return tree.map((item, index) => (index === Number(first) ? mutated(item, rest, kind, by) : item));
  }
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) => {
      if (key !== first) return [[key, value]];
      if (last && kind === "gone") return [];
      if (last && kind === "key") return [[typeof by === "string" ? by : JSON.stringify(by), value]];
      return [[key, mutated(value, rest, kind, by)]];
    }),
  );
}

const valueAt = (tree: Tree, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], tree);

/** Plans of two branches that differ in every way that the comment has words for. */
export const [BASE, HEAD] = [plan("10.1.0.0/18", 1, ["gone"]), plan("10.2.0.0/17", 2, ["new", "newer"])];

/** Mutations after which it still is a plan: other texts, other names of stacks and properties. */
const texts = (of: Tree): fc.Arbitrary<Tree> => {
  const leaves = paths(of).filter((path) => typeof valueAt(of, path) === "string");
  const keys = paths(of).filter((path) => ["stacks", "inputs"].includes(path.at(-2) ?? ""));
  const one = fc.oneof(
    fc.tuple(fc.constantFrom(...leaves), fc.constant<Mutation>("value"), hostileText),
    fc.tuple(fc.constantFrom(...keys), fc.constant<Mutation>("key"), hostileText),
  );
  return fc.uniqueArray(one, { maxLength: 8, selector: ([path]) => path.join("/") }).map((mutations) => {
    // Names last, or the texts below them would not be found.
    const inOrder = mutations.sort(([, a], [, b]) => Number(a === "key") - Number(b === "key"));
    return inOrder.reduce((tree, [path, kind, by]) => mutated(tree, path, kind, by), of);
  });
};

/** Mutations after which it rarely is a plan. */
const shapes = (of: Tree): fc.Arbitrary<Tree> => {
  const by = fc.oneof(
    hostileText,
    fc.jsonValue({ maxDepth: 3 }).map((value) => value as Tree),
    fc.constantFrom<Tree>(1e308, -1, 0.1, [], {}, null, true),
  );
  const one = fc.tuple(fc.nat(), fc.constantFrom<Mutation>("value", "key", "gone"), by);
  return fc.array(one, { minLength: 1, maxLength: 3 }).map((mutations) =>
    mutations.reduce((tree, [where, kind, value]) => {
      const all = paths(tree);
      return mutated(tree, all[where % all.length] ?? [], kind, value);
    }, of),
  );
};

/** The text of a plan file, spoiled in its texts, in its shape or as text. */
export const fileText = (of: Tree): fc.Arbitrary<string> => {
  const written = texts(of).map((tree) => JSON.stringify(tree));
  const cut = fc.tuple(written, fc.nat()).map(([text, at]) => text.slice(0, at % text.length));
  const put = fc
    .tuple(written, fc.nat(), hostileText)
    .map(([text, at, more]) => text.slice(0, at % text.length) + more + text.slice(at % text.length));
  return fc.oneof(
    { weight: 8, arbitrary: written },
    { weight: 4, arbitrary: shapes(of).map((tree) => JSON.stringify(tree)) },
    { weight: 1, arbitrary: fc.oneof(cut, put) },
  );
};
