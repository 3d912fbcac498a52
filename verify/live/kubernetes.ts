import type { Properties } from "../../model/resource";
import {
  access,
  assigned,
  chosen,
  counter,
  encryption,
  fixed,
  logs,
  other,
  reach,
  spoken,
  table,
  within,
  type LiveTable,
} from "./rule";

/** EKS, and the launch templates of its nodes. Defaults: Amazon EKS API Reference; EC2's, RequestLaunchTemplateData. */
export const KUBERNETES_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:eks/cluster:Cluster": table({
    accessConfig: access(),
    bootstrapSelfManagedAddons: other(true),
    certificateAuthority: assigned,
    clusterId: assigned,
    computeConfig: access(),
    controlPlaneScalingConfig: other({ tier: "standard" }),
    createdAt: counter,
    defaultAddonsToRemoves: other(),
    deletionProtection: other(),
    enabledClusterLogTypes: logs(),
    encryptionConfig: encryption(),
    endpoint: assigned,
    forceUpdateVersion: other(),
    identities: assigned,
    // How the control plane is tuned: EKS fills it in, and has changed what it fills in.
    kubeApiServerConfig: chosen,
    kubeControllerManagerConfig: chosen,
    kubeSchedulerConfig: chosen,
    kubernetesNetworkConfig: within(reach(), { serviceIpv4Cidr: chosen, ipFamily: reach("ipv4") }),
    name: fixed,
    outpostConfig: reach(),
    platformVersion: chosen,
    remoteNetworkConfig: reach(),
    roleArn: access(),
    status: counter,
    storageConfig: access(),
    upgradePolicy: other({ supportType: "EXTENDED" }),
    version: other(),
    vpcConfig: within(reach(), {
      clusterSecurityGroupId: assigned,
      controlPlaneEgressMode: reach("AWS_MANAGED"),
      endpointPublicAccess: reach(true),
      publicAccessCidrs: reach(["0.0.0.0/0"]),
      vpcId: assigned,
    }),
    zonalShiftConfig: other(),
  }),
  "aws:eks/nodeGroup:NodeGroup": table({
    amiType: chosen,
    capacityType: other("ON_DEMAND"),
    clusterName: access(),
    diskSize: chosen,
    forceUpdateVersion: other(),
    instanceTypes: other(),
    labels: other(),
    launchTemplate: within(access(), { id: assigned, name: assigned }),
    nodeGroupName: fixed,
    nodeGroupNamePrefix: fixed,
    nodeRepairConfig: other(),
    nodeRoleArn: access(),
    releaseVersion: chosen,
    remoteAccess: reach(),
    resources: assigned,
    scalingConfig: other(),
    status: counter,
    subnetIds: reach(),
    taints: other(),
    updateConfig: within(other(), { updateStrategy: other("DEFAULT") }),
    version: chosen,
    warmPoolConfig: other(),
  }),
  "aws:eks/addon:Addon": table({
    addonName: fixed,
    addonVersion: chosen,
    clusterName: access(),
    configurationValues: access(),
    createdAt: counter,
    modifiedAt: counter,
    namespaceConfig: other({ namespace: "kube-system" }),
    podIdentityAssociations: access(),
    preserve: other(),
    resolveConflictsOnCreate: other(),
    resolveConflictsOnUpdate: other(),
    serviceAccountRoleArn: access(),
  }),
  "aws:eks/accessEntry:AccessEntry": table({
    accessEntryArn: assigned,
    clusterName: access(),
    createdAt: counter,
    kubernetesGroups: { ...access(), isDefault: isGroupOfNodes },
    modifiedAt: counter,
    principalArn: access(),
    type: access("STANDARD"),
    userName: { ...access(), isDefault: isNameOfPrincipal },
  }),
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": table({
    associationArn: assigned,
    associationId: assigned,
    clusterName: access(),
    disableSessionTags: access(),
    externalId: access(),
    namespace: access(),
    policy: access(),
    roleArn: access(),
    serviceAccount: access(),
    targetRoleArn: access(),
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": table({
    blockDeviceMappings: encryption(),
    capacityReservationSpecification: other(),
    cpuOptions: other(),
    creditSpecification: other(),
    defaultVersion: counter,
    description: spoken,
    disableApiStop: other(),
    disableApiTermination: other(),
    ebsOptimized: other("false"),
    enclaveOptions: other(),
    hibernationOptions: other(),
    iamInstanceProfile: access(),
    imageId: access(),
    instanceInitiatedShutdownBehavior: other("stop"),
    instanceMarketOptions: other(),
    instanceRequirements: other(),
    instanceType: other(),
    kernelId: access(),
    keyName: access(),
    latestVersion: counter,
    licenseSpecifications: other(),
    maintenanceOptions: other({ autoRecovery: "default" }),
    metadataOptions: within(access(), {
      httpProtocolIpv6: access("disabled"),
      instanceMetadataTags: access("disabled"),
    }),
    monitoring: other(),
    name: fixed,
    namePrefix: fixed,
    networkInterfaces: reach(),
    networkPerformanceOptions: other(),
    placement: other(),
    privateDnsNameOptions: reach(),
    ramDiskId: access(),
    secondaryInterfaces: reach(),
    securityGroupNames: reach(),
    tagSpecifications: other(),
    updateDefaultVersion: other(),
    userData: access(),
    vpcSecurityGroupIds: reach(),
  }),
};

/** The group that EKS puts nodes into, and nobody else (Amazon EKS User Guide, "Create access entries"). */
function isGroupOfNodes(value: unknown, { type }: Properties): boolean {
  return isEc2(type) && Array.isArray(value) && value.length === 1 && value[0] === "system:nodes";
}

/** The name that EKS gives a principal of which nothing else is asked. */
function isNameOfPrincipal(value: unknown, { type, principalArn }: Properties): boolean {
  if (isEc2(type)) return value === "system:node:{{EC2PrivateDNSName}}";
  const [, account = "", role = ""] =
    /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(String(principalArn)) ?? [];
  const session = new RegExp(`^arn:aws[\\w-]*:sts::${account}:assumed-role/`);
  return (
    value === principalArn ||
    (role !== "" && session.test(String(value)) && String(value).endsWith(`/${role}/{{SessionName}}`))
  );
}

function isEc2(type: unknown): boolean {
  return typeof type === "string" && type.startsWith("EC2");
}
