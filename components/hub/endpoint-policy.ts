import { awsRegistries, IMAGE_CACHES } from "../facts/registries";
import type { EndpointService } from "../facts/endpoint-services";
import { forMembers, type Members } from "../members";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { EVERYBODY, FIRST_PULL_ACTIONS, LIST_ACTIONS, PULL_ACTIONS, PUSH_ACTIONS } from "./pull-policy";

export interface EndpointPolicyArgs {
  readonly service: EndpointService;
  /** Whose principals may use the endpoint, and whose registries they reach by it. */
  readonly members: Members;
  /** Account of the hub, which has the cache. */
  readonly account: string;
  readonly region: string;
}

/**
 * What scanners and image updaters read of a repository (Service Authorization Reference, "Actions, resources, and
 * condition keys for Amazon ECR", access levels List and Read).
 */
const READ_ACTIONS = [
  ...LIST_ACTIONS,
  "ecr:BatchGetRepositoryScanningConfiguration",
  "ecr:DescribeImageReplicationStatus",
  "ecr:DescribeImageScanFindings",
  "ecr:DescribeRepositories",
  "ecr:GetLifecyclePolicy",
  "ecr:GetRepositoryPolicy",
  "ecr:ListTagsForResource",
] as const;

/** What is asked of a registry as a whole: AWS knows no resource for these (the same page). */
const REGISTRY_ACTIONS = [
  "ecr:DescribePullThroughCacheRules",
  "ecr:DescribeRegistry",
  "ecr:DescribeRepositoryCreationTemplates",
  "ecr:GetAuthorizationToken",
  "ecr:GetRegistryPolicy",
  "ecr:GetRegistryScanningConfiguration",
] as const;

/**
 * Policy of a shared endpoint: what passes it, whoever asks on whatever credentials. Our principals alone, so that no
 * stranger's key works from inside our networks; and of ECR, pushes into our registries alone, so that no image leaves
 * by this way, and pulls of ours and AWS's.
 */
export function endpointPolicy(args: EndpointPolicyArgs): PolicyDocument {
  return args.service.iamPrefix === "ecr" ? registryPolicy(args) : servicePolicy(args);
}

function servicePolicy({ service, members }: EndpointPolicyArgs): PolicyDocument {
  return policyDocument(
    ...forMembers(members, ["Principal"], {
      Sid: "OurAccounts",
      Effect: "Allow",
      Principal: EVERYBODY,
      Action: `${service.iamPrefix}:*`,
      // What a principal may do with the service is its own role's affair; this says who comes through.
      Resource: "*",
    }),
  );
}

function registryPolicy({ members, account, region }: EndpointPolicyArgs): PolicyDocument {
  const repositories = (registry: string, path = "*"): string => `arn:aws:ecr:${region}:${registry}:repository/${path}`;
  const allow = { Effect: "Allow", Principal: EVERYBODY } as const;
  return policyDocument(
    ...forMembers(members, ["Principal"], { Sid: "Authorise", ...allow, Action: REGISTRY_ACTIONS, Resource: "*" }),
    ...forMembers(members, ["Principal", "Resource"], {
      Sid: "OurRegistries",
      ...allow,
      Action: [...PULL_ACTIONS, ...PUSH_ACTIONS, ...READ_ACTIONS],
      Resource: repositories("*"),
    }),
    ...forMembers(members, ["Principal"], {
      Sid: "FillTheCache",
      ...allow,
      Action: FIRST_PULL_ACTIONS,
      Resource: IMAGE_CACHES.map(({ prefix }) => repositories(account, `${prefix}/*`)),
    }),
    ...forMembers(members, ["Principal"], {
      Sid: "AwsRegistries",
      ...allow,
      Action: PULL_ACTIONS,
      Resource: awsRegistries(region).map((registry) => repositories(registry)),
    }),
  );
}
