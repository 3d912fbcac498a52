import { listed } from "../../io/words";
import { text } from "../../model/resource";
import { type ChangeWarning, nameOf, type StackChange, warning } from "../changes/changes";
import { type PlannedResource, shortType } from "../engine/resource";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const ADDRESS = "aws:ec2/eip:Eip";
const NAT = "aws:ec2/natGateway:NatGateway";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const SPOKE_ROLES = "piksel:hub:SpokeRoles";
const PROVIDER = "pulumi:providers:aws";
const CLUSTER = "aws:eks/cluster:Cluster";
const ASSOCIATION = "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation";
const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";

/** Consequences of the deletion of resources, for good or for a replacement, by type. */
const LOSSES: readonly {
  readonly type: string;
  /** @param names of all that are deleted, in words */
  readonly text: (names: string, all: readonly PlannedResource[]) => string;
}[] = [
  {
    type: "aws:ec2/vpc:Vpc",
    text: (names) =>
      `The VPC ${names} is deleted, with its subnets and every address in them: move everything that runs there first; ` +
      "others reach it at new addresses. A new spoke beside it, and the removal of this one afterwards, interrupts less.",
  },
  {
    type: "aws:ec2transitgateway/transitGateway:TransitGateway",
    text: (names) =>
      `The transit gateway ${names} is deleted: no spoke reaches the hub until it is attached to another.`,
  },
  {
    type: "aws:eks/cluster:Cluster",
    text: (names) =>
      `The cluster ${names} is deleted with its workloads and its etcd. Load balancers and EBS volumes that Kubernetes ` +
      "created stay, incur charges and block the deletion of subnets: delete the Services, Ingresses and volume claims first.",
  },
  {
    type: "aws:kms/key:Key",
    text: (names, all) =>
      `The KMS ${all.length === 1 ? "key" : "keys"} ${names} ${all.length === 1 ? "is" : "are"} scheduled for deletion: ` +
      'what was encrypted with it cannot be read afterwards (AWS KMS Developer Guide, "Delete an AWS KMS key").',
  },
  {
    type: "aws:ecr/repository:Repository",
    text: (names, all) =>
      `The ${all.length === 1 ? "repository" : "repositories"} ${names} and all images in ${all.length === 1 ? "it" : "them"} ` +
      "are deleted: nodes that start a pod of one cannot pull it any more.",
  },
  {
    type: "aws:route53/zone:Zone",
    text: (names, all) =>
      `The hosted ${all.length === 1 ? "zone" : "zones"} ${names} and all records in ${all.length === 1 ? "it" : "them"} ` +
      "are deleted, including records that others created there.",
  },
  {
    type: "aws:route53/resolverEndpoint:ResolverEndpoint",
    text: (names) =>
      `The Resolver inbound endpoint ${names} is deleted with its IP addresses: DNS servers that forward to them, and DHCP ` +
      "options that name them, get no answer any more.",
  },
  {
    type: "aws:s3/bucket:Bucket",
    text: (names, all) =>
      `The ${all.length === 1 ? "bucket" : "buckets"} ${names} and all objects in ${all.length === 1 ? "it" : "them"} are ` +
      "deleted. Amazon S3 refuses to delete objects that Object Lock still retains.",
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    text: (names, all) =>
      `The log ${all.length === 1 ? "group" : "groups"} ${names} and all events in ${all.length === 1 ? "it" : "them"} are deleted.`,
  },
];

/** Data and addresses that are deleted with resources. */
export function lossWarnings(change: StackChange): ChangeWarning[] {
  return [...losses(change), ...associations(change)];
}

function losses(change: StackChange): ChangeWarning[] {
  return LOSSES.flatMap(({ type, text }) => {
    const gone = change.gone(type);
    return gone.length === 0 ? [] : [warning("lost", text(listed(gone.map(nameOf)), gone), gone)];
  });
}

/** Attachments that leave their transit gateway route table: for good, or for another one. */
function associations(change: StackChange): ChangeWarning[] {
  const [deleted, moved] = [change.deleted(ASSOCIATION), change.replaced(ASSOCIATION)];
  const ofSpokes = deleted.filter((each) => text(each, "transitGatewayAttachmentId").includes(ATTACHMENT));
  return [
    ...(ofSpokes.length === 0
      ? []
      : [
          warning(
            "lost",
            `The transit gateway route table association ${listed(ofSpokes.map(nameOf))} is deleted. AWS does not associate the ` +
              "attachment with another route table, so the network loses the hub: keep [SPOKE, none] in connections instead " +
              "(docs/runbooks/connect-spokes.md).",
            ofSpokes,
          ),
        ]),
    ...(moved.length === 0
      ? []
      : [
          warning(
            "interrupted",
            `The attachment ${listed(moved.map(nameOf))} moves to another transit gateway route table: traffic between the hub and ` +
              "the spokes stops until AWS has associated it again, and open connections end (docs/runbooks/central-egress.md).",
            moved,
          ),
        ]),
  ];
}

