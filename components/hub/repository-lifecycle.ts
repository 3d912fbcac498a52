/** Release images that a repository keeps: more than any rollback reaches. */
const KEPT_RELEASES = 500;
/** Days until an image without a tag is deleted: in our own repositories it is what an upload left behind. */
const UNTAGGED_DAYS = 7;
/**
 * Days until a cached one is. Charts refer to public images by digest, which the cache stores without a tag, so these run;
 * a week without a new node would make the next pull one from upstream, on the internet and by NAT.
 */
const UNTAGGED_CACHED_DAYS = 90;

/**
 * Lifecycle of our own repositories (Amazon ECR User Guide, "Lifecycle policy properties").
 *
 * Nothing with a tag expires by its age: an old image may well be the one that runs.
 */
export function repositoryLifecycle(): object {
  return {
    rules: [
      untagged(1, UNTAGGED_DAYS),
      {
        rulePriority: 2,
        description: `Keep the newest ${String(KEPT_RELEASES)} images`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: KEPT_RELEASES },
        action: { type: "expire" },
      },
    ],
  };
}

/** Lifecycle of cached repositories: what is deleted is fetched again at its next pull. */
export function cacheLifecycle(): object {
  return { rules: [untagged(1, UNTAGGED_CACHED_DAYS)] };
}

function untagged(rulePriority: number, days: number): object {
  return {
    rulePriority,
    description: `Delete untagged images after ${String(days)} days`,
    selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: days },
    action: { type: "expire" },
  };
}
