import { idOf, withInputs, withPolicy, withResource, type Modification } from "../../../support/modifications";
import { on, type Mutation } from "./mutation";
import { allows, document } from "./policies";

const WILDCARDS = ["wildcards-are-allowlisted"];
const ACCOUNTS = ["only-known-accounts-have-access"];
const UNKNOWN_ACCOUNT = "999999999999";

const trusts = (statement: object): Modification =>
  withInputs("iam/role:Role", "hub-spoke-dev-access", {
    assumeRolePolicy: document({ Effect: "Allow", Action: "sts:AssumeRole", ...statement }),
  });
const repository = (statement: object): Modification =>
  withResource("aws:ecr/repositoryPolicy:RepositoryPolicy", "hub-images-other", {
    repository: "other",
    policy: document({ Effect: "Allow", Action: "ecr:BatchGetImage", ...statement }),
  });

const SOURCE = /"aws:SourceAccount":\[[^\]]*\]/g;

/** Any principal and unknown accounts, in principals, conditions and properties (review M2). */
export const POLICY_PRINCIPALS: readonly Mutation[] = [
  // Any principal, with a condition that excludes nobody.
  ...[
    { what: "that everybody matches", condition: { StringLike: { "aws:PrincipalAccount": "*" } } },
    {
      what: "that names only excluded accounts",
      condition: { StringNotEquals: { "aws:PrincipalAccount": UNKNOWN_ACCOUNT } },
    },
    {
      what: "that matches without its key",
      condition: { StringEqualsIfExists: { "aws:PrincipalAccount": "222222222222" } },
    },
    {
      what: "that matches an empty list of values",
      condition: { "ForAllValues:StringEquals": { "aws:PrincipalAccount": "222222222222" } },
    },
  ].map(({ what, condition }) =>
    on(
      "hub",
      `a role for everybody, with a condition ${what}`,
      [...ACCOUNTS, ...WILDCARDS],
      trusts({
        Principal: { AWS: "*" },
        Condition: condition,
      }),
    ),
  ),
  ...[
    { what: "that the key is present", condition: { Null: { "aws:PrincipalAccount": "false" } } },
    { what: "of TLS", condition: { Bool: { "aws:SecureTransport": "true" } } },
  ].map(({ what, condition }) =>
    on(
      "hub",
      `a role for everybody, with the condition ${what}`,
      WILDCARDS,
      trusts({
        Principal: "*",
        Condition: condition,
      }),
    ),
  ),
  on("hub", "a role for all but one", WILDCARDS, trusts({ NotPrincipal: { AWS: "arn:aws:iam::222222222222:root" } })),

  // Unknown accounts by name.
  ...[
    { AWS: UNKNOWN_ACCOUNT },
    { AWS: `arn:aws:iam::${UNKNOWN_ACCOUNT}:root` },
    { AWS: ["arn:aws:iam::222222222222:root", `arn:aws:iam::${UNKNOWN_ACCOUNT}:role/x`] },
    { AWS: "AROAEXAMPLEEXAMPLE123" },
    { CanonicalUser: "a".repeat(64) },
    { Service: "lambda.amazonaws.com" },
    { Service: "lambda.example.com" },
    { Federated: "accounts.google.com" },
    { Federated: `arn:aws:iam::${UNKNOWN_ACCOUNT}:saml-provider/x` },
  ].map((principal) =>
    on("hub", `a role for ${JSON.stringify(principal).slice(0, 70)}`, ACCOUNTS, trusts({ Principal: principal })),
  ),
  on(
    "hub",
    "an unknown account in a condition",
    [...ACCOUNTS],
    withPolicy(
      "ecr/repositoryPolicy:RepositoryPolicy",
      "hub-images-piksel-core",
      "policy",
      /"111111111111"/,
      `"${UNKNOWN_ACCOUNT}","111111111111"`,
    ),
  ),
  on(
    "hub",
    "a repository for an unknown organization",
    [...ACCOUNTS, ...WILDCARDS],
    repository({
      Principal: "*",
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-unknown000" } },
    }),
  ),
  on("hub", "a repository for an unknown account", ACCOUNTS, repository({ Principal: { AWS: UNKNOWN_ACCOUNT } })),
  on(
    "hub",
    "an archive that any account may deliver to",
    ACCOUNTS,
    withPolicy("s3/bucketPolicy:BucketPolicy", "hub-logs", "policy", SOURCE, '"aws:RequestedRegion":"ap-southeast-3"'),
  ),
  on(
    "dev",
    "a role that may assume a role of an unknown account",
    [...ACCOUNTS, ...WILDCARDS],
    allows({
      Action: "sts:AssumeRole",
      Resource: `arn:aws:iam::${UNKNOWN_ACCOUNT}:role/x`,
    }),
  ),
  on(
    "dev",
    "events sent to the bus of an unknown account",
    ACCOUNTS,
    withInputs("cloudwatch/eventTarget:EventTarget", "dev-karpenter-health", {
      arn: `arn:aws:events:ap-southeast-3:${UNKNOWN_ACCOUNT}:event-bus/default`,
    }),
  ),
  on(
    "hub",
    "a shared subnet of the hub",
    [...ACCOUNTS, "paths-are-fully-modeled"],
    withResource("aws:ram/resourceAssociation:ResourceAssociation", "hub-more", {
      resourceArn: "arn:aws:ec2:ap-southeast-3:111111111111:subnet/subnet-1",
      resourceShareArn: idOf("aws:ram/resourceShare:ResourceShare", "hub"),
    }),
  ),
  on(
    "hub",
    "a resource share that allows accounts outside the organization",
    ACCOUNTS,
    withInputs("ram/resourceShare:ResourceShare", "hub", { allowExternalPrincipals: true }),
  ),
  on(
    "dev",
    "a dead-letter queue of an unknown account",
    ACCOUNTS,
    withInputs("sqs/queue:Queue", "dev-karpenter", {
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:ap-southeast-3:${UNKNOWN_ACCOUNT}:x` }),
    }),
  ),
  on("dev", "a policy that names no resource", WILDCARDS, allows({ Action: "s3:GetObject" })),
  on(
    "dev",
    "an S3 endpoint whose policy is null",
    WILDCARDS,
    withInputs("ec2/vpcEndpoint:VpcEndpoint", "dev-s3", { policy: null }),
  ),
];
