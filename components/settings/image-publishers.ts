import type { Rule } from "./faults";

/** Organization and repository of a subject, with their ids or without, and what follows. */
const FORM = /^repo:[A-Za-z0-9-]+(?:@\d+)?\/[A-Za-z0-9._-]+(?:@\d+)?:(.+)$/;

/** A claim that one branch, or one deployment environment, has, and what a repository adds to its subjects. */
const BRANCH = /^ref:refs\/heads\/[^*?\s:]+(?::[^*?\s]+)?$/;
const ENVIRONMENT = /^environment:[^*?:]+(?::[^*?\s]+)?$/;
/** Tags, all that begin alike too: `v*`. */
const TAG = /^ref:refs\/tags\/[^*?\s:]+(?:\*|:[^*?\s]+)?$/;

/**
 * Subject of a GitHub token that may push images: a branch, a tag or an environment of one repository. Repositories made
 * after 15 July 2026 have their ids in it (GitHub Docs, "OpenID Connect reference", example subject claims and immutable
 * subject claims).
 *
 * The policy compares with StringLike. A pattern over all claims of a repository matches those of its pull requests too,
 * which run code that nobody has reviewed.
 */
export const imagePublisherRule: Rule = (text) => {
  const [, claim] = FORM.exec(text) ?? [];
  if (claim === undefined) {
    return (
      "must be repo:ORG/REPO:CLAIM or repo:ORG@ID/REPO@ID:CLAIM without wildcards in ORG or REPO, " +
      "such as repo:acme/app:ref:refs/heads/main"
    );
  }
  if (claim === "pull_request")
    return `a pull request runs code that nobody has reviewed, and could push images; ${CHOICE}`;
  if (BRANCH.test(claim) || TAG.test(claim) || ENVIRONMENT.test(claim)) return undefined;
  return /[*?]/.test(claim)
    ? `a wildcard lets every matching claim push images; it is allowed only at the end of a tag, as in ref:refs/tags/v*; ${CHOICE}`
    : `not a claim of a branch, a tag or an environment; ${CHOICE}`;
};

const CHOICE = "choose ref:refs/heads/BRANCH, ref:refs/tags/TAG or environment:NAME";
