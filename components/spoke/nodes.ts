import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { architectureOf } from "../facts/instance-types";
import { IMAGE_CACHES } from "../facts/registries";
import { SYSTEM_TAINT_KEY } from "../kubernetes-names";
import type { Tags } from "../names";
import { policyDocument, type PolicyDocument } from "../policy-document";

/** Amazon Linux 2023, optimized for EKS, by architecture (Amazon EKS API Reference, `Nodegroup`, amiType). */
const AMI_TYPES = { arm64: "AL2023_ARM_64_STANDARD", x86_64: "AL2023_x86_64_STANDARD" } as const;

/** Root device of Amazon Linux 2023, and its size for images and logs. */
const ROOT_DEVICE = "/dev/xvda";
const ROOT_GIB = 50;

/** Reserves the nodes for add-ons and Karpenter, which tolerate it; applications do not. */
const TAINT = { key: SYSTEM_TAINT_KEY, value: "true", effect: "NO_SCHEDULE" } as const;

export interface NodeGroupsArgs {
  /** Name of the network, for the description of the instances. */
  readonly network: string;
  /** Tags of the instances and their volumes, in addition to Name. */
  readonly tags: Tags;
  readonly clusterName: pulumi.Input<string>;
  /** Version of the cluster. The nodes follow it in place, one AZ after the other. */
  readonly kubernetesVersion: string;
  /** Release of the image of the nodes, `MAJOR.MINOR.PATCH-YYYYMMDD`; another one is an update in place, too. */
  readonly amiRelease: string;
  /** One private subnet per AZ, in AZ order. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** At least one, all of one architecture. */
  readonly instanceTypes: readonly string[];
  /** Total number of nodes; each AZ has at least one. */
  readonly nodeCount: number;
  readonly role: NodeRole;
  /** Resources that must exist before the first node: the add-ons that make it ready, routes, DNS. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * The few nodes that do not depend on Karpenter, which runs on them. There is a group in each AZ: the subnets of a
 * group cannot change, so a single group for all AZs would be replaced when an AZ is added.
 */
export class NodeGroups extends pulumi.ComponentResource {
  /** Groups, for resources that depend on nodes. */
  readonly groups: readonly aws.eks.NodeGroup[];
  /** Names of their Auto Scaling groups, in AZ order. */
  readonly autoScalingGroups: readonly pulumi.Output<string>[];

  constructor(name: string, args: NodeGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:NodeGroups", name, {}, opts);
    const { clusterName, kubernetesVersion, amiRelease, subnetIds, instanceTypes, role } = args;
    const mine = { parent: this };
    const [first = ""] = instanceTypes;
    const sizes = nodesByZone(args.nodeCount, subnetIds.length);

    const groups: aws.eks.NodeGroup[] = [];
    for (const [zone, subnetId] of subnetIds.entries()) {
      const group = `${name}-system-${String(zone + 1)}`;
      const template = this.createTemplate(group, zone, args);
      const size = sizes[zone] ?? 1;
      // One after the other, so that a faulty image or version reaches only the first AZ.
      const before = groups.slice(-1);
      const nodeGroup = new aws.eks.NodeGroup(
        group,
        {
          clusterName,
          // A prefix and not a name, so that a replacement is created before the old group is deleted.
          nodeGroupNamePrefix: `system-${String(zone + 1)}-`,
          nodeRoleArn: role.arn,
          version: kubernetesVersion,
          releaseVersion: amiRelease,
          subnetIds: [subnetId],
          amiType: AMI_TYPES[architectureOf(first)],
          ...(instanceTypes.length === 1 ? {} : { instanceTypes: [...instanceTypes] }),
          launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
          // Nothing scales these: Karpenter launches its own nodes. EKS exceeds the maximum during an update.
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
    // EKS creates one for each, and names it after the group.
    this.autoScalingGroups = groups.map(({ resources, nodeGroupName }) =>
      pulumi.all([resources, nodeGroupName]).apply(([[made], name]) => made?.autoscalingGroups?.[0]?.name ?? name),
    );
    this.registerOutputs({});
  }

  private createTemplate(
    group: string,
    zone: number,
    { network, tags, instanceTypes }: NodeGroupsArgs,
  ): aws.ec2.LaunchTemplate {
    const [first, ...others] = instanceTypes;
    return new aws.ec2.LaunchTemplate(
      group,
      {
        description: `System nodes of ${network}, zone ${String(zone + 1)}`,
        // A single type is in the launch template, where a change is an update of the group. Several types must be on
        // the group, where a change replaces it.
        ...(first !== undefined && others.length === 0 ? { instanceType: first } : {}),
        // With one hop pods cannot reach the node's credentials; they have Pod Identity.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [
          {
            deviceName: ROOT_DEVICE,
            ebs: { volumeType: "gp3", volumeSize: ROOT_GIB, encrypted: "true", deleteOnTermination: "true" },
          },
        ],
        // The provider's default tags are set on the template, and not on what is launched from it.
        tagSpecifications: ["instance", "volume"].map((resourceType) => ({
          resourceType,
          tags: { ...tags, Name: group },
        })),
        updateDefaultVersion: true,
      },
      { parent: this },
    );
  }
}

/** Nodes per AZ: evenly distributed, the first AZs have one more, none is empty. */
export function nodesByZone(nodes: number, zones: number): number[] {
  const each = Math.floor(nodes / zones);
  return Array.from({ length: zones }, (_, zone) => Math.max(1, each + (zone < nodes % zones ? 1 : 0)));
}

/**
 * Permissions that every node needs (Amazon EKS User Guide, "Amazon EKS node IAM role"): to join and to fetch
 * credentials for pods, to pull images, to be reached by Session Manager. The VPC CNI has a role of its own.
 */
const MANAGED_POLICIES = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonSSMManagedInstanceCore",
] as const;

/**
 * Lets a node pull a public image for the first time: the hub's cache creates the repository and fills it on behalf of
 * the node (Amazon ECR User Guide, "IAM permissions required to sync an upstream registry with an Amazon ECR private
 * registry"). Across accounts, the registry's policy and the node's must both allow it.
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

/**
 * The same for nodes of EKS Auto Mode (Amazon EKS User Guide, "Amazon EKS Auto Mode node IAM role"). AWS gives nobody
 * access to such a node, so it needs no Session Manager.
 */
export const AUTO_MODE_POLICIES = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"] as const;

export interface NodeRoleArgs {
  /** Names of AWS managed policies. @default those of nodes that run Amazon Linux */
  readonly managedPolicies?: readonly string[];
  /** `arn:aws:ecr:REGION:HUB`, the beginning of the ARNs of the hub's repositories. */
  readonly registryArn: string;
}

/** The role of nodes, for the kubelet. Pods do not get it, since they cannot reach the instance metadata. */
export class NodeRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** Policies of the role. They must exist before the nodes and be deleted after them. */
  readonly permissions: readonly pulumi.Resource[];

  constructor(
    name: string,
    { managedPolicies = MANAGED_POLICIES, registryArn }: NodeRoleArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:spoke:NodeRole", name, {}, opts);
    const mine = { parent: this };
    const trust = policyDocument({
      Effect: "Allow",
      Principal: { Service: "ec2.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    // Pulumi chooses the name: EKS identifies a role by its unique id, so a new role must not have the name of an old
    // one.
    const role = new aws.iam.Role(name, { assumeRolePolicy: JSON.stringify(trust) }, mine);
    const attachments = managedPolicies.map(
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
