/** Most results that are kept: enough for all alternatives of a network with a few spokes. */
const MOST = 40;

/** The latest results of a computation, by everything that they depend on. */
export class Memo<T> {
  private readonly results = new Map<string, T>();

  /** The result of a key, which is computed unless it is known. A failure is not kept. */
  async get(key: string, compute: () => Promise<T>): Promise<T> {
    const known = this.results.get(key);
    if (known !== undefined) return known;
    const result = await compute();
    const [oldest = ""] = this.results.size < MOST ? [] : this.results.keys();
    this.results.delete(oldest);
    this.results.set(key, result);
    return result;
  }
}