/** Consequences of removing an AZ, NAT gateways or a spoke. */
export function shrinkingWarnings(change: StackChange): ChangeWarning[] {
  return [...leavingZones(change), ...addresses(change), ...spokes(change)];
}

function leavingZones(change: StackChange): ChangeWarning[] {
  if (change.gone(VPC).length > 0) return [];
  const subnets = change.deleted(SUBNET);
  const staying = new Set(
    change.resourcesAfter.filter(({ type }) => type === SUBNET).map((subnet) => text(subnet, "availabilityZone")),
  );
  const zones = [...new Set(subnets.map((subnet) => text(subnet, "availabilityZone")))].filter(
    (az) => !staying.has(az),
  );
  if (zones.length === 0) return [];
  const groups = change.deleted(NODE_GROUP);
  const drained =
    groups.length === 0 ? "" : ` EKS drains and deletes the nodes of ${listed(groups.map(({ name }) => name))}.`;
  return [
    warning(
      "lost",
      `${change.stack} leaves ${listed(zones)}.${drained} A pod that uses an EBS volume there cannot start in another AZ. ` +
        "AWS refuses to delete a subnet that still has network interfaces (Amazon EC2 API Reference, DeleteSubnet): first " +
        `move Karpenter's nodes, load balancers and everything else out of ${listed(subnets.map(({ name }) => name))}.`,
      [...subnets, ...groups],
    ),
  ];
}

function addresses(change: StackChange): ChangeWarning[] {
  const released = change.gone(ADDRESS);
  const gateways = change.gone(NAT);
  return [
    ...(released.length === 0
      ? []
      : [
          warning(
            "lost",
            `The Elastic IP ${released.length === 1 ? "address" : "addresses"} ${listed(released.map(nameOf))} ` +
              `${released.length === 1 ? "is" : "are"} released and cannot be relied on to come back (Amazon VPC User ` +
              'Guide, "Elastic IP addresses"). Whoever allows traffic from there must allow the remaining addresses first.',
            released,
          ),
        ]),
    ...(gateways.length === 0
      ? []
      : [
          warning(
            "interrupted",
            `Connections through the NAT ${gateways.length === 1 ? "gateway" : "gateways"} ` +
              `${listed(gateways.map(nameOf))} are closed.`,
            gateways,
          ),
        ]),
  ];
}

/** Spokes that leave the hub's account map. */
function spokes(change: StackChange): ChangeWarning[] {
  return change.deleted(SPOKE_ROLES).map((roles) => {
    const spoke = roles.name.slice(`${change.stack}-spoke-`.length);
    return warning(
      "lost",
      `The hub deletes the roles that the stack ${spoke} assumes in its account: without them ${spoke} can be neither ` +
        `updated nor destroyed. If ${spoke} is deployed, destroy it first: see docs/runbooks/remove-a-spoke.md.`,
      [roles],
    );
  });
}

/** The consequence of another `aws:region`; empty when it is the same. */
export function regionWarnings({ resourcesBefore, resourcesAfter }: StackChange): ChangeWarning[] {
  const [before, after] = [resourcesBefore, resourcesAfter].map(
    (resources) => resources.filter(({ type }) => type === PROVIDER).map((provider) => text(provider, "region"))[0],
  );
  if (before === undefined || after === undefined || before === after) return [];
  return [
    warning(
      "lost",
      `aws:region changes from ${before} to ${after}, and a deployed network cannot move to another Region: this is the plan ` +
        `of a new network in ${after} and of the deletion of everything in ${before}, data and addresses included. Deploy ` +
        "the new Region as stacks of its own, move the workloads, and then destroy the old stacks.",
    ),
  ];
}

/**
 * Deletions and replacements that `protect` refuses. Pulumi does not delete a resource that is protected in its state, and
 * does not replace one that is protected there and in the program (pulumi/pulumi, pkg/resource/deploy/step_generator.go).
 * EKS does not delete a cluster with deletion protection, which `protect` sets, too (Amazon EKS API Reference,
 * DeleteCluster).
 */
export function protectionWarnings(change: StackChange): ChangeWarning[] {
  const isProtected = [
    ...change.deleted("").filter(({ options }) => options.protect),
    ...change
      .replaced("")
      .filter((resource) => resource.options.protect && change.successor(resource)?.options.protect === true),
  ];
  const clusters = change.gone(CLUSTER).filter(({ inputs }) => inputs["deletionProtection"] === true);
  const all = [...isProtected, ...clusters.filter((cluster) => !isProtected.includes(cluster))];
  if (all.length === 0) return [];
  const names = some(all.map(({ type, name }) => `${shortType(type)} ${name}`));
  return [
    warning(
      "refused",
      `pulumi up refuses to delete or replace ${listed(names)} while protect is true. To do it anyway, set protect ` +
        `to false in ${change.file} and run pulumi up, and make this change in the update after that.`,
      all,
    ),
  ];
}

/** Names in a sentence; of many, the first three and the number of the others. */
function some(names: readonly string[]): readonly string[] {
  return names.length <= 4 ? names : [...names.slice(0, 3), `${String(names.length - 3)} more`];
}
