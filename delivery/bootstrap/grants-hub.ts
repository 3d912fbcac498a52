import { formerHubRoleName, hubRoleNames } from "../../components/names";
import { ec2, on, onOurs, type Grant, type Scope } from "./grants";
import { ownGroupGrants } from "./grants-groups";
import { guardGrant, hubEventGrants } from "./grants-events";
import { imageGrants } from "./grants-images";
import { logArchiveGrants } from "./grants-log-archive";
import { networkGrants } from "./grants-network";
import { roleGrant, serviceLinkedRoleGrant } from "./grants-roles";
import { shareGrant, transitGrant } from "./grants-transit";

/** What decides the hub's grants besides its account. */
export interface HubOptions {
  /** Whether the bucket of the log archive may be made and changed. */
  readonly archiveChanges: boolean;
}

/** What the hub takes: a network, and what all networks share. */
export function hubGrants(scope: Scope, { archiveChanges }: HubOptions): readonly Grant[] {
  const { stack, prefix } = scope;
  return [
    ...networkGrants(scope),
    roleGrant(scope, [...Object.values(hubRoleNames(prefix, "*")), `${stack}-*`]),
    formerRole(scope),
    transitGrant(scope),
    shareGrant(scope),
    ...names(scope),
    ...ownGroupGrants(scope, [`${stack}-resolver`, `${stack}-endpoint`]),
    ...imageGrants(scope),
    ...logArchiveGrants(scope, archiveChanges),
    ...hubEventGrants(scope),
    guardGrant(scope),
    serviceLinkedRoleGrant([
      "pullthroughcache.ecr.amazonaws.com",
      "route53resolver.amazonaws.com",
      "transitgateway.amazonaws.com",
    ]),
  ];
}

/** The single role for all spokes that earlier versions made: an update deletes it, bounded or not. */
function formerRole({ account, prefix }: Scope): Grant {
  return {
    types: [],
    statements: [
      on(
        "DeleteFormerRole",
        ["iam:DeleteRole", "iam:DeleteRolePolicy"],
        `arn:aws:iam::${account}:role/${formerHubRoleName(prefix)}`,
      ),
    ],
  };
}

function names(scope: Scope): readonly Grant[] {
  const { account, region } = scope;
  return [
    {
      types: ["aws:route53/record:Record", "aws:route53/zone:Zone"],
      statements: [
        on(
          "HostZones",
          [
            "route53:AssociateVPCWithHostedZone",
            "route53:ChangeResourceRecordSets",
            "route53:ChangeTagsForResource",
            "route53:CreateHostedZone",
            "route53:DeleteHostedZone",
            "route53:DisassociateVPCFromHostedZone",
            "route53:UpdateHostedZoneComment",
          ],
          // Route 53 has no region, a zone has no name in its ARN, and no condition knows its tags.
          "*",
        ),
      ],
    },
    {
      types: ["aws:route53/resolverEndpoint:ResolverEndpoint"],
      statements: [
        on(
          "KeepResolver",
          [
            "route53resolver:AssociateResolverEndpointIpAddress",
            "route53resolver:CreateResolverEndpoint",
            "route53resolver:DeleteResolverEndpoint",
            "route53resolver:DisassociateResolverEndpointIpAddress",
            "route53resolver:TagResource",
            "route53resolver:UntagResource",
            "route53resolver:UpdateResolverEndpoint",
          ],
          `arn:aws:route53resolver:${region}:${account}:resolver-endpoint/*`,
        ),
        // The resolver does not tag its own interfaces. What they are put into is ours.
        on(
          "KeepResolverInterfaces",
          ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"],
          ec2(scope, "network-interface"),
        ),
        onOurs(
          scope,
          "PlaceResolverInterfaces",
          ["ec2:CreateNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"],
          ec2(scope, "subnet"),
        ),
      ],
    },
  ];
}
