import { ADMIN_POLICY } from "../../components/spoke/cluster";
import { on, type Grant, type Scope } from "./grants";

/**
 * Who is let into a cluster: the administrators that the project lists, and Karpenter's nodes. Whoever may make an access
 * entry for any principal can make one for itself, so a change of the list is a change of this policy.
 *
 * @param admins ARNs of IAM roles, `cluster-admins` of the stack
 */
export function accessGrants(scope: Scope, cluster: string, admins: readonly string[]): readonly Grant[] {
  const { stack, account, region } = scope;
  const eks = (path: string): string => `arn:aws:eks:${region}:${account}:${path}`;
  const administrators = [
    {
      ...on("LetAdministratorsIn", ["eks:CreateAccessEntry"], eks(`cluster/${cluster}`)),
      Condition: { ArnEquals: { "eks:principalArn": admins } },
    },
    {
      ...on(
        "MakeThemAdministrators",
        ["eks:AssociateAccessPolicy"],
        admins.flatMap(entryPaths).map((path) => eks(`access-entry/${cluster}/${path}/*`)),
      ),
      Condition: { ArnEquals: { "eks:policyArn": ADMIN_POLICY } },
    },
  ];
  return [
    {
      types: ["aws:eks/accessEntry:AccessEntry", "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"],
      statements: [
        ...(admins.length > 0 ? administrators : []),
        {
          ...on("LetNodesIn", ["eks:CreateAccessEntry"], eks(`cluster/${cluster}`)),
          Condition: {
            StringEquals: { "eks:accessEntryType": "EC2_LINUX" },
            ArnLike: { "eks:principalArn": `arn:aws:iam::${account}:role/${stack}-karpenter-node-*` },
          },
        },
        on(
          "TakeAccessBack",
          ["eks:DeleteAccessEntry", "eks:DisassociateAccessPolicy"],
          eks(`access-entry/${cluster}/*`),
        ),
      ],
    },
  ];
}

/**
 * `role/ACCOUNT/NAME`, as the ARN of an access entry has it (Service Authorization Reference, Amazon EKS). AWS does not
 * say whether NAME has the role's path in it, so a role with a path has two.
 */
function entryPaths(roleArn: string): string[] {
  const [, , , , account = "", resource = ""] = roleArn.split(":");
  const named = resource.replace(/^role\//, "");
  const bare = named.split("/").pop() ?? named;
  return [...new Set([bare, named])].map((name) => `role/${account}/${name}`);
}
