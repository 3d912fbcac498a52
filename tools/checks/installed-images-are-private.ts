import type { Chart } from "../../components/facts/charts";
import { IMAGE_CACHES } from "../../components/facts/registries";
import { HUB } from "../../components/settings/networks";
import { type AllStacks, objectIn, text } from "../model/resource";
import { type InstalledAddon, installedAddons, type InstalledChart, installedCharts, textsIn } from "./pods/installed";
import { finding, type NetworkCheck, type Observation, resourcesOfType } from "./shared/check";

/** Kinds whose pods the platform may create without a chart. */
const WORKLOADS = ["CronJob", "DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet", "StatefulSet"];

export const installedImagesArePrivate: NetworkCheck = {
  name: "installed-images-are-private",
  sentence: "Images of charts come from the hub by their digest, and those of add-ons from EKS.",
  check(stack, all) {
    const [addons, charts] = [installedAddons(stack), installedCharts(stack)];
    const pods = (stack.platform ?? []).filter(({ type }) => WORKLOADS.some((kind) => type.endsWith(`:${kind}`)));
    if (addons.length + charts.length + pods.length === 0) return undefined;
    return finding([
      ...charts.flatMap((each) => observeChart(each, all)),
      ...pods.flatMap(({ name, inputs }) =>
        textsIn(objectIn(inputs, "spec"))
          .filter(({ property }) => property === "image")
          .map(({ text: image }) => observeImage(name, image, all)),
      ),
      ...addons.map(observeAddon),
    ]);
  },
};

/** The values of a chart must name each of its images as the hub's registry does, with the digest. */
function observeChart({ release, name, version, values, chart }: InstalledChart, all: AllStacks): Observation[] {
  const what = `chart ${name} ${version}`;
  if (chart === undefined) {
    return [
      { passed: false, evidence: `${what} of ${release.name}: its images are not in components/facts/charts.ts` },
    ];
  }
  if (chart.version !== version) {
    return [{ passed: false, evidence: `${what}: the images in components/facts/charts.ts are of ${chart.version}` }];
  }
  const given = textsIn(values);
  const images = chart.workloads.flatMap((workload) => workload.images);
  const unlisted = given.filter(
    ({ property, text: repository }) =>
      ["repository", "image"].includes(property) && !images.some((image) => isCopyOf(repository, image)),
  );
  if (images.length + unlisted.length === 0) return [{ passed: true, evidence: `${what}: no image` }];
  return [
    ...images.map((image) => {
      const repository = given.find(({ text: each }) => isCopyOf(each, image))?.text ?? image.repository;
      const isPinned = given.some(({ text: each }) => each === image.digest || each.endsWith(`@${image.digest}`));
      return observeImage(what, isPinned ? `${repository}@${image.digest}` : repository, all);
    }),
    ...unlisted.map(({ text: repository }) => observeImage(what, repository, all)),
  ];
}

type ChartImage = Chart["workloads"][number]["images"][number];

/** Whether a repository is that of an image in the hub's cache; `public.ecr.aws/karpenter/controller` is in `ecr-public/...`. */
function isCopyOf(repository: string, image: ChartImage): boolean {
  return repository.endsWith(`/${pathInCache(image) ?? ""}`);
}

function pathInCache({ repository }: ChartImage): string | undefined {
  const cache = IMAGE_CACHES.find(({ upstream }) => repository.startsWith(`${upstream}/`));
  return cache === undefined ? undefined : `${cache.prefix}${repository.slice(cache.upstream.length)}`;
}

/** Whether an image comes from the hub's registry, by a cache that the hub has, with a digest. */
function observeImage(what: string, image: string, all: AllStacks): Observation {
  const [, account, path = ""] = /^(\d{12})\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/([^@]+)/.exec(image) ?? [];
  const faults = [
    ...(account === undefined || account !== all.accountMap.find(({ name }) => name === HUB)?.account
      ? ["is not in the hub's registry"]
      : []),
    ...(account !== undefined && !isServed(path, all) ? ["is in no cache or repository of the hub"] : []),
    ...(/@sha256:[0-9a-f]{64}$/.test(image) ? [] : ["has no digest, so another image may come under its tag"]),
  ];
  return { passed: faults.length === 0, evidence: [`${what}: ${image}`, ...faults].join(", ") };
}

/** Whether the hub has the image in a repository of its own, or caches the registry that it is from. */
function isServed(path: string, { stacks }: AllStacks): boolean {
  const hub = stacks.find(({ isHub }) => isHub);
  // Without the hub's stack, its caches are not known.
  if (hub === undefined) return true;
  const caches = resourcesOfType(hub, "aws:ecr/pullThroughCacheRule:PullThroughCacheRule");
  const repositories = resourcesOfType(hub, "aws:ecr/repository:Repository");
  return (
    caches.some((rule) => path.startsWith(`${text(rule, "ecrRepositoryPrefix")}/`)) ||
    repositories.some((repository) => path === text(repository, "name"))
  );
}

/**
 * Add-ons pull from EKS's registry in the Region (Amazon EKS User Guide, "View Amazon container image registries for
 * Amazon EKS add-ons"), which the hub's endpoints allow, unless their configuration names another image. Their version
 * pins their images.
 */
function observeAddon({ addon, name, version, values }: InstalledAddon): Observation {
  const other = textsIn(values).find(
    ({ property, text: value }) =>
      ["image", "repository"].includes(property) || (property === "registry" && value.includes(".")),
  );
  const what = `add-on ${name || addon.name} ${version}`.trimEnd();
  if (other !== undefined)
    return { passed: false, evidence: `${what}: its configuration sets ${other.property} to ${other.text}` };
  return version === ""
    ? { passed: false, evidence: `${what}: no version, so EKS chooses its images` }
    : { passed: true, evidence: `${what}: from EKS's registry in the Region` };
}
