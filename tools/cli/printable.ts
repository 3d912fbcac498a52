/**
 * Characters that are not seen but do something: they end a line, move the cursor, colour text, change its direction or
 * hide it. (Unicode's control, format, surrogate and private-use characters, and its line and paragraph separators.)
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/**
 * Text in which every character is seen: what is not, reads `\u001b`, which is also what JSON writes for it.
 *
 * @param alsoEscaped characters that are seen and must not stand in the text either
 */
export function printable(text: string, alsoEscaped = ""): string {
  const escaped = text.replace(UNSEEN, escape);
  return [...alsoEscaped].reduce((result, character) => result.replaceAll(character, escape(character)), escaped);
}

function escape(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
