/**
 * What a table has under a key from outside, such as a property of an export. An object has more than was put into it:
 * `table["constructor"]` is a function.
 */
export function lookup<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
