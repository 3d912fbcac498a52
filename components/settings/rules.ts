import { ENDPOINT_SERVICES } from "../facts/endpoint-services";
import { IMAGE_CACHES } from "../facts/registries";
import { kubernetesVersionFault } from "../facts/versions";
import type { Rule } from "./faults";

/**
 * ECR's rule for names (Amazon ECR API Reference, `CreateRepository`): the pattern there, and a letter first, which the
 * text beside it requires.
 */
const repositoryForm = pattern(
  /^(?=[a-z].{1,255}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
  "must be 2 to 256 lower case letters, digits and single . _ - / between them, with a letter first, such as team/app",
);

/**
 * A repository of the hub. It must not be below a prefix of the cache, where the cache creates its own repositories.
 */
export const repositoryNameRule: Rule = (text) => {
  const cache = IMAGE_CACHES.find(({ prefix }) => text === prefix || text.startsWith(`${prefix}/`));
  return cache === undefined
    ? repositoryForm(text)
    : `${cache.prefix} is the prefix of images cached from ${cache.upstream}; choose another first part`;
};

/** A service whose private DNS names are known, by its AWS PrivateLink name without `com.amazonaws.REGION`. */
export const endpointServiceRule: Rule = (text) =>
  ENDPOINT_SERVICES.includes(text)
    ? undefined
    : `must be a service whose private names are known, without com.amazonaws.REGION: ${ENDPOINT_SERVICES.join(", ")}`;

/**
 * Labels of RFC 1035 in lower case; at least two, because a single one would be a whole top-level domain. At most 232
 * characters: with the 21 of the longest network's label it is 253.
 */
export const domainRule = pattern(
  /^(?=.{1,232}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "must be two or more labels of at most 63 lower case letters, digits and hyphens, 232 characters in total, " +
    "such as acme.internal",
);

/** A Kubernetes version in Amazon EKS's standard support. */
export const kubernetesVersionRule: Rule = kubernetesVersionFault;

/** Family and size (Amazon EC2 User Guide, "Instance type naming conventions"). */
export const instanceTypeRule = pattern(
  /^(?:[a-z]+(?:-[a-z]+)?\d|u-\d)[a-z0-9-]*\.(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)$/,
  "must be an EC2 instance type, such as m7g.large",
);

/** Full name of a Pulumi stack, or nothing. */
export const hubStackRule = pattern(
  /^(?:[\w.-]+\/[\w.-]+\/[\w.-]+)?$/,
  "must be ORG/PROJECT/STACK, or empty for the hub of this organization and project",
);

function pattern(form: RegExp, advice: string): Rule {
  return (text) => (form.test(text) ? undefined : advice);
}

/** The only partition whose Regions `aws:region` accepts. */
const PARTITION = "arn:aws";

/** Form of an IAM role's ARN, path included (IAM User Guide, "IAM identifiers"). */
const IAM_ROLE = new RegExp(`^${PARTITION}:iam::\\d{12}:role/(?:[!-~]+/)?[\\w+=,.@-]{1,64}$`);

/** Form of a managed policy's ARN, path included, of an account or of AWS itself (the same page). */
const MANAGED_POLICY = new RegExp(`^${PARTITION}:iam::(\\d{12}|aws):policy/(?:[!-~]+/)?[\\w+=,.@-]{1,128}$`);

const ASSUMED_ROLE = new RegExp(`^(${PARTITION}):sts::(\\d{12}):assumed-role/([\\w+=,.@-]+)/`);

/** Forms of ARNs in the AWS Organizations API Reference, `Organization` and `OrganizationalUnit`. */
const ORGANIZATION = new RegExp(`^${PARTITION}:organizations::\\d{12}:organization/o-[a-z0-9]{10,32}$`);
const UNIT = new RegExp(`^${PARTITION}:organizations::\\d{12}:ou/o-[a-z0-9]{10,32}/ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$`);

/** A principal of an EKS access entry, which cannot be a session (Amazon EKS API Reference, `CreateAccessEntry`). */
export const iamRoleArnRule: Rule = (arn) => {
  if (IAM_ROLE.test(arn)) return undefined;
  const [, partition, account, role] = ASSUMED_ROLE.exec(arn) ?? [];
  return role === undefined
    ? "must be the ARN of an IAM role, such as arn:aws:iam::222222222222:role/admin"
    : `the ARN of one STS session; use the ARN of its role, ${partition}:iam::${account}:role/${role}, with its path`;
};

/**
 * A permissions boundary, or nothing. Its owner is AWS, or the account of the roles (IAM User Guide, "Permissions
 * boundaries for IAM entities").
 *
 * @param account account of the roles; undefined when it has a fault
 */
export function permissionsBoundaryRule(account: string | undefined): Rule {
  return (arn) => {
    if (arn === "") return undefined;
    const [, owner] = MANAGED_POLICY.exec(arn) ?? [];
    if (owner === undefined) {
      return "must be the ARN of a managed policy, such as arn:aws:iam::222222222222:policy/boundary, or empty for none";
    }
    return account === undefined || owner === account || owner === "aws"
      ? undefined
      : `must be a policy of the stack's own account, ${account}`;
  };
}

/** An organization or OU, which AWS RAM can share with (AWS RAM User Guide, "Creating a resource share"). */
export const organizationArnRule: Rule = (arn) =>
  ORGANIZATION.test(arn) || UNIT.test(arn)
    ? undefined
    : "must be the ARN of an organization or an OU, such as arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5";

/** A subject: organization and repository, with or without their ids, and the claim. */
const FORM = /^repo:[A-Za-z0-9-]+(?:@\d+)?\/[A-Za-z0-9._-]+(?:@\d+)?:(.+)$/;

/** Claims of one branch or one deployment environment, and what a repository may append to its subjects. */
const BRANCH = /^ref:refs\/heads\/[^*?\s:]+(?::[^*?\s]+)?$/;
const ENVIRONMENT = /^environment:[^*?:]+(?::[^*?\s]+)?$/;
/** Claims of one tag, or of all tags with one beginning: `v*`. */
const TAG = /^ref:refs\/tags\/[^*?\s:]+(?:\*|:[^*?\s]+)?$/;

/**
 * Subject of a GitHub token that may push images: a branch, a tag or an environment of one repository. The subjects of
 * repositories created after 15 July 2026 contain ids (GitHub Docs, "OpenID Connect reference", example subject claims
 * and immutable subject claims).
 *
 * The policy compares with StringLike. A pattern for all claims of a repository would also match those of its pull
 * requests, which run code that nobody has reviewed.
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
