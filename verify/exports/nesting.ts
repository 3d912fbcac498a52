/** How deep lists and objects of an export, and of a JSON text in it, may stand in each other: AWS's own go to about 20. */
export const DEEPEST = 100;

/** How deep lists and objects stand in each other in a JSON text; of other text it counts brackets outside of quotes. */
export function nesting(text: string): number {
  let [depth, deepest, isQuoted] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (isQuoted) {
      if (character === BACKSLASH) at += 1;
      else if (character === QUOTE) isQuoted = false;
    } else if (character === QUOTE) isQuoted = true;
    else if (OPENING.includes(character)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.includes(character)) depth -= 1;
  }
  return deepest;
}

const codes = (characters: string): readonly number[] => [...characters].map((each) => each.charCodeAt(0));
const [QUOTE, BACKSLASH] = codes('"\\');
const OPENING = codes("[{");
const CLOSING = codes("]}");

/** What a JSON text says; undefined for other text, and for what is nested too deep to be read. */
export function parsed(text: string): unknown {
  if (nesting(text) > DEEPEST) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
