/**
 * Text of a file: UTF-8, or UTF-16 where a byte order mark says so, as Windows PowerShell writes what it redirects. The
 * mark is no part of the text.
 */
export function textOf(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}
