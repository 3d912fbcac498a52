import type { Statement } from "../../components/policy-document";
import { CLUSTER_GROUP_TAG } from "../../components/kubernetes-names";
import { defaultTagsAlone, ec2, type Grant, inRegion, on, onOurs, ours, type Scope } from "./grants";

/**
 * Grants for the VPC of every network.
 *
 * EC2 authorizes a call for each of its resources (Service Authorization Reference, Amazon EC2): the new resource, by
 * its type, and the resource it is created in, by our tag. So the role can build only in VPCs of this program.
 */
export function networkGrants(scope: Scope): readonly Grant[] {
  return [vpc(scope), flowLogs(scope), queryLogs(scope), dnsFirewall(scope)];
}

function vpc(scope: Scope): Grant {
  const { region } = scope;
  return {
    types: [
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      "aws:ec2/internetGateway:InternetGateway",
      "aws:ec2/route:Route",
      "aws:ec2/routeTable:RouteTable",
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      "aws:ec2/subnet:Subnet",
      "aws:ec2/vpc:Vpc",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
    ],
    statements: [
      on("MakeVpc", ["ec2:CreateInternetGateway", "ec2:CreateVpc"], ec2(scope, "internet-gateway", "vpc")),
      on("MakeSubnets", ["ec2:CreateRouteTable", "ec2:CreateSubnet"], ec2(scope, "route-table", "subnet")),
      on(
        "MakeDoors",
        ["ec2:CreateTransitGatewayVpcAttachment", "ec2:CreateVpcEndpoint"],
        // The gateway belongs to the hub, and a spoke does not see its tags.
        ec2(scope, "transit-gateway", "transit-gateway-attachment", "vpc-endpoint"),
      ),
      onOurs(
        scope,
        "ChangeNetwork",
        [
          "ec2:AssociateRouteTable",
          "ec2:AttachInternetGateway",
          "ec2:CreateRoute",
          "ec2:CreateRouteTable",
          "ec2:CreateSubnet",
          "ec2:CreateTransitGatewayVpcAttachment",
          "ec2:CreateVpcEndpoint",
          "ec2:DeleteInternetGateway",
          "ec2:DeleteRoute",
          "ec2:DeleteRouteTable",
          "ec2:DeleteSubnet",
          "ec2:DeleteTransitGatewayVpcAttachment",
          "ec2:DeleteVpc",
          "ec2:DeleteVpcEndpoints",
          "ec2:DetachInternetGateway",
          "ec2:DisassociateRouteTable",
          "ec2:ModifySubnetAttribute",
          "ec2:ModifyTransitGatewayVpcAttachment",
          "ec2:ModifyVpcAttribute",
          "ec2:ModifyVpcEndpoint",
          "ec2:ReplaceRoute",
          "ec2:ReplaceRouteTableAssociation",
        ],
        // Security groups are granted by their tag Name: see `ownGroupGrants`.
        ec2(scope, "internet-gateway", "route-table", "subnet", "transit-gateway-attachment", "vpc", "vpc-endpoint"),
      ),
      // AWS creates the default group of a VPC without a tag; the provider tags it and then removes its rules. No
      // condition distinguishes it from another group without a tag Name. Neither action allows traffic, and the tags
      // that it may set allow nothing: other grants depend on the tag Name (`ownGroupGrants`).
      unnamed(scope, "EmptyDefaultGroup", ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"]),
      unnamed(scope, "TagDefaultGroup", ["ec2:CreateTags", "ec2:DeleteTags"], defaultTagsAlone(scope)),
      {
        ...inRegion(scope, "TagWhatIsMade", ["ec2:CreateTags"]),
        Condition: {
          StringEquals: { "aws:RequestedRegion": region },
          // Present only in the request that makes the resource (Amazon EC2 User Guide, "Grant permission to tag
          // Amazon EC2 resources during creation").
          StringLike: { "ec2:CreateAction": "*" },
        },
      },
      // All kinds in the stacks except security groups.
      onOurs(
        scope,
        "Retag",
        ["ec2:CreateTags", "ec2:DeleteTags"],
        ec2(
          scope,
          "dhcp-options",
          "elastic-ip",
          "internet-gateway",
          "launch-template",
          "natgateway",
          "route-table",
          "security-group-rule",
          "subnet",
          "transit-gateway",
          "transit-gateway-attachment",
          "transit-gateway-route-table",
          "vpc",
          "vpc-endpoint",
          "vpc-flow-log",
        ),
      ),
    ],
  };
}

/** Allows actions on security groups without a tag of an owner: without a Name, another Project, or a cluster. */
function unnamed(
  scope: Scope,
  Sid: string,
  Action: readonly string[],
  more: NonNullable<Statement["Condition"]> = {},
): Statement {
  return {
    ...on(Sid, Action, ec2(scope, "security-group")),
    Condition: {
      ...more,
      StringEqualsIfExists: ours(scope),
      Null: { ...more["Null"], "aws:ResourceTag/Name": "true", "aws:ResourceTag/aws:eks:cluster-name": "true" },
    },
  };
}

/** Grant for NAT gateways and their addresses: those of spokes, and those of a hub with central egress. */
export function natGatewayGrant(scope: Scope): Grant {
  return {
    types: ["aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway"],
    statements: [
      on("MakeAddresses", ["ec2:AllocateAddress"], ec2(scope, "elastic-ip")),
      on("MakeNatGateways", ["ec2:CreateNatGateway"], ec2(scope, "natgateway")),
      onOurs(scope, "ChangeNatGateways", [
        // A regional NAT gateway gets and loses addresses with AZs.
        "ec2:AssociateNatGatewayAddress",
        "ec2:CreateNatGateway",
        "ec2:DeleteNatGateway",
        "ec2:DisassociateAddress",
        "ec2:DisassociateNatGatewayAddress",
        "ec2:ReleaseAddress",
      ]),
      // The network interface of a NAT gateway has no tag.
      on(
        "DetachAddresses",
        ["ec2:DisassociateAddress", "ec2:DisassociateNatGatewayAddress"],
        ec2(scope, "network-interface"),
      ),
    ],
  };
}

function flowLogs(scope: Scope): Grant {
  return {
    types: ["aws:ec2/flowLog:FlowLog"],
    statements: [
      on("MakeFlowLogs", ["ec2:CreateFlowLogs"], ec2(scope, "vpc-flow-log")),
      // The VPC to log, and the flow log.
      onOurs(scope, "ChangeFlowLogs", ["ec2:CreateFlowLogs", "ec2:DeleteFlowLogs"]),
    ],
  };
}

function queryLogs(scope: Scope): Grant {
  const { account, region } = scope;
  return {
    types: [
      "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
      "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
    ],
    statements: [
      // Flow logs need these as well (Amazon CloudWatch Logs User Guide, "Enable logging from AWS services").
      inRegion(scope, "DeliverLogs", [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:UpdateLogDelivery",
      ]),
      on(
        "LogQueries",
        [
          "route53resolver:AssociateResolverQueryLogConfig",
          "route53resolver:CreateResolverQueryLogConfig",
          "route53resolver:DeleteResolverQueryLogConfig",
          "route53resolver:DisassociateResolverQueryLogConfig",
          "route53resolver:TagResource",
          "route53resolver:UntagResource",
        ],
        `arn:aws:route53resolver:${region}:${account}:resolver-query-log-config/*`,
      ),
    ],
  };
}

function dnsFirewall(scope: Scope): Grant {
  const { account, region } = scope;
  const arn = (owner: string, kind: string): string => `arn:aws:route53resolver:${region}:${owner}:${kind}/*`;
  return {
    types: ["Config", "DomainList", "Rule", "RuleGroup", "RuleGroupAssociation"].map(
      (name) => `aws:route53/resolverFirewall${name}:ResolverFirewall${name}`,
    ),
    statements: [
      on(
        "KeepDnsFirewall",
        [
          "route53resolver:AssociateFirewallRuleGroup",
          "route53resolver:CreateFirewallDomainList",
          "route53resolver:CreateFirewallRule",
          "route53resolver:CreateFirewallRuleGroup",
          "route53resolver:DeleteFirewallDomainList",
          "route53resolver:DeleteFirewallRule",
          "route53resolver:DeleteFirewallRuleGroup",
          "route53resolver:DisassociateFirewallRuleGroup",
          "route53resolver:TagResource",
          "route53resolver:UntagResource",
          "route53resolver:UpdateFirewallConfig",
          "route53resolver:UpdateFirewallDomains",
          "route53resolver:UpdateFirewallRule",
          "route53resolver:UpdateFirewallRuleGroupAssociation",
        ],
        ["config", "rule-group", "rule-group-association"]
          .map((kind) => arn(account, `firewall-${kind}`))
          // AWS does not document which account is in the ARN of a managed domain list.
          .concat(arn("*", "firewall-domain-list")),
      ),
    ],
  };
}

const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/**
 * Grants for the stack's own security groups, by the tag Name that they are created with. `TagDefaultGroup` cannot set
 * a Name, so no existing group can be made to look like one of these.
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
        // Some of the actions add the groups to endpoints and to the interfaces of Route 53 Resolver.
        named("ChangeGroups", [
          "ec2:AuthorizeSecurityGroupEgress",
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
      statements: [
        named("ChangeRules", RULE_ACTIONS),
        ...rules(scope),
        on("MakeEgressRules", ["ec2:AuthorizeSecurityGroupEgress"], ec2(scope, "security-group-rule")),
      ],
    },
  ];
}

/**
 * Grants for rules of the security group that EKS creates for a cluster, by a tag that only AWS can set: its prefix is
 * reserved (Tagging AWS Resources User Guide, "Tag naming limits and requirements").
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

/** EC2 authorizes all of these for the group, and all but the last for the rule as well. */
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
