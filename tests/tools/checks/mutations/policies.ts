import { idOf, withInputs, withPolicy, withResource, type Modification } from "../../../support/modifications";
import { on, type Mutation } from "./mutation";

const WILDCARDS = ["wildcards-are-allowlisted"];
const ROLE = "iam/role:Role";
const NODE = idOf("aws:iam/role:Role", "dev-node");

const everything = { Effect: "Allow", Action: "*", Resource: "*" };
export const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const inline = (policy: unknown): Modification =>
  withResource("aws:iam/rolePolicy:RolePolicy", "dev-node-more", { role: NODE, policy });
export const allows = (statement: object): Modification => inline(document({ Effect: "Allow", ...statement }));

/** Forms of the same document (review M2). */
const FORMS: readonly { readonly what: string; readonly policy: unknown }[] = [
  { what: "with one statement and no list", policy: JSON.stringify({ Version: "2012-10-17", Statement: everything }) },
  { what: "after a new line", policy: `\n${document(everything)}` },
  { what: "after a byte order mark", policy: `\uFEFF${document(everything)}` },
  { what: "as an object", policy: { Version: "2012-10-17", Statement: [everything] } },
  { what: "without a version", policy: JSON.stringify({ Statement: [everything] }) },
  {
    what: "with names in another case",
    policy: JSON.stringify({ statement: { effect: "Allow", action: "*", resource: "*" } }),
  },
];

/** Policies that cannot be read, so that their effect is unknown. */
const UNREADABLE: readonly { readonly what: string; readonly policy: unknown }[] = [
  { what: "that is cut off", policy: document(everything).slice(0, -3) },
  { what: "that is not JSON", policy: "allow all" },
  { what: "with a null byte", policy: `\u0000${document(everything)}` },
  { what: "with a null byte in a name", policy: document({ ...everything, Action: "s3:Get\u0000" }) },
  { what: "with a list in a list", policy: document({ ...everything, Action: [["s3:GetObject"]] }) },
  { what: "with an effect in lower case", policy: document({ ...everything, Effect: "allow" }) },
  { what: "with an unknown element", policy: document({ ...everything, Actions: "s3:GetObject" }) },
  { what: "with a duplicate key", policy: '{"Statement":[],"Statement":[]}' },
  {
    what: "with an unknown operator",
    policy: document({ ...everything, Condition: { StringMatches: { a: "b" } } }),
  },
  { what: "that is a number", policy: 5 },
];

/** Unreadable policies that are also too long for a role. */
const LONG: typeof UNREADABLE = [
  { what: "5,000 levels deep", policy: `{"Statement":${"[".repeat(5000)}${"]".repeat(5000)}}` },
  { what: "of a megabyte", policy: document({ ...everything, Sid: "x".repeat(2 ** 20) }) },
];

const ARNS = ["arn:aws:s3:::*", "**", "?*", "*:*", "arn:aws:*", "arn:aws:iam::*:role/*"];

export const POLICIES: readonly Mutation[] = [
  ...FORMS.map(({ what, policy }) => on("dev", `a policy for everything, ${what}`, WILDCARDS, inline(policy))),
  ...UNREADABLE.map(({ what, policy }) => on("dev", `a policy ${what}`, WILDCARDS, inline(policy))),
  ...LONG.map(({ what, policy }) =>
    on("dev", `a policy ${what}`, [...WILDCARDS, "fits-default-quotas"], inline(policy)),
  ),
  ...ARNS.map((arn) => on("dev", `a policy for ${arn}`, WILDCARDS, allows({ Action: "s3:GetObject", Resource: arn }))),
  ...["ec2:?*", "s3:Get*", "*:*"].map((action) =>
    on("dev", `a policy of ${action}`, WILDCARDS, allows({ Action: action, Resource: "arn:aws:s3:::mine/a" })),
  ),
  on("dev", "a policy of all but one action", WILDCARDS, allows({ NotAction: "iam:*", Resource: "arn:aws:s3:::a" })),
  on("dev", "a policy of all but one resource", WILDCARDS, allows({ Action: "s3:GetObject", NotResource: "a" })),
  on("dev", "a role that passes every role", WILDCARDS, allows({ Action: "iam:PassRole", Resource: "*" })),
  on(
    "dev",
    "nodes that may change their own policy",
    WILDCARDS,
    allows({ Action: "iam:PutRolePolicy", Resource: "arn:aws:iam::222222222222:role/dev-node" }),
  ),
  on(
    "dev",
    "an inline policy in the role",
    WILDCARDS,
    withInputs(ROLE, "dev-node", {
      inlinePolicies: [{ name: "all", policy: document(everything) }],
    }),
  ),
  ...[
    "arn:aws:iam::aws:policy/AdministratorAccess",
    "arn:aws-cn:iam::aws:policy/AdministratorAccess",
    "arn:aws:iam::aws:policy/job-function/SystemAdministrator",
    "arn:aws:iam::222222222222:policy/mine",
  ].map((arn) =>
    on("dev", `managedPolicyArns with ${arn}`, WILDCARDS, withInputs(ROLE, "dev-node", { managedPolicyArns: [arn] })),
  ),
  on(
    "dev",
    "a reviewed policy on a role that it was not reviewed for",
    ["pods-have-own-roles", ...WILDCARDS],
    withResource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "dev-karpenter-cni", {
      role: idOf("aws:iam/role:Role", "dev-karpenter"),
      policyArn: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
    }),
  ),
  on(
    "dev",
    "PowerUserAccess by another type of attachment",
    WILDCARDS,
    withResource("aws:iam/policyAttachment:PolicyAttachment", "dev-node-all", {
      roles: [NODE],
      policyArn: "arn:aws:iam::aws:policy/PowerUserAccess",
    }),
  ),
  on(
    "dev",
    "a managed policy for everything",
    WILDCARDS,
    withResource("aws:iam/policy:Policy", "dev-all", { policy: document(everything) }),
  ),
  on(
    "dev",
    "an S3 endpoint without a policy",
    WILDCARDS,
    withInputs("ec2/vpcEndpoint:VpcEndpoint", "dev-s3", { policy: undefined }),
  ),
  on(
    "dev",
    "an S3 endpoint that lets everybody write to another bucket",
    WILDCARDS,
    withPolicy(
      "ec2/vpcEndpoint:VpcEndpoint",
      "dev-s3",
      "policy",
      /"Sid":"ReadFromAws"/,
      '"Sid":"ReadFromAws","Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::other/*"},{"Sid":"ReadFromAws"',
    ),
  ),
  on(
    "dev",
    "a role passed to any service",
    WILDCARDS,
    withPolicy(
      "iam/rolePolicy:RolePolicy",
      "dev-karpenter-node-role",
      "policy",
      "StringEquals",
      "StringEqualsIfExists",
    ),
  ),
];
