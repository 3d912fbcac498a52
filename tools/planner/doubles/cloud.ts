import {
  type Answer,
  type Cloud,
  type Identity,
  type Json,
  type Properties,
  type Request,
  symbolicAttribute,
  symbolicId,
} from "../engine/resource";
import { awsxVpc } from "./awsx-vpc";
import { eksCluster } from "./eks-cluster";

/** The engine's own function for the outputs of a stack, which is no lookup in AWS. */
const READ_STACK = "pulumi:pulumi:readStackOutputs";

/** The hub's lookup of the attachments of spokes. */
const FIND_ATTACHMENTS = "aws:ec2transitgateway/getAttachments:getAttachments";

/** The hub's question which attachments propagate to a transit gateway route table: no site's does. */
const FIND_PROPAGATIONS = "aws:ec2transitgateway/getRouteTablePropagations:getRouteTablePropagations";
/** The lookup of the AZs of an account. */
const FIND_ZONES = "aws:index/getAvailabilityZones:getAvailabilityZones";

/** Remote components, and what their plugins create for a request. */
const COMPONENTS: Readonly<Record<string, (request: Request) => Answer>> = {
  "awsx:ec2:Vpc": awsxVpc,
  "eks:index:Cluster": eksCluster,
};

/**
 * Stand-in for AWS, the plugins of awsx and eks, and the other stacks, as far as this program uses them.
 *
 * @param stacks outputs by stack name, for stack references
 * @param networksOf names of the spokes in an account, all of which are attached
 * @param zoneNames names of the account's AZs, by AZ ID
 */
export function cloud(
  stacks: Readonly<Record<string, Properties>>,
  networksOf: (account: string) => readonly string[] = () => [],
  zoneNames: () => Readonly<Record<string, string>> = () => ({}),
): Cloud {
  const outputsOf = (id: string): Properties | undefined => {
    const name = id.split("/").pop() ?? "";
    return Object.hasOwn(stacks, name) ? stacks[name] : undefined;
  };
  return {
    create(request) {
      const component = COMPONENTS[request.type];
      if (component !== undefined) return component(request);
      return { id: symbolicId(request), outputs: attributes(request), children: [], dependencies: {} };
    },
    attributes,
    read(type, id) {
      if (type !== "pulumi:pulumi:StackReference") throw new Error(`unexpected read of ${type} ${id}`);
      const outputs = outputsOf(id);
      if (outputs === undefined) {
        throw new Error(
          `the plan has no stack ${id}: it knows ${Object.keys(stacks).join(", ")} of this project alone`,
        );
      }
      return { name: id, outputs, secretOutputNames: [] };
    },
    call(token, { name, filters }) {
      if (token === READ_STACK) {
        const outputs = outputsOf(String(name));
        // The engine's own words.
        if (outputs === undefined) throw new Error(`unknown stack ${JSON.stringify(name)}`);
        return { outputs };
      }
      if (token === FIND_ATTACHMENTS) {
        const attachments = networksOf(ownerIn(filters)).map((network) => ({ type: VPC_ATTACHMENT, name: network }));
        return { ids: attachments.map(symbolicId) };
      }
      if (token === FIND_PROPAGATIONS) return { ids: [] };
      if (token === FIND_ZONES) return { names: Object.values(zoneNames()), zoneIds: Object.keys(zoneNames()) };
      throw new Error(`unexpected lookup ${token}: the program takes what it needs from its configuration`);
    },
  };
}

/** Type of the attachments, each of which has the name of its network. */
const VPC_ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";

/** The account that a lookup of attachments asks about. */
function ownerIn(filters: Json | undefined): string {
  const list = (filters ?? []) as unknown as readonly { readonly name: string; readonly values: readonly string[] }[];
  return list.find(({ name }) => name === "resource-owner-id")?.values[0] ?? "";
}

