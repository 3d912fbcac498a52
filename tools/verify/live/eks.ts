import type { Properties } from "../../model/resource";
import {
  access,
  all,
  assigned,
  chosen,
  counter,
  described,
  encryption,
  fixed,
  lifecycle,
  logs,
  performance,
  reach,
  liveTable,
  within,
  type LiveTable,
} from "./rule";

/**
 * Clusters and the launch templates of their nodes.
 *
 * Sources of the defaults: Amazon EKS API Reference, and RequestLaunchTemplateData in the Amazon EC2 API Reference.
 */
export const EKS_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:eks/cluster:Cluster": liveTable({
    ...all.reach("outpostConfig remoteNetworkConfig"),
    ...all.access("accessConfig computeConfig roleArn storageConfig"),
    ...all.lifecycle("defaultAddonsToRemoves deletionProtection forceUpdateVersion"),
    ...all.performance("version zonalShiftConfig"),
    ...all.assigned("certificateAuthority clusterId endpoint identities"),
    ...all.counter("createdAt status"),
    encryptionConfig: encryption(),
    enabledClusterLogTypes: logs(),
    name: fixed,
    bootstrapSelfManagedAddons: lifecycle(true),
    controlPlaneScalingConfig: performance({ tier: "standard" }),
    platformVersion: chosen,
    // Tuning of the control plane: EKS sets the values, and has changed them.
    ...all.chosen("kubeApiServerConfig kubeControllerManagerConfig kubeSchedulerConfig"),
    kubernetesNetworkConfig: within(reach(), { serviceIpv4Cidr: chosen, ipFamily: reach("ipv4") }),
    upgradePolicy: performance({ supportType: "EXTENDED" }),
    vpcConfig: within(reach(), {
      clusterSecurityGroupId: assigned,
      controlPlaneEgressMode: reach("AWS_MANAGED"),
      endpointPublicAccess: reach(true),
      publicAccessCidrs: reach(["0.0.0.0/0"]),
      vpcId: assigned,
    }),
  }),
  "aws:eks/nodeGroup:NodeGroup": liveTable({
    ...all.reach("remoteAccess subnetIds"),
    ...all.access("clusterName nodeRoleArn"),
    ...all.performance("instanceTypes labels nodeRepairConfig scalingConfig taints warmPoolConfig"),
    ...all.chosen("amiType diskSize releaseVersion version"),
    ...all.fixed("nodeGroupName nodeGroupNamePrefix"),
    forceUpdateVersion: lifecycle(),
    resources: assigned,
    status: counter,
    capacityType: performance("ON_DEMAND"),
    launchTemplate: within(access(), { id: assigned, name: assigned }),
    updateConfig: within(performance(), { updateStrategy: performance("DEFAULT") }),
  }),
  "aws:eks/addon:Addon": liveTable({
    ...all.access("clusterName configurationValues podIdentityAssociations serviceAccountRoleArn"),
    ...all.lifecycle("preserve resolveConflictsOnCreate resolveConflictsOnUpdate"),
    ...all.counter("createdAt modifiedAt"),
    addonVersion: chosen,
    addonName: fixed,
    namespaceConfig: performance({ namespace: "kube-system" }),
  }),
  "aws:eks/accessEntry:AccessEntry": liveTable({
    ...all.access("clusterName principalArn"),
    ...all.counter("createdAt modifiedAt"),
    accessEntryArn: assigned,
    kubernetesGroups: { ...access(), isDefault: isGroupOfNodes },
    type: access("STANDARD"),
    userName: { ...access(), isDefault: isNameOfPrincipal },
  }),
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": liveTable({
    ...all.access("clusterName disableSessionTags externalId namespace policy roleArn serviceAccount targetRoleArn"),
    ...all.assigned("associationArn associationId"),
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": liveTable({
    ...all.reach("networkInterfaces privateDnsNameOptions secondaryInterfaces securityGroupNames vpcSecurityGroupIds"),
    ...all.access("iamInstanceProfile imageId kernelId keyName ramDiskId userData"),
    ...all.lifecycle("disableApiStop disableApiTermination updateDefaultVersion"),
    ...all.performance(`
      capacityReservationSpecification cpuOptions creditSpecification enclaveOptions hibernationOptions
      instanceMarketOptions instanceRequirements instanceType licenseSpecifications monitoring networkPerformanceOptions
      placement tagSpecifications`),
    ...all.counter("defaultVersion latestVersion"),
    ...all.fixed("name namePrefix"),
    blockDeviceMappings: encryption(),
    description: described,
    ebsOptimized: performance("false"),
    instanceInitiatedShutdownBehavior: performance("stop"),
    maintenanceOptions: performance({ autoRecovery: "default" }),
    metadataOptions: within(access(), {
      httpProtocolIpv6: access("disabled"),
      instanceMetadataTags: access("disabled"),
    }),
  }),
};

/** Whether it is the group that EKS gives only to nodes (Amazon EKS User Guide, "Create access entries"). */
function isGroupOfNodes(value: unknown, { type }: Properties): boolean {
  return isEc2(type) && Array.isArray(value) && value.length === 1 && value[0] === "system:nodes";
}

/** Whether it is the user name that EKS gives a principal for which none is set. */
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
