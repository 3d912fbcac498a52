import { createHash } from "node:crypto";
import {
  type Answer,
  type Child,
  Children,
  type Identity,
  type Json,
  key,
  type Properties,
  Reference,
  type Request,
  symbolicAttribute,
  symbolicId,
} from "../engine/resource";
import { UNKNOWN } from "../engine/wire";

const CLUSTER = "aws:eks/cluster:Cluster";
const ACCESS_ENTRY = "aws:eks/accessEntry:AccessEntry";
const ACCESS_POLICY = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const SERVICE_ROLE = "eks:index:ServiceRole";
const ROLE = "aws:iam/role:Role";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const KUBERNETES = "pulumi:providers:kubernetes";

/** AWS managed policies of the cluster's role, in the order in which the component attaches them. */
const CLUSTER_POLICIES = ["AmazonEKSClusterPolicy"];
const AUTO_MODE_POLICIES = [
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];

interface AccessEntry {
  readonly principalArn: string;
  readonly type?: string;
  readonly accessPolicies?: Readonly<Record<string, { readonly policyArn: string; readonly accessScope: Json }>>;
}

interface Args {
  readonly name: string;
  readonly version?: string;
  readonly privateSubnetIds: readonly string[];
  readonly authenticationMode?: string;
  readonly accessEntries?: Readonly<Record<string, AccessEntry>>;
  readonly endpointPrivateAccess?: boolean;
  readonly endpointPublicAccess?: boolean;
  readonly publicAccessCidrs?: readonly string[];
  readonly encryptionConfigKeyArn?: string;
  readonly enabledClusterLogTypes?: readonly string[];
  readonly kubernetesServiceIpAddressRange?: string;
  readonly upgradePolicy?: Json;
  readonly deletionProtection?: boolean;
  readonly bootstrapSelfManagedAddons?: boolean;
  readonly autoMode?: {
    readonly enabled: boolean;
    readonly createNodeRole?: boolean;
    readonly computeConfig?: Properties;
  };
  readonly tags?: Properties;
  readonly clusterTags?: Properties;
}

/** Required values of arguments: with others the component would create children that this stand-in does not know. */
const REQUIRED: Properties = {
  authenticationMode: "API",
  skipDefaultNodeGroup: true,
  skipDefaultSecurityGroups: true,
  useDefaultVpcCni: true,
  kubeProxyAddonOptions: { enabled: false },
  corednsAddonOptions: { enabled: false },
};

/**
 * The children and outputs of `eks.Cluster` 4.3 for the arguments that this program uses: access entries, but no
 * nodes, no security groups and no add-ons. Names, parents, inputs and dependencies are those of a real deployment.
 */
export function eksCluster(request: Request): Answer {
  const args = request.inputs as unknown as Args;
  refuseUnknownArguments(request, args);
  const children = new Children();
  const { role, attachments } = addServiceRole(request, args, children);
  const cluster = children.add(
    CLUSTER,
    `${request.name}-eksCluster`,
    request,
    withoutUndefined(clusterInputs(request.name, args, role)),
    [...request.inputDependencies, key(role), ...attachments.map(key)],
  );
  // Its one input is a kubeconfig, which only repeats data of the cluster.
  children.add(KUBERNETES, `${request.name}-eks-k8s`, request, {}, [key(cluster)]);
  addAccessEntries(request, args, cluster, children);

  return {
    id: "",
    children: children.all,
    outputs: {
      eksCluster: new Reference(key(cluster)),
      clusterSecurityGroupId: symbolicAttribute(cluster, "vpcConfig.clusterSecurityGroupId"),
    },
    dependencies: { eksCluster: [key(cluster)], clusterSecurityGroupId: [key(cluster)] },
  };
}

function addServiceRole(
  request: Request,
  args: Args,
  children: Children,
): { readonly role: Child; readonly attachments: readonly Child[] } {
  const serviceRole = children.add(SERVICE_ROLE, `${request.name}-eksRole`, request, {}, []);
  const assumeRolePolicy = {
    Version: "2012-10-17",
    Statement: [
      {
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Effect: "Allow",
        Principal: { Service: ["eks.amazonaws.com"] },
      },
    ],
  };
  const role = children.add(
    ROLE,
    `${serviceRole.name}-role`,
    serviceRole,
    withoutUndefined({
      description: "Allows EKS to manage clusters on your behalf.",
      assumeRolePolicy: JSON.stringify(assumeRolePolicy),
      tags: args.tags,
    }),
    [],
  );
  const policies = [...CLUSTER_POLICIES, ...(args.autoMode?.enabled === true ? AUTO_MODE_POLICIES : [])];
  const attachments = policies.map((policy) => {
    const policyArn = `arn:aws:iam::aws:policy/${policy}`;
    const name = `${serviceRole.name}-${createHash("sha1").update(policyArn).digest("hex").slice(0, 8)}`;
    return children.add(ATTACHMENT, name, serviceRole, { policyArn, role: symbolicId(role) }, [key(role)]);
  });
  return { role, attachments };
}

