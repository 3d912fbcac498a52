import { clusterName } from "../components/tags";
import type { Statement } from "../components/policy-document";
import { inRegion, on, onOurs, type Grant, type Scope } from "./grants";
import { clusterGrants } from "./grants-cluster";
import { networkGrants } from "./grants-network";
import { roleGrant, serviceAccessGrant, serviceLinkedRoleGrant } from "./grants-roles";

/** What a spoke takes: a network, its way out and its names, a cluster. */
export function spokeGrants(scope: Scope, spokeAccessArn: string): readonly Grant[] {
  const roles = [`${scope.stack}-*`];
  return [
    ...networkGrants(scope),
    roleGrant(scope, roles),
    serviceAccessGrant(scope, roles, ["ec2.amazonaws.com", "eks.amazonaws.com", "pods.eks.amazonaws.com"]),
    ...wayOut(scope),
    ...namesOfTheHub(spokeAccessArn),
    ...clusterGrants(scope, clusterName(scope.stack)),
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

function wayOut(scope: Scope): readonly Grant[] {
  return [
    {
      types: [
        "aws:ec2/eip:Eip",
        "aws:ec2/natGateway:NatGateway",
        "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
        "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
      ],
      statements: [
        inRegion(scope, "MakeWayOut", [
          "ec2:AllocateAddress",
          // A VPC that leaves its options gets AWS's own back, which have no tag of ours.
          "ec2:AssociateDhcpOptions",
          "ec2:CreateDhcpOptions",
          "ec2:CreateNatGateway",
          // Its other side is the interface of a NAT gateway, which has no tag of ours.
          "ec2:DisassociateAddress",
        ]),
        onOurs(scope, "ChangeWayOut", ["ec2:DeleteDhcpOptions", "ec2:DeleteNatGateway", "ec2:ReleaseAddress"]),
      ],
    },
  ];
}

/** The hub's role authorises, the spoke associates: see `components/spoke/zone-associations.ts`. */
function namesOfTheHub(spokeAccessArn: string): readonly Grant[] {
  return [
    {
      types: ["aws:route53/zoneAssociation:ZoneAssociation"],
      statements: [
        on(
          "AssociateZones",
          ["route53:AssociateVPCWithHostedZone", "route53:DisassociateVPCFromHostedZone"],
          // The zones are the hub's, and their ids are known only to it.
          "arn:aws:route53:::hostedzone/*",
        ),
      ],
    },
    {
      types: ["aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization"],
      statements: [takeSpokeAccess(spokeAccessArn)],
    },
  ];
}

/** To act in the hub as its role for spokes, and as nothing else. */
export function takeSpokeAccess(spokeAccessArn: string): Statement {
  return on("TakeSpokeAccess", ["sts:AssumeRole"], spokeAccessArn);
}
