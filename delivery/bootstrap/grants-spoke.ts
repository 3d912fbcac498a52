import { clusterName, hubRoleNames } from "../../components/names";
import type { Statement } from "../../components/policy-document";
import {
  ec2,
  type Grant,
  guardGrant,
  on,
  onOurs,
  roleGrant,
  ruleGrant,
  type Scope,
  serviceAccessGrant,
  serviceLinkedRoleGrant,
} from "./grants";
import { alarmGrants } from "./grants-alarms";
import { clusterGrants } from "./grants-cluster";
import { natGatewayGrant, networkGrants } from "./grants-network";
import { spokeRuleGrant } from "./grants-sites";

/**
 * Roles that the stack passes to EC2 and EKS, by name without the stack's prefix. It passes no other roles to these.
 */
const PASSED = [
  "auto-node",
  "ebs-csi",
  "eksRole-role",
  "external-dns",
  "karpenter",
  "karpenter-node",
  "load-balancer-controller",
  "node",
  "vpc-cni",
];
const COMPUTE = ["ec2.amazonaws.com", "eks.amazonaws.com", "pods.eks.amazonaws.com"];

/** Options of a spoke's grants. */
export interface SpokeOptions {
  /** 12 digits. */
  readonly hubAccount: string;
  /** ARNs of the IAM roles that administer the cluster. */
  readonly clusterAdmins: readonly string[];
}

/** Grants for a spoke: its network, NAT gateways, DNS and cluster. */
export function spokeGrants(scope: Scope, { hubAccount, clusterAdmins }: SpokeOptions): readonly Grant[] {
  const { stack, prefix } = scope;
  const { access, preview } = hubRoleNames(prefix, stack);
  return [
    ...networkGrants(scope),
    roleGrant(scope, [`${stack}-*`]),
    serviceAccessGrant(scope, [
      { Sid: "PassRoles", roles: PASSED.map((role) => `${stack}-${role}-*`), services: COMPUTE },
      { Sid: "PassEventsRole", roles: [`${stack}-transit-events-*`], services: ["events.amazonaws.com"] },
    ]),
    natGatewayGrant(scope),
    optionsGrant(scope),
    spokeRuleGrant(scope, hubAccount),
    ...namesOfTheHub(takeHubRoles(hubAccount, [access, preview])),
    ...clusterGrants(scope, clusterName(prefix, stack), clusterAdmins),
    ruleGrant(scope, "KeepRules", [`${stack}-karpenter`, `${stack}-transit-events`]),
    ...alarmGrants(scope),
    guardGrant(scope),
    serviceLinkedRoleGrant([
      "autoscaling.amazonaws.com",
      "eks.amazonaws.com",
      "eks-nodegroup.amazonaws.com",
      "route53resolver.amazonaws.com",
      "spot.amazonaws.com",
      "transitgateway.amazonaws.com",
    ]),
  ];
}

function optionsGrant(scope: Scope): Grant {
  return {
    types: ["aws:ec2/vpcDhcpOptions:VpcDhcpOptions", "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation"],
    statements: [
      on("MakeOptions", ["ec2:CreateDhcpOptions"], ec2(scope, "dhcp-options")),
      onOurs(scope, "ChangeOptions", ["ec2:AssociateDhcpOptions", "ec2:DeleteDhcpOptions"]),
      // A VPC that loses its DHCP options gets AWS's default ones, which have no tag.
      on("GiveOptionsBack", ["ec2:AssociateDhcpOptions"], ec2(scope, "dhcp-options")),
    ],
  };
}

/** Grants for zone associations. The hub's role authorizes, the spoke associates: see `components/spoke/dns.ts`. */
function namesOfTheHub(takeRoles: Statement): readonly Grant[] {
  return [
    {
      types: ["aws:route53/zoneAssociation:ZoneAssociation"],
      statements: [
        on(
          "AssociateZones",
          ["route53:AssociateVPCWithHostedZone", "route53:DisassociateVPCFromHostedZone"],
          // The hub owns the hosted zones; their ids are not known here.
          "arn:aws:route53:::hostedzone/*",
        ),
      ],
    },
    {
      types: ["aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization"],
      statements: [takeRoles],
    },
  ];
}

/** Allows assuming some of the hub's roles for this spoke. */
export function takeHubRoles(hubAccount: string, roles: readonly string[]): Statement {
  return on(
    "TakeHubRoles",
    ["sts:AssumeRole"],
    roles.map((role) => `arn:aws:iam::${hubAccount}:role/${role}`),
  );
}
