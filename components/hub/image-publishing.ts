import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../policy-document";
import { PULL_ACTIONS, PUSH_ACTIONS } from "./pull-policy";

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