function addAccessEntries(request: Request, args: Args, cluster: Child, children: Children): void {
  const clusterName = args.name;
  for (const [name, { principalArn, type, accessPolicies = {} }] of Object.entries(args.accessEntries ?? {})) {
    const inputs = withoutUndefined({ clusterName, principalArn, type });
    const entry = children.add(ACCESS_ENTRY, `${request.name}-${name}`, request, inputs, [key(cluster)]);
    for (const [policy, { policyArn, accessScope }] of Object.entries(accessPolicies)) {
      const policyInputs = { clusterName, principalArn, policyArn, accessScope };
      children.add(ACCESS_POLICY, `${entry.name}-${policy}`, entry, policyInputs, [key(entry), key(cluster)]);
    }
  }
}

function clusterInputs(name: string, args: Args, role: Identity): Readonly<Record<string, Json | undefined>> {
  const { encryptionConfigKeyArn: keyArn, kubernetesServiceIpAddressRange: serviceIpv4Cidr } = args;
  return {
    name: args.name,
    version: args.version,
    roleArn: symbolicAttribute(role, "arn"),
    vpcConfig: withoutUndefined({
      subnetIds: [...args.privateSubnetIds],
      endpointPrivateAccess: args.endpointPrivateAccess,
      endpointPublicAccess: args.endpointPublicAccess,
      publicAccessCidrs: args.publicAccessCidrs && [...args.publicAccessCidrs],
    }),
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
    bootstrapSelfManagedAddons: args.bootstrapSelfManagedAddons ?? true,
    enabledClusterLogTypes: args.enabledClusterLogTypes && [...args.enabledClusterLogTypes],
    encryptionConfig: keyArn === undefined ? undefined : { provider: { keyArn }, resources: ["secrets"] },
    kubernetesNetworkConfig: serviceIpv4Cidr === undefined ? undefined : { serviceIpv4Cidr, ipFamily: "ipv4" },
    ...autoModeInputs(args),
    upgradePolicy: args.upgradePolicy,
    deletionProtection: args.deletionProtection,
    tags: { Name: `${name}-eksCluster`, ...args.clusterTags, ...args.tags },
  };
}

/**
 * What the component sets for EKS Auto Mode. The program's own transform then sets all three anew. Each of the three depends
 * on the others, so one unknown part makes all of them unknown.
 */
function autoModeInputs({ autoMode, kubernetesServiceIpAddressRange }: Args): Readonly<Record<string, Json>> {
  if (autoMode?.enabled !== true) return {};
  if (Object.values(autoMode.computeConfig ?? {}).includes(UNKNOWN)) {
    return { computeConfig: UNKNOWN, storageConfig: UNKNOWN, kubernetesNetworkConfig: UNKNOWN };
  }
  return {
    computeConfig: { enabled: true, nodePools: ["general-purpose", "system"], ...autoMode.computeConfig },
    storageConfig: { blockStorage: { enabled: true } },
    kubernetesNetworkConfig: {
      ...(kubernetesServiceIpAddressRange === undefined ? {} : { serviceIpv4Cidr: kubernetesServiceIpAddressRange }),
      ipFamily: "ipv4",
      elasticLoadBalancing: { enabled: true },
    },
  };
}

function refuseUnknownArguments(request: Request, args: Args): void {
  for (const [argument, wanted] of Object.entries(REQUIRED)) {
    if (!matches(request.inputs[argument], wanted)) {
      throw new Error(`${key(request)}: the plan knows eks.Cluster only with ${argument} ${JSON.stringify(wanted)}`);
    }
  }
  if (args.autoMode?.enabled === true && args.autoMode.createNodeRole !== false) {
    throw new Error(`${key(request)}: the plan knows autoMode of eks.Cluster only with createNodeRole false`);
  }
  if (args.publicAccessCidrs !== undefined && args.endpointPublicAccess !== true) {
    throw new Error(`${key(request)}: \`publicAccessCidrs\` can only be set when \`endpointPublicAccess\` is true`);
  }
}

/** Whether a value is the wanted one; an object may have more fields, since the SDK adds defaults. */
function matches(value: Json | undefined, wanted: Json): boolean {
  if (wanted === null || typeof wanted !== "object" || Array.isArray(wanted)) return value === wanted;
  const fields = (value ?? {}) as Properties;
  return Object.entries(wanted).every(([name, each]) => matches(fields[name], each));
}

function withoutUndefined(properties: Readonly<Record<string, Json | undefined>>): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}
