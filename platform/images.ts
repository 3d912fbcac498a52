import type { ChartImage } from "../components/facts/charts";
import { IMAGE_CACHES } from "../components/facts/registries";

/**
 * Name of a public image in the hub's registry, which caches it, without tag.
 *
 * @param registry hub's image registry, `ACCOUNT.dkr.ecr.REGION.amazonaws.com`
 * @throws Error for an image of a registry that the hub does not cache
 */
export function cachedRepository(registry: string, { repository }: ChartImage): string {
  const cache = IMAGE_CACHES.find(({ upstream }) => repository.startsWith(`${upstream}/`));
  if (cache === undefined) throw new Error(`the hub's registry does not cache ${repository}`);
  return `${registry}/${cache.prefix}${repository.slice(cache.upstream.length)}`;
}
