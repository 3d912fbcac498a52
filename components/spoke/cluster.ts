import * as aws from "@pulumi/aws";
import type { types } from "@pulumi/eks";
import { Cluster as EksCluster } from "@pulumi/eks/cluster";
import { AuthenticationMode } from "@pulumi/eks/types/enums";
import * as pulumi from "@pulumi/pulumi";
import { deploymentRoleArn } from "../names";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { setInputs } from "../transforms";
import { type AutoMode, autoModeArgs, autoModeInputs } from "./auto-mode";

/**
 * AZs of the control plane's network interfaces. It can never change: EKS accepts no subnets in other AZs than those
 * with which a cluster was created (Amazon EKS User Guide, "View Amazon EKS networking requirements for VPC and
 * subnets"). Nodes run in every AZ.
 */
const CONTROL_PLANE_ZONES = 2;

/** All types, because an audit log that starts only when it is needed is of no use. */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
/**
 * A year, because an intrusion is often found after months, and storing a log costs little compared to its ingestion.
 */
const LOG_RETENTION_DAYS = 365;

/** The longest that KMS allows. A cluster whose key is deleted cannot be recovered. */
const KEY_DELETION_WINDOW_DAYS = 30;

/**
 * The role that deploys does not administer Kubernetes: the configuration lists the administrators, and no deployment
 * calls the Kubernetes API. `eks.Cluster` has no argument for this.
 */
const ACCESS_CONFIG = {
  authenticationMode: AuthenticationMode.Api,
  bootstrapClusterCreatorAdminPermissions: false,
};

export interface ClusterArgs {
  /** Name of the cluster in AWS. */
  readonly clusterName: string;
  /** Name of the Pulumi project, a part of the name of the role that deploys the stack. */
  readonly project: string;
  /** Name of the spoke's network, which is also that of its stack, and its account. */
  readonly network: string;
  readonly account: string;
  /** `MAJOR.MINOR`; the next minor version is an update in place. */
  readonly kubernetesVersion: string;
  /** IPv4 CIDR of Kubernetes services. A change replaces the cluster. */
  readonly kubernetesServiceCidr: string;
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets in AZ order, at least two; the control plane uses those of the first two AZs. */
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
  /** ARNs of the IAM roles that administer the cluster. Plain strings: each creates resources. */
  readonly admins: readonly string[];
  /** IPv4 CIDRs that reach the API over the internet; empty: none. */
  readonly publicAccessCidrs: readonly string[];
  /** Whether to protect the cluster and the key of its secrets. */
  readonly protect: boolean;
  /** EKS Auto Mode, turned on or explicitly off. @default not set, which leaves a cluster as it is */
  readonly autoMode?: AutoMode | "off" | undefined;
}

/**
 * The EKS control plane. It is reached from its VPC, and from the internet only by listed CIDRs.
 *
 * No deployment calls the Kubernetes API, which may be out of reach. So add-ons, nodes and everything that Karpenter
 * needs are AWS resources, and `eks.Cluster` creates none of them.
 */
export class Cluster extends pulumi.ComponentResource {
  /** Name, for resources of the cluster: known while the cluster changes, and a dependency on it. */
  readonly name: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  /** Certificate authority of the Kubernetes API: PEM in base64. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** Security group that EKS creates for the API's private endpoint and the nodes. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Resources that `eks.Cluster` creates in its plugin. A `dependsOn` of a component does not include them. */
  readonly parts: pulumi.Output<readonly pulumi.Resource[]>;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:Cluster", name, {}, opts);
    const { clusterName, kubernetesServiceCidr, admins, publicAccessCidrs, protect, autoMode } = args;
    const mine = { parent: this };

