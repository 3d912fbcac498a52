import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { IMAGE_CACHES } from "../facts/registries";
import { forMembers, type Members } from "../members";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { EVERYBODY, FIRST_PULL_ACTIONS, repositoryPullStatements } from "./pull-policy";

export interface RegistryArgs {
  /** Names of the repositories. Plain: each is a resource, and the name of it. */
  readonly repositories: readonly string[];
  /** Who pulls. */
  readonly members: Members;
  /** Refuse to delete a repository; without it a destroy deletes its images as well. */
  readonly protect: boolean;
}

/**
 * The company's own images, one registry for all accounts. A tag never moves, so what was tested is what runs.
 *
 * Encryption is with ECR's own keys: a key of ours cannot be added later without replacing the repository, and would
 * protect images that every one of our accounts may pull.
 */
export class Registry extends pulumi.ComponentResource {
  /** ARNs of the repositories, for policies. */
  readonly arns: readonly pulumi.Output<string>[];

  constructor(name: string, { repositories, members, protect }: RegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:Registry", name, {}, opts);
    const mine = { parent: this };
    const policy = JSON.stringify(policyDocument(...repositoryPullStatements(members)));
    const lifecycle = JSON.stringify(repositoryLifecycle());

    this.arns = repositories.map((repository) => {
      const made = new aws.ecr.Repository(
        `${name}-${repository}`,
        {
          name: repository,
          imageTagMutability: "IMMUTABLE",
          imageScanningConfiguration: { scanOnPush: true },
          encryptionConfigurations: [{ encryptionType: "AES256" }],
          forceDelete: !protect,
        },
        { ...mine, protect },
      );
      new aws.ecr.RepositoryPolicy(`${name}-${repository}`, { repository: made.name, policy }, mine);
      new aws.ecr.LifecyclePolicy(`${name}-${repository}`, { repository: made.name, policy: lifecycle }, mine);
      return made.arn;
    });
    this.registerOutputs({});
  }
}

export interface ImageCacheArgs {
  /** Who pulls. */
  readonly members: Members;
  /** Account and region of the registry. */
  readonly account: string;
  readonly region: string;
}

/**
 * Public images by the private path: the first pull of `REGISTRY/PREFIX/IMAGE` makes a repository and fills it from
 * upstream; every further pull is one from the registry (Amazon ECR User Guide, "Sync an upstream registry with an
 * Amazon ECR private registry").
 *
 * The layers of that first pull still leave by the NAT gateway: they are not in S3 yet, and the client is sent to the
 * upstream for them (the same guide, "Amazon ECR interface VPC endpoints", considerations).
 */
export class ImageCache extends pulumi.ComponentResource {
  constructor(name: string, { members, account, region }: ImageCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:ImageCache", name, {}, opts);
    const mine = { parent: this };

    for (const { prefix, upstream } of IMAGE_CACHES) {
      new aws.ecr.PullThroughCacheRule(
        `${name}-${prefix}`,
        { ecrRepositoryPrefix: prefix, upstreamRegistryUrl: upstream },
        mine,
      );
      new aws.ecr.RepositoryCreationTemplate(
        `${name}-${prefix}`,
        {
          prefix,
          description: `Repositories cached from ${upstream}`,
          appliedFors: ["PULL_THROUGH_CACHE"],
          // Upstream moves its tags, and a cache that refused would serve the old image for ever.
          imageTagMutability: "MUTABLE",
          encryptionConfigurations: [{ encryptionType: "AES256" }],
          repositoryPolicy: JSON.stringify(policyDocument(...repositoryPullStatements(members))),
          lifecyclePolicy: JSON.stringify(cacheLifecycle()),
        },
        mine,
      );
    }
    // A registry has one policy.
    new aws.ecr.RegistryPolicy(name, { policy: JSON.stringify(registryPolicy({ members, account, region })) }, mine);
    this.registerOutputs({});
  }
}

/**
 * Roles of our nodes, by their names: those of `components/spoke/nodes.ts` are called `NAME-node-*` and
 * `NAME-karpenter-node-*`. Who may give a role such a name is an administrator of the spoke.
 */
const NODE_ROLES = "arn:aws:iam::*:role/*-node-*";

/** What a first pull does on behalf of the one who pulls: our nodes make repositories of the cache and fill them. */
export function registryPolicy({ members, account, region }: ImageCacheArgs): PolicyDocument {
  return policyDocument(
    ...forMembers(members, ["Principal"], {
      Sid: "FillTheCache",
      Effect: "Allow",
      Principal: EVERYBODY,
      Action: FIRST_PULL_ACTIONS,
      Resource: IMAGE_CACHES.map(({ prefix }) => `arn:aws:ecr:${region}:${account}:repository/${prefix}/*`),
      Condition: { ArnLike: { "aws:PrincipalArn": NODE_ROLES } },
    }),
  );
}

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
