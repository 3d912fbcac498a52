/** Release images that a repository keeps: more than any rollback reaches. */
const KEPT_RELEASES = 500;
/** Days until an image without a tag is deleted. */
const UNTAGGED_DAYS = 7;

/**
 * Lifecycle of our own repositories (Amazon ECR User Guide, "Lifecycle policy properties").
 *
 * Nothing with a tag expires by its age: an old image may well be the one that runs.
 */
export function repositoryLifecycle(): object {
  return {
    rules: [
      untagged(1),
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
  return { rules: [untagged(1)] };
}

function untagged(rulePriority: number): object {
  return {
    rulePriority,
    description: `Delete untagged images after ${String(UNTAGGED_DAYS)} days`,
    selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: UNTAGGED_DAYS },
    action: { type: "expire" },
  };
}
