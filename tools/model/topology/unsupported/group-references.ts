import { attribute, items, text, texts, type ModelResource } from "../../resource";
import type { Resources } from "../resources";
import type { Transit } from "../transit-gateways";
import { EC2, TRANSIT, type Unsupported } from "./coverage";

/** Properties of ingress rules with the id of a security group as the source, by type of the resource. */
const SOURCES: Readonly<Record<string, string>> = {
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "referencedSecurityGroupId",
  [`${EC2}/securityGroupRule:SecurityGroupRule`]: "sourceSecurityGroupId",
};

/**
 * Rules with a source group of another VPC, where AWS refuses them. It accepts an inbound rule if both VPCs are attached
 * to one transit gateway and the gateway and both attachments support references. The option is off by default for a
 * gateway, and on for an attachment (Amazon EC2 API Reference, TransitGatewayRequestOptions and
 * CreateTransitGatewayVpcAttachmentRequestOptions). Peering, the other way, is not modeled.
 */
export function refusedGroupReferences(resources: Resources, transit: Transit): Unsupported[] {
  const vpcOf = vpcsOfGroups(resources);
  return sources(resources).flatMap(({ resource, group, source }) => {
    const [own, other] = [group, source].map((id) => vpcOf.get(resources.canonical(id)));
    if (own === undefined || other === undefined || own === other) return [];
    if (joined(resources, transit, own, other)) return [];
    const why =
      `allows the security group ${source} of another VPC, which AWS refuses: the transit gateway or an attachment does not ` +
      "support references (security-group-references)";
    return [{ resource, why }];
  });
}

/** A rule for a security group, and the group that it allows. */
interface GroupRule {
  readonly resource: ModelResource;
  readonly group: string;
  readonly source: string;
}

function sources(resources: Resources): GroupRule[] {
  const separate = Object.entries(SOURCES).flatMap(([type, property]) =>
    resources
      .ofType(type)
      .filter((each) => text(each, "type") !== "egress" && text(each, property) !== "")
      .map((resource) => ({
        resource,
        group: text(resource, "securityGroupId"),
        source: text(resource, property),
      })),
  );
  const inline = resources
    .ofType(`${EC2}/securityGroup:SecurityGroup`, `${EC2}/defaultSecurityGroup:DefaultSecurityGroup`)
    .flatMap((resource) =>
      items(resource, "ingress").flatMap((inputs) =>
        texts({ inputs }, "securityGroups").map((source) => ({ resource, group: resource.id, source })),
      ),
    );
  return [...separate, ...inline];
}

/** The VPC of every security group: of those in the stacks, and of those that EKS creates for clusters. */
function vpcsOfGroups(resources: Resources): ReadonlyMap<string, string> {
  const groups = resources
    .ofType(`${EC2}/securityGroup:SecurityGroup`, `${EC2}/defaultSecurityGroup:DefaultSecurityGroup`)
    .map((group) => [resources.canonical(group.id), text(group, "vpcId")] as const);
  const defaults = resources
    .ofType(`${EC2}/vpc:Vpc`)
    .map((vpc) => [resources.canonical(attribute(vpc, "defaultSecurityGroupId")), vpc.id] as const);
  const clusters = resources.ofType("aws:eks/cluster:Cluster").flatMap((cluster) => {
    const { vpcConfig } = cluster.inputs as { readonly vpcConfig?: { readonly subnetIds?: readonly string[] } };
    const subnet = resources.byId(vpcConfig?.subnetIds?.[0] ?? "");
    if (subnet === undefined) return [];
    return [[attribute(cluster, "vpcConfig.clusterSecurityGroupId"), text(subnet, "vpcId")] as const];
  });
  return new Map([...defaults, ...groups, ...clusters]);
}

/** Whether two VPCs are attached to a transit gateway over which rules of one may name groups of the other. */
function joined(resources: Resources, { attachmentOf }: Transit, one: string, other: string): boolean {
  return resources.ofType(`${TRANSIT}/transitGateway:TransitGateway`).some((gateway) => {
    const attachments = [one, other].map((vpcId) => resources.byId(attachmentOf(vpcId, gateway.id)?.id ?? ""));
    return (
      text(gateway, OPTION) === "enable" &&
      attachments.every((each) => each !== undefined && text(each, OPTION) !== "disable")
    );
  });
}

const OPTION = "securityGroupReferencingSupport";
