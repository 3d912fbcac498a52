import type { Properties } from "../../model/resource";
import {
  access,
  assigned,
  chosen,
  counter,
  encryption,
  fixed,
  logs,
  handling,
  running,
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
    bootstrapSelfManagedAddons: handling(true),
    certificateAuthority: assigned,
    clusterId: assigned,
    computeConfig: access(),
    controlPlaneScalingConfig: running({ tier: "standard" }),
    createdAt: counter,
    defaultAddonsToRemoves: handling(),
    deletionProtection: handling(),
    enabledClusterLogTypes: logs(),
    encryptionConfig: encryption(),
    endpoint: assigned,
    forceUpdateVersion: handling(),
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
    upgradePolicy: running({ supportType: "EXTENDED" }),
    version: running(),
    vpcConfig: within(reach(), {
      clusterSecurityGroupId: assigned,
      controlPlaneEgressMode: reach("AWS_MANAGED"),
      endpointPublicAccess: reach(true),
      publicAccessCidrs: reach(["0.0.0.0/0"]),
      vpcId: assigned,
    }),
    zonalShiftConfig: running(),
  }),
  "aws:eks/nodeGroup:NodeGroup": table({
    amiType: chosen,
    capacityType: running("ON_DEMAND"),
    clusterName: access(),
    diskSize: chosen,
    forceUpdateVersion: handling(),
    instanceTypes: running(),
    labels: running(),
    launchTemplate: within(access(), { id: assigned, name: assigned }),
    nodeGroupName: fixed,
    nodeGroupNamePrefix: fixed,
    nodeRepairConfig: running(),
    nodeRoleArn: access(),
    releaseVersion: chosen,
    remoteAccess: reach(),
    resources: assigned,
    scalingConfig: running(),
    status: counter,
    subnetIds: reach(),
    taints: running(),
    updateConfig: within(running(), { updateStrategy: running("DEFAULT") }),
    version: chosen,
    warmPoolConfig: running(),
  }),
  "aws:eks/addon:Addon": table({
    addonName: fixed,
    addonVersion: chosen,
    clusterName: access(),
    configurationValues: access(),
    createdAt: counter,
    modifiedAt: counter,
    namespaceConfig: running({ namespace: "kube-system" }),
    podIdentityAssociations: access(),
    preserve: handling(),
    resolveConflictsOnCreate: handling(),
    resolveConflictsOnUpdate: handling(),
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
    capacityReservationSpecification: running(),
    cpuOptions: running(),
    creditSpecification: running(),
    defaultVersion: counter,
    description: spoken,
    disableApiStop: handling(),
    disableApiTermination: handling(),
    ebsOptimized: running("false"),
    enclaveOptions: running(),
    hibernationOptions: running(),
    iamInstanceProfile: access(),
    imageId: access(),
    instanceInitiatedShutdownBehavior: running("stop"),
    instanceMarketOptions: running(),
    instanceRequirements: running(),
    instanceType: running(),
    kernelId: access(),
    keyName: access(),
    latestVersion: counter,
    licenseSpecifications: running(),
    maintenanceOptions: running({ autoRecovery: "default" }),
    metadataOptions: within(access(), {
      httpProtocolIpv6: access("disabled"),
      instanceMetadataTags: access("disabled"),
    }),
    monitoring: running(),
    name: fixed,
    namePrefix: fixed,
    networkInterfaces: reach(),
    networkPerformanceOptions: running(),
    placement: running(),
    privateDnsNameOptions: reach(),
    ramDiskId: access(),
    secondaryInterfaces: reach(),
    securityGroupNames: reach(),
    tagSpecifications: running(),
    updateDefaultVersion: handling(),
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