/** Types whose physical id is also a property, and which: mostly their name. */
const ID_PROPERTY: Readonly<Record<string, string>> = {
  "aws:athena/workgroup:Workgroup": "name",
  "aws:cloudwatch/eventRule:EventRule": "name",
  "aws:glue/catalogDatabase:CatalogDatabase": "name",
  "aws:glue/catalogTable:CatalogTable": "name",
  "aws:iam/instanceProfile:InstanceProfile": "name",
  "aws:iam/role:Role": "name",
  "aws:kms/key:Key": "keyId",
  "aws:route53/zone:Zone": "zoneId",
  "aws:s3/bucket:Bucket": "bucket",
  "aws:sqs/queue:Queue": "url",
};

/** Attributes that AWS adds and that the program reads, in addition to `arn`, which all have. */
const COMPUTED: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/eip:Eip": ["publicIp"],
  "aws:ec2/launchTemplate:LaunchTemplate": ["latestVersion"],
  "aws:directconnect/gatewayAssociation:GatewayAssociation": ["transitGatewayAttachmentId"],
  "aws:ec2/natGateway:NatGateway": ["publicIp", "privateIp"],
  "aws:ec2/vpc:Vpc": ["defaultRouteTableId", "defaultSecurityGroupId", "mainRouteTableId"],
  "aws:ec2/vpnConnection:VpnConnection": ["transitGatewayAttachmentId"],
  "aws:eks/cluster:Cluster": ["endpoint"],
};

/** Path of the attribute with the transit gateway attachment of a firewall. */
const FIREWALL_ATTACHMENT = "firewallStatuses[0].transitGatewayAttachmentSyncStates[0].attachmentId";

/** Attributes that are not strings. */
const STRUCTURED: Readonly<Record<string, (resource: Identity & { readonly inputs: Properties }) => Properties>> = {
  "aws:eks/cluster:Cluster": (cluster) => ({
    certificateAuthority: { data: symbolicAttribute(cluster, "certificateAuthority.data") },
  }),
  "aws:networkfirewall/firewall:Firewall": (firewall) => ({
    firewallStatuses: [
      { transitGatewayAttachmentSyncStates: [{ attachmentId: symbolicAttribute(firewall, FIREWALL_ATTACHMENT) }] },
    ],
  }),
  "aws:eks/nodeGroup:NodeGroup": (group) => ({
    nodeGroupName: symbolicAttribute(group, "nodeGroupName"),
    resources: [{ autoscalingGroups: [{ name: symbolicAttribute(group, "resources[0].autoscalingGroups[0].name") }] }],
  }),
  "aws:route53/resolverEndpoint:ResolverEndpoint": (endpoint) => ({
    ipAddresses: ((endpoint.inputs["ipAddresses"] ?? []) as Properties[]).map((address, index) => ({
      ...address,
      ipId: symbolicAttribute(endpoint, `ipAddresses[${String(index)}].ipId`),
    })),
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": (endpoint) => ({
    dnsEntries: [
      {
        dnsName: symbolicAttribute(endpoint, "dnsEntries[0].dnsName"),
        hostedZoneId: symbolicAttribute(endpoint, "dnsEntries[0].hostedZoneId"),
      },
    ],
  }),
};

/** Types whose physical id is their ARN. */
const ARN_IS_ID: readonly string[] = [
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  "aws:iam/policy:Policy",
  ...["firewall:Firewall", "firewallPolicy:FirewallPolicy", "ruleGroup:RuleGroup"].map(
    (name) => `aws:networkfirewall/${name}`,
  ),
  "aws:ram/resourceShare:ResourceShare",
];

/** Symbols that say where a value comes from; some resources have other attributes, and those of Kubernetes none. */
function attributes(resource: Identity & { readonly inputs: Properties }): Properties {
  if (resource.type.startsWith("kubernetes:")) return {};
  const computed = ["arn", ...(COMPUTED[resource.type] ?? [])];
  const answer: Properties = Object.fromEntries(computed.map((name) => [name, symbolicAttribute(resource, name)]));
  if (ARN_IS_ID.includes(resource.type)) answer["arn"] = symbolicId(resource);
  const idProperty = ID_PROPERTY[resource.type];
  if (idProperty !== undefined) answer[idProperty] = resource.inputs[idProperty] ?? symbolicId(resource);
  return { ...answer, ...STRUCTURED[resource.type]?.(resource) };
}
