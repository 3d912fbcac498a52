import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Members } from "../members";
import { policyDocument } from "../policy-document";
import { repositoryPullStatements } from "./pull-policy";
import { repositoryLifecycle } from "./repository-lifecycle";

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
