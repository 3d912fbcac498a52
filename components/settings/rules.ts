import { ENDPOINT_SERVICES } from "../facts/endpoint-services";
import { IMAGE_CACHES } from "../facts/image-caches";
import { kubernetesVersionFault } from "../facts/kubernetes-versions";
import type { Rule } from "./faults";

/**
 * ECR's own rule (Amazon ECR API Reference, `CreateRepository`): its pattern, and the sentence beside it that asks
 * for a letter first.
 */
const repositoryForm = pattern(
  /^(?=[a-z].{1,255}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
  "must be 2 to 256 lower case letters, digits and single . _ - / between them, with a letter first, such as team/app",
);

/** A repository of our own: of ECR's form, and not where the cache of a public registry makes its own. */
export const repositoryNameRule: Rule = (text) => {
  const cache = IMAGE_CACHES.find(({ prefix }) => text === prefix || text.startsWith(`${prefix}/`));
  return cache === undefined
    ? repositoryForm(text)
    : `${cache.prefix} is the prefix of images cached from ${cache.upstream}; choose another first part`;
};

/** A service whose private names are known, as AWS PrivateLink names it without the part that the region decides. */
export const endpointServiceRule: Rule = (text) =>
  ENDPOINT_SERVICES.includes(text)
    ? undefined
    : `must be a service whose private names are known, without com.amazonaws.REGION: ${ENDPOINT_SERVICES.join(", ")}`;

/**
 * Labels of RFC 1035 in lower case; at least two, as one alone would take a whole top-level domain. 232 characters
 * and the 21 of the longest network's label make 253.
 */
export const domainRule = pattern(
  /^(?=.{1,232}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "must be two or more labels of at most 63 lower case letters, digits and hyphens, 232 characters in total, " +
    "such as acme.internal",
);

/** A version that EKS supports on standard terms. */
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
