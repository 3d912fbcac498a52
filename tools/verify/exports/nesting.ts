/** Deepest nesting allowed in an export, and in JSON texts inside; AWS's own documents reach about 20 levels. */
export const DEEPEST = 100;

/** Nesting depth of a JSON text; in other text it counts brackets outside quotes. */
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

/** The value of a JSON text; undefined for other text, or if it is nested too deeply. */
export function parsed(text: string): unknown {
  if (nesting(text) > DEEPEST) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
