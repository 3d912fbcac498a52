import * as aws from "@pulumi/aws";
import type { types } from "@pulumi/eks";
import { Cluster as EksCluster } from "@pulumi/eks/cluster";
import { AuthenticationMode } from "@pulumi/eks/types/enums";
import * as pulumi from "@pulumi/pulumi";
import { deploymentRoleName, roleArn } from "../names";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { setInputs } from "../transforms";

/**
 * Zones of the control plane's network interfaces, for ever: EKS takes no subnet of another zone than those a cluster
 * was created with (Amazon EKS User Guide, "View Amazon EKS networking requirements for VPC and subnets"). Nodes run in
 * every zone all the same.
 */
const CONTROL_PLANE_ZONES = 2;

/** All of them: an audit log that begins on the day it is needed is of no use. */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
/** A year: an intrusion is found after months, and a stored log costs little beside its ingestion. */
const LOG_RETENTION_DAYS = 365;

/** The longest that KMS offers. A cluster whose key is gone cannot be recovered. */
const KEY_DELETION_WINDOW_DAYS = 30;

/**
 * The role that deploys is no administrator of Kubernetes: those are in the configuration, and nothing that is deployed
 * calls the Kubernetes API. `eks.Cluster` has no argument for it.
 */
const ACCESS_CONFIG = {
  authenticationMode: AuthenticationMode.Api,
  bootstrapClusterCreatorAdminPermissions: false,
};

export interface ClusterArgs {
  /** Name that AWS shows. */
  readonly clusterName: string;
  /** Name of the Pulumi project, which is in that of the role that deploys the stack. */
  readonly project: string;
  /** Name of the spoke's network, which is that of its stack, and its account. */
  readonly network: string;
  readonly account: string;
  /** `MAJOR.MINOR`; a step up by one is an update in place. */
  readonly kubernetesVersion: string;
  /** IPv4 CIDR of the addresses of Kubernetes services. Another one replaces the cluster. */
  readonly kubernetesServiceCidr: string;
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets in AZ order, at least two; the control plane uses those of the first two AZs. */
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
  /** ARNs of the IAM roles that administer the cluster. Plain: each makes resources. */
  readonly admins: readonly string[];
  /** IPv4 CIDRs with access to the API over the internet; empty: none. */
  readonly publicAccessCidrs: readonly string[];
  /** Refuse to delete the cluster, and the key of its secrets. */
  readonly protect: boolean;
}

/**
 * The EKS control plane, reached from its VPC, and from the internet only by those who are listed.
 *
 * Nothing here or after it calls the Kubernetes API during a deployment: it may be out of reach. So the add-ons, the
 * nodes and all that Karpenter needs are resources of AWS, and `eks.Cluster` makes none of them.
 */
