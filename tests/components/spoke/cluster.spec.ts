import { expect } from "chai";
import { checkPlatformContract } from "../../../components/platform-contract";
import type { Json, PlannedResource, Properties } from "../../../tools/planner/engine/resource";
import { plan, type Plan } from "../../../tools/planner/plan";
import { expectedNamesWithoutAlarms, namesOf } from "../../support/expected";
import { project, stack, withConfig } from "../../support/plans";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

const withDev = async (config: Record<string, Json>): Promise<Plan> => plan(withConfig(project, "dev", config));
const find = (of: Plan, type: string, name: string): PlannedResource => {
  const found = stack(of, "dev").resources.find((resource) => resource.type === type && resource.name === name);
  if (found === undefined) throw new Error(`no ${type} ${name}`);
  return found;
};
const cluster = (of: Plan): PlannedResource => find(of, "aws:eks/cluster:Cluster", "dev-eksCluster");

describe("the cluster of a spoke", () => {
  it("does not exist in a network without one, which has no other resources for it", async () => {
    const alone = await withDev({ cluster: false });
    const ofCluster = /^(aws:(cloudwatch|eks|iam|kms|sqs)|eks|pulumi:providers:kubernetes)|LaunchTemplate/;
    const components =
      /piksel:spoke:(Cluster|InterruptionQueue|Karpenter|Kubernetes|NodeAddons|NodeGroups|NodeRole|PodIdentityRole|WorkloadAddons) /;
    // Every network reports changes of the transit gateway.
    const isOfNetwork = (line: string): boolean => line.endsWith(" dev-transit-events");
    const guard = / dev-cluster(-deletion-guard)?$/;
    expect(namesOf(stack(alone, "dev").resources)).to.deep.equal(
      expectedNamesWithoutAlarms("dev").filter(
        (line) => isOfNetwork(line) || ![ofCluster, components, guard].some((each) => each.test(line)),
      ),
    );
    expect(stack(alone, "dev").outputs).to.have.all.keys("vpcId", "registry", "recordWriterRoleArn");
  });

  it("has a private endpoint, its control plane in the first two zones, and all its logs", async () => {
    const prod = stack(planned, "prod").resources.find(({ type }) => type === "aws:eks/cluster:Cluster")!;
    expect(prod.inputs["vpcConfig"]).to.deep.equal({
      subnetIds: ["${aws:ec2/subnet:Subnet::prod-private-1}", "${aws:ec2/subnet:Subnet::prod-private-2}"],
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    });
    expect(prod.inputs["enabledClusterLogTypes"]).to.deep.equal([
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
    expect(prod.inputs["upgradePolicy"]).to.deep.equal({ supportType: "STANDARD" });
    expect(prod.inputs["encryptionConfig"]).to.deep.equal({
      provider: { keyArn: "${aws:kms/key:Key::prod-cluster.arn}" },
      resources: ["secrets"],
    });
  });

  it("is reached over the internet only from the listed CIDRs", async () => {
    const listed = cluster(await withDev({ "cluster-public-access-cidrs": ["203.0.113.0/24"] }));
    expect(listed.inputs["vpcConfig"]).to.deep.include({
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.0/24"],
    });
  });

  it("does not make the role that deploys an administrator", () => {
    expect(cluster(planned).inputs["accessConfig"]).to.deep.equal({
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: false,
    });
  });

  it("has its add-ons in the order that EKS can build them in", () => {
    const nodes = ["dev-system-1", "dev-system-2"].map((name) => `aws:eks/nodeGroup:NodeGroup::${name}`);
    const addon = (name: string): PlannedResource => find(planned, "aws:eks/addon:Addon", `dev-${name}`);
    const before = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"];
    const after = ["coredns", "aws-ebs-csi-driver", "metrics-server", "external-dns"];
    for (const name of before) expect(addon(name).dependsOn).to.not.include.members(nodes);
    for (const name of after) expect(addon(name).dependsOn).to.include.members(nodes);
    const group = find(planned, "aws:eks/nodeGroup:NodeGroup", "dev-system-1");
    expect(group.dependsOn).to.include.members(before.map((name) => `aws:eks/addon:Addon::dev-${name}`));
  });

  it("has a node group in each zone, with one subnet and its share of the nodes", async () => {
    const five = await withDev({ "az-count": 3, "node-count": 5 });
    const groups = [1, 2, 3].map((zone) => {
      const { inputs } = find(five, "aws:eks/nodeGroup:NodeGroup", `dev-system-${String(zone)}`);
      return [inputs["subnetIds"], (inputs["scalingConfig"] as Properties)["desiredSize"]];
    });
    expect(groups).to.deep.equal([
      [["${aws:ec2/subnet:Subnet::dev-private-1}"], 2],
      [["${aws:ec2/subnet:Subnet::dev-private-2}"], 2],
      [["${aws:ec2/subnet:Subnet::dev-private-3}"], 1],
    ]);
  });

  it("boots the image of its nodes' architecture", async () => {
    const amd = await withDev({ "node-instance-types": ["m7i.large"] });
    const image = (of: Plan): unknown => find(of, "aws:eks/nodeGroup:NodeGroup", "dev-system-1").inputs["amiType"];
    expect([image(planned), image(amd)]).to.deep.equal(["AL2023_ARM_64_STANDARD", "AL2023_x86_64_STANDARD"]);
  });

  it("tells the operator how to reach it", () => {
    expect(stack(planned, "dev").outputs).to.include({
      clusterName: "piksel-dev",
      clusterEndpoint: "${aws:eks/cluster:Cluster::dev-eksCluster.endpoint}",
      kubeconfigCommand: "aws eks update-kubeconfig --region ap-southeast-3 --name piksel-dev",
      nodeRoleArn: "${aws:iam/role:Role::dev-node.arn}",
      registry: "111111111111.dkr.ecr.ap-southeast-3.amazonaws.com",
    });
  });

  it("tells the platform what it needs, in a contract that the platform accepts", () => {
    const { platform } = stack(planned, "dev").outputs;
    const contract = checkPlatformContract(platform, { spokeStack: "acme/piksel-network/dev", network: "dev" });
    expect(contract).to.deep.equal({
      version: 1,
      network: "dev",
      region: "ap-southeast-3",
      account: "222222222222",
      clusterName: "piksel-dev",
      clusterArn: "arn:aws:eks:ap-southeast-3:222222222222:cluster/piksel-dev",
      clusterEndpoint: "${aws:eks/cluster:Cluster::dev-eksCluster.endpoint}",
      clusterCertificateAuthority: "${aws:eks/cluster:Cluster::dev-eksCluster.certificateAuthority.data}",
      kubernetesVersion: "1.35",
      vpcId: stack(planned, "dev").outputs["vpcId"],
      vpcCidr: "10.1.0.0/16",
      dnsAddress: "172.20.0.10",
      zones: ["ap-southeast-3a", "ap-southeast-3b"],
      domain: "dev.piksel.internal",
      registry: "111111111111.dkr.ecr.ap-southeast-3.amazonaws.com",
      tags: {
        Project: "piksel",
        Environment: "dev",
        ManagedBy: "pulumi",
        Owner: "Cloud Infrastructure Team",
        Service: "network",
      },
      internetLoadBalancers: false,
      nodeAutoscaling: "karpenter",
      karpenter: {
        queueName: "piksel-dev",
        instanceProfile: "${aws:iam/instanceProfile:InstanceProfile::dev-karpenter-node}",
        amiAlias: "al2023@v20260903",
      },
    });
  });

  it("is guarded, with the key of its secrets, and both are let go before a teardown", async () => {
    expect(cluster(planned).inputs["deletionProtection"]).to.be.true;
    expect(find(planned, "aws:kms/key:Key", "dev-cluster").options.protect).to.be.true;
    const bare = await withDev({ protect: false });
    expect(cluster(bare).inputs["deletionProtection"]).to.be.false;
    expect(find(bare, "aws:kms/key:Key", "dev-cluster").options.protect).to.be.false;
  });
});
