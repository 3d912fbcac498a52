import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../policy-document";
import { IMAGE_CACHES } from "../image-caches";
import { ourAccounts, repositoryPullStatement } from "./pull-policy";
import { cacheLifecycle } from "./repository-lifecycle";

export interface ImageCacheArgs {
  /** Accounts that pull. */
  readonly accounts: readonly string[];
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
  constructor(name: string, { accounts, account, region }: ImageCacheArgs, opts?: pulumi.ComponentResourceOptions) {
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
          repositoryPolicy: JSON.stringify(policyDocument(repositoryPullStatement(accounts))),
          lifecyclePolicy: JSON.stringify(cacheLifecycle()),
        },
        mine,
      );
    }
    // What the first pull of an image does on behalf of the one who pulls. A registry has one policy.
    new aws.ecr.RegistryPolicy(
      name,
      {
        policy: JSON.stringify(
          policyDocument({
            Sid: "FillTheCache",
            Effect: "Allow",
            ...ourAccounts(accounts),
            Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
            Resource: IMAGE_CACHES.map(({ prefix }) => `arn:aws:ecr:${region}:${account}:repository/${prefix}/*`),
          }),
        ),
      },
      mine,
    );
    this.registerOutputs({});
  }
}