export class Cluster extends pulumi.ComponentResource {
  /** Name, for whatever belongs to the cluster: known while the cluster changes, and a dependency on it. */
  readonly name: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  /** Security group that EKS makes for the cluster: of the API's private endpoint and of the nodes. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:Cluster", name, {}, opts);
    const { clusterName, project, network, account, admins, publicAccessCidrs, protect } = args;
    const mine = { parent: this };

    // EKS makes the group itself where there is none, and then keeps the logs for ever.
    const logs = new aws.cloudwatch.LogGroup(
      `${name}-cluster`,
      { name: `/aws/eks/${clusterName}/cluster`, retentionInDays: LOG_RETENTION_DAYS },
      mine,
    );
    // EKS uses the key by a grant that it makes on behalf of whoever creates the cluster.
    const key = new aws.kms.Key(
      `${name}-cluster`,
      {
        description: `Secrets of the cluster ${clusterName}`,
        policy: JSON.stringify(secretsKeyPolicy(account, roleArn(account, deploymentRoleName(project, network)))),
        enableKeyRotation: true,
        deletionWindowInDays: KEY_DELETION_WINDOW_DAYS,
      },
      { ...mine, protect },
    );
    new aws.kms.Alias(`${name}-cluster`, { name: `alias/${clusterName}`, targetKeyId: key.keyId }, mine);

    const isPublic = publicAccessCidrs.length > 0;
    const cluster = new EksCluster(
      name,
      {
        name: clusterName,
        version: args.kubernetesVersion,
        vpcId: args.vpcId,
        privateSubnetIds: args.privateSubnetIds.slice(0, CONTROL_PLANE_ZONES),
        authenticationMode: AuthenticationMode.Api,
        accessEntries: adminAccessEntries(admins),
        endpointPrivateAccess: true,
        endpointPublicAccess: isPublic,
        // eks refuses blocks beside a private endpoint, an empty list too.
        ...(isPublic ? { publicAccessCidrs: [...publicAccessCidrs] } : {}),
        encryptionConfigKeyArn: key.arn,
        enabledClusterLogTypes: LOG_TYPES,
        kubernetesServiceIpAddressRange: args.kubernetesServiceCidr,
        upgradePolicy: { supportType: "STANDARD" },
        deletionProtection: protect,
        skipDefaultNodeGroup: true,
        skipDefaultSecurityGroups: true,
        bootstrapSelfManagedAddons: false,
        useDefaultVpcCni: true,
        kubeProxyAddonOptions: { enabled: false },
        corednsAddonOptions: { enabled: false },
        clusterTags: { Name: clusterName },
      },
      {
        ...mine,
        dependsOn: [logs],
        transforms: [setInputs("aws:eks/cluster:Cluster", { accessConfig: ACCESS_CONFIG })],
      },
    );
    this.name = cluster.eksCluster.name;
    this.endpoint = cluster.eksCluster.endpoint;
    this.securityGroupId = cluster.clusterSecurityGroupId;
    this.registerOutputs({ name: this.name, endpoint: this.endpoint });
  }
}

/** Everything in the cluster (Amazon EKS User Guide, "Review access policy permissions"). */
export const ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/**
 * Access entries of the administrators, by a key that names the role and nothing else does: its account and its name
 * with the path. The key is in the names of resources, so who joins or leaves moves nobody else.
 *
 * @param admins ARNs of IAM roles
 */
function adminAccessEntries(admins: readonly string[]): Record<string, types.input.AccessEntryArgs> {
  return Object.fromEntries(
    admins.map((principalArn) => [
      accessKey(principalArn),
      { principalArn, accessPolicies: { admin: { policyArn: ADMIN_POLICY, accessScope: { type: "cluster" } } } },
    ]),
  );
}

/** `ACCOUNT/PATH/NAME` of a role's ARN. */
export function accessKey(roleArn: string): string {
  const [, , , , account = "", ...resource] = roleArn.split(":");
  return `${account}/${resource.join(":").replace(/^role\//, "")}`;
}

export interface ApiAccessArgs {
  /** Security group that EKS made for the cluster. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Private IPv4 CIDRs that reach the API. Plain: each is a rule. */
  readonly cidrs: readonly string[];
}

const HTTPS_PORT = 443;

/**
 * Lets other networks reach the private Kubernetes API. The security group that EKS makes admits only itself, so without
 * these rules only the cluster's own nodes do (Amazon EKS User Guide, "View Amazon EKS security group requirements for
 * clusters").
 */
export class ApiAccess extends pulumi.ComponentResource {
  constructor(name: string, { securityGroupId, cidrs }: ApiAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:ApiAccess", name, {}, opts);
    for (const cidr of cidrs) {
      new aws.vpc.SecurityGroupIngressRule(
        // The name has the CIDR in it, so that one that joins or leaves moves no other.
        `${name}-api-${cidr}`,
        {
          securityGroupId,
          description: `Kubernetes API from ${cidr}`,
          cidrIpv4: cidr,
          ipProtocol: "tcp",
          fromPort: HTTPS_PORT,
          toPort: HTTPS_PORT,
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

/** What the AWS provider and EKS call to make, change, read and remove the key, its alias and its grant. Not its use. */
export const MANAGE_KEY = [
  "kms:CreateAlias",
  "kms:CreateGrant",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKeyRotation",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
] as const;

/**
 * Policy of the key of a cluster's secrets. The IAM policies of the account decide, as AWS's default key policy has it,
 * and the stack's deployment role manages the key: by this policy, so that the role needs no right on keys by tag, which
 * takes up to five minutes to count (AWS KMS Developer Guide, "ABAC for AWS KMS") and can be put on a stranger's key.
 *
 * @param account 12 digits, of the spoke
 * @param deploymentRoleArn role that deploys the spoke's stack
 */
export function secretsKeyPolicy(account: string, deploymentRoleArn: string): PolicyDocument {
  return policyDocument(
    {
      Sid: "AccountDecides",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      // In a key policy: this key.
      Resource: "*",
    },
    {
      Sid: "DeploymentsManage",
      Effect: "Allow",
      // By condition: KMS refuses a principal that does not exist, and a network that is deployed by hand has no such
      // role. The account as the principal would leave the decision to IAM policies again.
      Principal: { AWS: "*" },
      Action: MANAGE_KEY,
      Resource: "*",
      Condition: {
        StringEquals: { "aws:PrincipalAccount": account },
        ArnEquals: { "aws:PrincipalArn": deploymentRoleArn },
      },
    },
  );
}
