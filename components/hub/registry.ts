import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { IMAGE_CACHES } from "../facts/registries";
import { EVERYBODY, forMembers, type Members } from "../members";
import { policyDocument, type PolicyDocument, type Statement } from "../policy-document";

export interface RegistryArgs {
  /** Names of the repositories. Plain strings: each is a resource and its name. */
  readonly repositories: readonly string[];
  /** Accounts that may pull. */
  readonly members: Members;
  /** Whether to protect the repositories. Without it, a destroy also deletes their images. */
  readonly protect: boolean;
}

/**
 * The ECR repositories of the organization's own images, for all accounts. Tags are immutable, so the image that runs
 * is the one that was tested.
 *
 * Encryption is with ECR's own keys. A customer managed key cannot be added later without replacing the repository, and
 * it would protect images that all of our accounts may pull.
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
  /** Accounts that may pull. */
  readonly members: Members;
  /** Account and region of the registry. */
  readonly account: string;
  readonly region: string;
}

/**
 * Pull through cache of public images. The first pull of `REGISTRY/PREFIX/IMAGE` creates a repository and fills it from
 * the upstream registry; every further pull is from this registry (Amazon ECR User Guide, "Sync an upstream registry
 * with an Amazon ECR private registry").
 *
 * The layers of the first pull still go through the NAT gateway: they are not in S3 yet, and ECR redirects the client
 * to the upstream registry (the same guide, "Amazon ECR interface VPC endpoints", considerations).
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
          // Upstream registries move tags, and an immutable tag would return the old image for ever.
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
 * Roles of our nodes, by their names: `components/spoke/nodes.ts` names them `NAME-node-*` and `NAME-karpenter-node-*`.
 * Only an administrator of the spoke can give another role such a name.
 */
const NODE_ROLES = "arn:aws:iam::*:role/*-node-*";

/** Lets our nodes create repositories of the cache and fill them, as a first pull does. */
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

/** Images that a repository retains: more than any rollback needs. */
const RETAINED_IMAGES = 500;
/** Days until an untagged image is deleted. In the organization's own repositories it is left over from an upload. */
const UNTAGGED_DAYS = 7;
/**
 * Days until an untagged cached image is deleted. Helm charts refer to public images by digest, and the cache stores
 * those without a tag, so they are in use. After a week without a new node, the next pull would be from the upstream
 * registry, through NAT.
 */
const UNTAGGED_CACHED_DAYS = 90;

/**
 * Lifecycle policy of the organization's own repositories (Amazon ECR User Guide, "Lifecycle policy properties").
 *
 * No tagged image expires by age: an old image may still run.
 */
export function repositoryLifecycle(): object {
  return {
    rules: [
      untagged(1, UNTAGGED_DAYS),
      {
        rulePriority: 2,
        description: `Keep the newest ${String(RETAINED_IMAGES)} images`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: RETAINED_IMAGES },
        action: { type: "expire" },
      },
    ],
  };
}

/** Lifecycle policy of cached repositories. A deleted image is fetched again at its next pull. */
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

export interface ImagePublishingArgs {
  /** GitHub subjects that may push; at least one. */
  readonly publishers: readonly string[];
  /** ARNs of the repositories to push to. */
  readonly repositoryArns: readonly pulumi.Input<string>[];
}

const ISSUER = "token.actions.githubusercontent.com";

/**
 * Lets workflows on GitHub push images: a workflow with a listed subject assumes this role with its own OIDC token
 * (GitHub Docs, "Configuring OpenID Connect in Amazon Web Services"), so there is no key that could leak.
 */
export class ImagePublishing extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;

  constructor(
    name: string,
    { publishers, repositoryArns }: ImagePublishingArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:ImagePublishing", name, {}, opts);
    const mine = { parent: this };

    const github = new aws.iam.OpenIdConnectProvider(
      name,
      { url: `https://${ISSUER}`, clientIdLists: ["sts.amazonaws.com"] },
      mine,
    );
    const role = new aws.iam.Role(
      name,
      {
        description: "Pushes images from GitHub workflows to the registry",
        assumeRolePolicy: github.arn.apply((provider) =>
          JSON.stringify(
            policyDocument({
              Effect: "Allow",
              Principal: { Federated: provider },
              Action: "sts:AssumeRoleWithWebIdentity",
              Condition: {
                StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" },
                StringLike: { [`${ISSUER}:sub`]: publishers },
              },
            }),
          ),
        ),
      },
      mine,
    );
    new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: pulumi.all([...repositoryArns]).apply((arns) => JSON.stringify(publishPolicy(arns))),
      },
      mine,
    );
    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

function publishPolicy(repositoryArns: readonly string[]): object {
  return policyDocument(
    {
      Sid: "Authorise",
      Effect: "Allow",
      Action: "ecr:GetAuthorizationToken",
      // The token is for the whole registry; the action has no other resource.
      Resource: "*",
    },
    { Sid: "Push", Effect: "Allow", Action: [...PULL_ACTIONS, ...PUSH_ACTIONS], Resource: repositoryArns },
  );
}

/** Actions of a pull by an authorized client (Amazon ECR User Guide, "Private repository policies"). */
export const PULL_ACTIONS = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
] as const;

/** Further actions of a push (Amazon ECR User Guide, "IAM permissions for pushing an image"). */
export const PUSH_ACTIONS = [
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
] as const;

/** Actions of image updaters before they pull: they list tags and images. */
export const LIST_ACTIONS = ["ecr:DescribeImages", "ecr:ListImages"] as const;

/** Further actions of the first pull of a cached image (Amazon ECR User Guide, "Sync an upstream registry"). */
export const FIRST_PULL_ACTIONS = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"] as const;

/** Policy of every repository, also those of the pull through cache: our accounts list tags and images, and pull. */
export function repositoryPullStatements(members: Members): Statement[] {
  return forMembers(members, ["Principal"], {
    Sid: "PullFromOurAccounts",
    Effect: "Allow",
    Principal: EVERYBODY,
    Action: [...PULL_ACTIONS, ...LIST_ACTIONS],
  });
}
