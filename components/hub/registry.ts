import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { IMAGE_CACHES } from "../facts/registries";
import { EVERYBODY, forMembers, type Members } from "../members";
import { policyDocument, type PolicyDocument, type Statement } from "../policy-document";

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

export interface ImagePublishingArgs {
  /** GitHub subjects that may push; at least one. */
  readonly publishers: readonly string[];
  /** Repositories that they may push to. */
  readonly repositoryArns: readonly pulumi.Input<string>[];
}

const ISSUER = "token.actions.githubusercontent.com";

/**
 * How images come into the registry: a workflow on GitHub, named by its subject, takes this role by its own identity
 * (GitHub Docs, "Configuring OpenID Connect in Amazon Web Services"). No key exists that could be lost.
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
      // The token is the registry's, not a repository's: AWS knows no other resource for it.
      Resource: "*",
    },
    { Sid: "Push", Effect: "Allow", Action: [...PULL_ACTIONS, ...PUSH_ACTIONS], Resource: repositoryArns },
  );
}

/** What a pull takes, once the client is authorised (Amazon ECR User Guide, "Private repository policies"). */
export const PULL_ACTIONS = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
] as const;

/** What a push takes besides (Amazon ECR User Guide, "IAM permissions for pushing an image"). */
export const PUSH_ACTIONS = [
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
] as const;

/** What image updaters ask before they pull: which tags there are, and which images they name. */
export const LIST_ACTIONS = ["ecr:DescribeImages", "ecr:ListImages"] as const;

/** What the first pull of a cached image does besides (Amazon ECR User Guide, "Sync an upstream registry"). */
export const FIRST_PULL_ACTIONS = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"] as const;

/** Policy of every repository, created here or by the pull-through cache: our accounts see its tags, and pull. */
export function repositoryPullStatements(members: Members): Statement[] {
  return forMembers(members, ["Principal"], {
    Sid: "PullFromOurAccounts",
    Effect: "Allow",
    Principal: EVERYBODY,
    Action: [...PULL_ACTIONS, ...LIST_ACTIONS],
  });
}
