import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { IMAGE_CACHES } from "../facts/image-caches";
import { forMembers, type Members } from "../members";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { EVERYBODY, FIRST_PULL_ACTIONS, repositoryPullStatements } from "./pull-policy";
import { cacheLifecycle } from "./repository-lifecycle";

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
 * Roles of our nodes, by their names: those of `components/spoke/node-role.ts` are called `NAME-node-*` and
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
