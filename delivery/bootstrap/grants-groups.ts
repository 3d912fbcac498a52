import type { Statement } from "../../components/policy-document";
import { CLUSTER_GROUP_TAG } from "../../components/spoke/karpenter-manifests";
import { ec2, on, onOurs, type Grant, type Scope } from "./grants";

const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/**
 * Security groups of the stack's own, told by the tag Name that they are made with: `TagDefaultGroup` in
 * `grants-network.ts` puts no Name on a group, so no group that exists already can be made to look like one of these.
 *
 * @param names values of the tag Name
 */
export function ownGroupGrants(scope: Scope, names: readonly string[]): readonly Grant[] {
  const groups = ec2(scope, "security-group");
  const named = (Sid: string, Action: readonly string[]): Statement => ({
    ...on(Sid, Action, groups),
    Condition: { StringEquals: { "aws:ResourceTag/Name": names } },
  });
  return [
    {
      types: ["aws:ec2/securityGroup:SecurityGroup"],
      statements: [
        {
          ...on("MakeGroups", ["ec2:CreateSecurityGroup"], groups),
          Condition: { StringEquals: { "aws:RequestTag/Name": names } },
        },
        onOurs(scope, "MakeGroupsInOurVpc", ["ec2:CreateSecurityGroup"], ec2(scope, "vpc")),
        // And to put them on endpoints and on the resolver's interfaces.
        named("ChangeGroups", [
          "ec2:CreateNetworkInterface",
          "ec2:CreateTags",
          "ec2:CreateVpcEndpoint",
          "ec2:DeleteSecurityGroup",
          "ec2:DeleteTags",
          "ec2:ModifyNetworkInterfaceAttribute",
          "ec2:ModifyVpcEndpoint",
          "ec2:RevokeSecurityGroupEgress",
        ]),
      ],
    },
    {
      types: [RULE],
      statements: [named("ChangeRules", RULE_ACTIONS), ...rules(scope)],
    },
  ];
}

/**
 * Rules on the group that EKS makes for a cluster, told by a tag that nobody else can write: the prefix is AWS's own
 * (Tagging AWS Resources User Guide, "Tag naming limits and requirements").
 */
export function clusterGroupGrants(scope: Scope, cluster: string): readonly Grant[] {
  return [
    {
      types: [RULE],
      statements: [
        {
          ...on("ChangeClusterRules", RULE_ACTIONS, ec2(scope, "security-group")),
          Condition: { StringEquals: { [`aws:ResourceTag/${CLUSTER_GROUP_TAG}`]: cluster } },
        },
        ...rules(scope),
      ],
    },
  ];
}

/** Asked of the group; of the rule as well, but for the last. */
const RULE_ACTIONS = [
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:ModifySecurityGroupRules",
  "ec2:RevokeSecurityGroupIngress",
];

function rules(scope: Scope): Statement[] {
  const rule = ec2(scope, "security-group-rule");
  return [
    on("MakeRules", ["ec2:AuthorizeSecurityGroupIngress"], rule),
    onOurs(scope, "ModifyRules", ["ec2:ModifySecurityGroupRules"], rule),
  ];
}
