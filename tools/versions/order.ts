/** Compares versions number by number, ignoring everything between. */
export function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => (version.match(/\d+/g) ?? []).map(Number));
  const index = (left ?? []).findIndex((number, place) => number !== right?.[place]);
  return index < 0 ? 0 : (left?.[index] ?? 0) - (right?.[index] ?? 0);
}