    // Without it EKS creates the log group itself, whose logs never expire.
    const logs = new aws.cloudwatch.LogGroup(
      `${name}-cluster`,
      { name: `/aws/eks/${clusterName}/cluster`, retentionInDays: LOG_RETENTION_DAYS },
      mine,
    );
    const key = this.createSecretsKey(name, args);
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
        // eks refuses CIDRs with a private endpoint, even an empty list.
        ...(isPublic ? { publicAccessCidrs: [...publicAccessCidrs] } : {}),
        encryptionConfigKeyArn: key.arn,
        enabledClusterLogTypes: LOG_TYPES,
        kubernetesServiceIpAddressRange: kubernetesServiceCidr,
        upgradePolicy: { supportType: "STANDARD" },
        deletionProtection: protect,
        skipDefaultNodeGroup: true,
        skipDefaultSecurityGroups: true,
        bootstrapSelfManagedAddons: false,
        useDefaultVpcCni: true,
        kubeProxyAddonOptions: { enabled: false },
        corednsAddonOptions: { enabled: false },
        clusterTags: { Name: clusterName },
        ...autoModeArgs(autoMode),
      },
      {
        ...mine,
        dependsOn: [logs, ...(typeof autoMode === "object" ? autoMode.after : [])],
        transforms: [
          setInputs(
            "aws:eks/cluster:Cluster",
            { accessConfig: ACCESS_CONFIG, ...autoModeInputs(autoMode, kubernetesServiceCidr) },
            // EKS's own protection refuses the deletion only after add-ons, nodes and access entries are gone.
            { protect },
          ),
        ],
      },
    );
    this.name = cluster.eksCluster.name;
    this.parts = partsOf(name, cluster, admins);
    this.endpoint = cluster.eksCluster.endpoint;
    this.certificateAuthority = cluster.eksCluster.certificateAuthority.data;
    this.securityGroupId = cluster.clusterSecurityGroupId;
    this.registerOutputs({ name: this.name, endpoint: this.endpoint });
  }

  private createSecretsKey(
    name: string,
    { clusterName, project, network, account, protect }: ClusterArgs,
  ): aws.kms.Key {
    const mine = { parent: this };
    // EKS uses the key with a grant, which it creates on behalf of the principal that creates the cluster.
    const key = new aws.kms.Key(
      `${name}-cluster`,
      {
        description: `Secrets of the cluster ${clusterName}`,
        policy: JSON.stringify(secretsKeyPolicy(account, deploymentRoleArn(account, project, network))),
        enableKeyRotation: true,
        deletionWindowInDays: KEY_DELETION_WINDOW_DAYS,
      },
      { ...mine, protect },
    );
    new aws.kms.Alias(`${name}-cluster`, { name: `alias/${clusterName}`, targetKeyId: key.keyId }, mine);
    return key;
  }
}

/** Access policy that allows everything in the cluster (Amazon EKS User Guide, "Review access policy permissions"). */
export const ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/**
 * Access entries of the administrators, by a key that consists only of the role's account, path and name. The names of
 * resources contain the key, so an administrator who is added or removed changes no other.
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

/**
 * What `eks.Cluster` creates and nothing else depends on, by URN, since it has no output for it: the access of the
 * administrators, and a provider.
 */
function partsOf(
  name: string,
  { urn }: EksCluster,
  admins: readonly string[],
): pulumi.Output<readonly pulumi.Resource[]> {
  const policies = admins.map((admin) => {
    const entry = `${name}-${accessKey(admin)}`;
    const entryUrn = pulumi.createUrn(entry, "aws:eks/accessEntry:AccessEntry", urn);
    return pulumi.createUrn(`${entry}-admin`, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation", entryUrn);
  });
  const provider = pulumi.createUrn(`${name}-eks-k8s`, "pulumi:providers:kubernetes", urn);
  return pulumi.all([provider, ...policies]).apply((urns) => urns.map((each) => new pulumi.DependencyResource(each)));
}

/** `ACCOUNT/PATH/NAME` of a role's ARN. */
export function accessKey(roleArn: string): string {
  const [, , , , account = "", ...resource] = roleArn.split(":");
  return `${account}/${resource.join(":").replace(/^role\//, "")}`;
}

export interface ApiAccessArgs {
  /** Security group that EKS created for the cluster. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Private IPv4 CIDRs that reach the API. Plain strings: each is a rule. */
  readonly cidrs: readonly string[];
}

const HTTPS_PORT = 443;

/**
 * Lets other networks reach the private Kubernetes API. The security group that EKS creates allows traffic only from
 * itself, so without these rules only the cluster's own nodes reach the API (Amazon EKS User Guide, "View Amazon EKS
 * security group requirements for clusters").
 */
export class ApiAccess extends pulumi.ComponentResource {
  constructor(name: string, { securityGroupId, cidrs }: ApiAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:ApiAccess", name, {}, opts);
    for (const cidr of cidrs) {
      new aws.vpc.SecurityGroupIngressRule(
        // The name contains the CIDR, so that adding or removing one changes no other rule.
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

/**
 * Actions with which the AWS provider and EKS create, change, read and delete the key, its alias and its grant. None of
 * them uses the key.
 */
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
 * Policy of the key of a cluster's secrets. IAM policies of the account decide, as in AWS's default key policy. The
 * stack's deployment role may manage the key by this policy, so it needs no permission on keys by tag: a tag takes up
 * to five minutes to take effect (AWS KMS Developer Guide, "ABAC for AWS KMS") and can be set on any other key.
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
      // In a key policy it means this key.
      Resource: "*",
    },
    {
      Sid: "DeploymentsManage",
      Effect: "Allow",
      // A condition, because KMS refuses a principal that does not exist, and a network that is deployed by hand has no
      // such role. With the account as principal, the IAM policies would decide.
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
