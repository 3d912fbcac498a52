import type { Random } from "./random";

/** Any value of JSON or YAML. */
export type Tree = null | boolean | number | string | Tree[] | { [key: string]: Tree };

const deep = (levels: number): Tree => {
  let tree: Tree = [];
  for (let level = 0; level < levels; level += 1) tree = level % 2 === 0 ? [tree] : { a: tree };
  return tree;
};

/** Splits at spaces. */
const words = (text: string): string[] => text.split(" ");

/** Texts that parsers often handle wrongly, and texts of a configuration. Their order is part of the meaning of a seed. */
const TEXTS: readonly [string, ...string[]] = [
  ...(["", " "] as const),
  ...words("* & *x [ { [a"),
  ...["{a: ", "'", '"', "\\", "%", "@", "`", "|", ">", "? ", ": ", "- "],
  ...words("__proto__ constructor prototype toString hasOwnProperty null true yes ~ .inf .nan"),
  ...["\u0000", "\u001b[2J", "\ufeff", "\u202e", "\ud800", "é漢😀", "\r\n", "\n\n", "\t"],
  ...words("<script> ${a::b} ../../x"),
  ...words("0 -1 1e309 007 0x1F 1_000"),
  ...["9".repeat(40), "1.30", "a".repeat(5000), "[".repeat(5000), "- ".repeat(3000)],
  ...words("10.0.0.0/8 10.1.0.0/16 0.0.0.0/0 0.0.0.0/1 255.255.255.255/32 10.0.0.0/33 fd00::/8 10.1.0.1/16"),
  ...words("222222222222 22222222222 ap-southeast-3 us-west-1 cn-north-1 ap-southeast-3a mg.large u-6tb1.metal"),
  ...words("m7g.large m7i.large 1.36 hub dev prod vpc ecr.api repo:a/b:* repo:a/b:environment:x"),
  ...words("arn:aws:iam::222222222222:role/a arn:aws-cn:iam::222222222222:role/a aws:region piksel-network:az-count"),
];

const VALUES: readonly [Tree, ...Tree[]] = [
  ...([null, true, false, 0, -0, -1, 1, 2, 3, 4, 2.5, 1e308, -1e-308, 2 ** 53, 222222222222] as const),
  ...[[], {}, [[]], [null], [{}], { a: null }, { secure: "AAAB" }, { secure: 5 }, { "": "" }, deep(40), deep(400)],
  ...[Array.from({ length: 1000 }, (_, index) => index), { ...Array.from({ length: 300 }, (_, index) => `${index}`) }],
];

/** Picks a text or a value from the lists. */
export function oddValue(random: Random): Tree {
  return random.chance(0.6) ? random.pick(TEXTS) : structuredClone(random.pick(VALUES));
}

/** Picks a text from the list. */
export function oddText(random: Random): string {
  return random.pick(TEXTS);
}

/** Copies a tree and changes, renames, removes or adds up to three of its values. */
export function mutateTree(tree: Tree, random: Random, times = 1 + random.below(3)): Tree {
  let root = structuredClone(tree);
  for (let time = 0; time < times; time += 1) root = mutateOnce(root, random);
  return root;
}

function mutateOnce(root: Tree, random: Random): Tree {
  const positions = positionsIn(root);
  const position = positions[random.below(positions.length)];
  if (position === undefined || random.chance(0.01)) return oddValue(random);
  const { parent, key } = position;
  const value = Array.isArray(parent) ? parent[Number(key)] : parent[key];
  switch (random.below(6)) {
    case 0:
      remove(parent, key);
      break;
    case 1:
      remove(parent, key);
      put(parent, oddText(random), value ?? null);
      break;
    case 2:
      put(parent, oddText(random), oddValue(random));
      break;
    case 3:
      put(parent, `${key}x`, value ?? null);
      break;
    case 4:
      put(parent, key, typeof value === "string" ? mutateText(value, random) : oddValue(random));
      break;
    default:
      put(parent, key, oddValue(random));
  }
  return root;
}

/** A value in a tree. */
interface Position {
  readonly parent: Tree[] | { [key: string]: Tree };
  readonly key: string;
}

/** The keys and indices of a tree, at most 20,000. */
function positionsIn(tree: Tree): Position[] {
  const found: Position[] = [];
  const waiting: Tree[] = [tree];
  for (let next = waiting.pop(); next !== undefined && found.length < 20_000; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) continue;
    for (const [key, value] of Object.entries(next)) {
      found.push({ parent: next, key });
      waiting.push(value);
    }
  }
  return found;
}

function put(parent: Position["parent"], key: string, value: Tree): void {
  if (Array.isArray(parent)) {
    const at = Number(key);
    if (Number.isInteger(at) && at >= 0 && at < parent.length) parent[at] = value;
    else parent.push(value);
  } else Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove(parent: Position["parent"], key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

/** Changes a text up to three times: removes, repeats or replaces characters, cuts it, or inserts a text from the list. */
export function mutateText(text: string, random: Random, times = 1 + random.below(3)): string {
  let result = text;
  for (let time = 0; time < times; time += 1) {
    const [at, length] = [random.below(result.length + 1), random.below(12)];
    const [before, after] = [result.slice(0, at), result.slice(at)];
    switch (random.below(5)) {
      case 0:
        result = before + after.slice(length);
        break;
      case 1:
        result = before + oddText(random) + after;
        break;
      case 2:
        result = before + after.slice(0, length) + after;
        break;
      case 3:
        result = before;
        break;
      default:
        result = before + String.fromCharCode(random.below(0x250)) + after.slice(1);
    }
  }
  return result;
}
