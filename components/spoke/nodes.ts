import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { IMAGE_CACHES } from "../facts/registries";
import { architectureOf } from "../facts/instance-types";
import type { Tags } from "../names";
import { policyDocument, type PolicyDocument } from "../policy-document";

/** Amazon Linux 2023, optimized for EKS, by architecture (Amazon EKS API Reference, `Nodegroup`, amiType). */
const AMI_TYPES = { arm64: "AL2023_ARM_64_STANDARD", x86_64: "AL2023_x86_64_STANDARD" } as const;

/** Root device of Amazon Linux 2023, and room on it for images and logs. */
const ROOT_DEVICE = "/dev/xvda";
const ROOT_GIB = 50;

/** Keeps the nodes for what keeps the cluster going: its add-ons and Karpenter tolerate it, applications do not. */
const TAINT = { key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" } as const;

export interface NodeGroupsArgs {
  /** Network, for the description of the machines. */
  readonly network: string;
  /** Tags of the machines and their volumes, besides Name. */
  readonly tags: Tags;
  readonly clusterName: pulumi.Input<string>;
  /** The cluster's: nodes follow it in place, one Availability Zone after the other. */
  readonly kubernetesVersion: string;
  /** Release of the image that nodes boot, `MAJOR.MINOR.PATCH-YYYYMMDD`; another one is an update in place, too. */
  readonly amiRelease: string;
  /** One private subnet per AZ, in AZ order. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** At least one, all of one architecture. */
  readonly instanceTypes: readonly string[];
  /** Total number of nodes; each AZ has at least one. */
  readonly nodeCount: number;
  readonly role: NodeRole;
  /** What must exist before the first node: the add-ons without which it never becomes ready, routes, names. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * The few nodes that do not depend on Karpenter, since it runs on them. A group in each zone: the subnets of a group
 * cannot be changed, so one over all zones would be replaced with every zone that joins.
 */
export class NodeGroups extends pulumi.ComponentResource {
  /** What needs nodes comes after these. */
  readonly groups: readonly aws.eks.NodeGroup[];

  constructor(name: string, args: NodeGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:NodeGroups", name, {}, opts);
    const { clusterName, kubernetesVersion, amiRelease, subnetIds, instanceTypes, role } = args;
    const mine = { parent: this };
    const [first = ""] = instanceTypes;
    // A single type stands in the template, where a change rolls through the group. A choice of types must stand on
    // the group, where a change replaces it.
    const single = instanceTypes.length === 1;
    const sizes = nodesByZone(args.nodeCount, subnetIds.length);

    const groups: aws.eks.NodeGroup[] = [];
    for (const [zone, subnetId] of subnetIds.entries()) {
      const group = `${name}-system-${String(zone + 1)}`;
      const tags = { ...args.tags, Name: group };
      const template = new aws.ec2.LaunchTemplate(
        group,
        {
          description: `System nodes of ${args.network}, zone ${String(zone + 1)}`,
          ...(single ? { instanceType: first } : {}),
          // One hop: the credentials of the node stay with the node, pods have Pod Identity.
          metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
          blockDeviceMappings: [
            {
              deviceName: ROOT_DEVICE,
              ebs: { volumeType: "gp3", volumeSize: ROOT_GIB, encrypted: "true", deleteOnTermination: "true" },
            },
          ],
          // The provider's default tags reach the template, and not what is launched from it.
          tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
          updateDefaultVersion: true,
        },
        mine,
      );
      const size = sizes[zone] ?? 1;
      // One after the other: an image or a version that fails stops in the first Availability Zone.
      const before = groups.slice(-1);
      const nodeGroup = new aws.eks.NodeGroup(
        group,
        {
          clusterName,
          // A prefix: a group that must be replaced has its successor beside it, and not a gap.
          nodeGroupNamePrefix: `system-${String(zone + 1)}-`,
          nodeRoleArn: role.arn,
          version: kubernetesVersion,
          releaseVersion: amiRelease,
          subnetIds: [subnetId],
          amiType: AMI_TYPES[architectureOf(first)],
          ...(single ? {} : { instanceTypes: [...instanceTypes] }),
          launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
          // Nobody scales these: Karpenter makes nodes of its own. EKS itself goes beyond the maximum while it updates.
          scalingConfig: { minSize: size, maxSize: size, desiredSize: size },
          updateConfig: { maxUnavailable: 1 },
          // EKS replaces a node that stays unready (Amazon EKS User Guide, "Enable node auto repair").
          nodeRepairConfig: { enabled: true },
          taints: [TAINT],
        },
        { ...mine, dependsOn: [...args.after, ...role.permissions, ...before] },
      );
      groups.push(nodeGroup);
    }
    this.groups = groups;
    this.registerOutputs({});
  }
}

/** Nodes per AZ: evenly distributed, the first AZs have one more, none is empty. */
export function nodesByZone(nodes: number, zones: number): number[] {
  const each = Math.floor(nodes / zones);
  return Array.from({ length: zones }, (_, zone) => Math.max(1, each + (zone < nodes % zones ? 1 : 0)));
}

/**
 * What every node needs (Amazon EKS User Guide, "Amazon EKS node IAM role"): to join and to fetch pods' credentials, to
 * pull images, to be reached by Session Manager. The VPC CNI has a role of its own.
 */
const MANAGED_POLICIES = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonSSMManagedInstanceCore",
] as const;

/**
 * The first pull of a public image by the hub's cache: it makes the repository and fills it, on behalf of the node that
 * pulls (Amazon ECR User Guide, "IAM permissions required to sync an upstream registry with an Amazon ECR private
 * registry"). Across accounts the registry's policy and the puller's own must both allow it.
 *
 * @param registryArn `arn:aws:ecr:REGION:HUB`, without the repository
 */
function firstPullPolicy(registryArn: string): PolicyDocument {
  return policyDocument({
    Sid: "FillTheCache",
    Effect: "Allow",
    Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
    Resource: IMAGE_CACHES.map(({ prefix }) => `${registryArn}:repository/${prefix}/*`),
  });
}

export interface NodeRoleArgs {
  /** `arn:aws:ecr:REGION:HUB`, what the ARNs of the hub's repositories begin with. */
  readonly registryArn: string;
}

/** The role of nodes: what the kubelet may do, and pods may not, as they cannot reach the instance's metadata. */
export class NodeRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** What the role may do. Nodes come after these and go before them. */
  readonly permissions: readonly pulumi.Resource[];

  constructor(name: string, { registryArn }: NodeRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:NodeRole", name, {}, opts);
    const mine = { parent: this };
    const trust = policyDocument({
      Effect: "Allow",
      Principal: { Service: "ec2.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    // The name is left to Pulumi: EKS remembers a role by its unique id, so a new role must not take an old one's name.
    const role = new aws.iam.Role(name, { assumeRolePolicy: JSON.stringify(trust) }, mine);
    const attachments = MANAGED_POLICIES.map(
      (policy) =>
        new aws.iam.RolePolicyAttachment(
          `${name}-${policy}`,
          { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
          mine,
        ),
    );
    const firstPull = new aws.iam.RolePolicy(
      `${name}-first-pull`,
      { role: role.name, policy: JSON.stringify(firstPullPolicy(registryArn)) },
      mine,
    );
    this.arn = role.arn;
    this.name = role.name;
    this.permissions = [...attachments, firstPull];
    this.registerOutputs({ arn: this.arn, name: this.name });
  }
}
