import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as eks from "@pulumi/eks";
import { expect } from "chai";
import { cloud } from "../../../../tools/planner/doubles/cloud";
import { run, type Program } from "../../../../tools/planner/engine/run";
import type { Properties } from "../../../../tools/planner/engine/resource";
import recorded from "../../../fixtures/cluster-2-zones.json";

interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly parent: string | null;
  readonly inputs: object;
  readonly dependsOn: readonly string[];
}

const options = { project: "p", stack: "dev", organization: "o", config: {} };

/**
 * The program whose deployment with the real engine and the real eks the fixture records, with the two add-ons switched
 * off that this program makes itself.
 */
const program =
  (more: Partial<eks.ClusterArgs> = {}): Program =>
  async () => {
    const provider = new aws.Provider("aws", { region: "ap-southeast-3" });
    const vpc = new awsx.ec2.Vpc(
      "dev",
      {
        cidrBlock: "10.1.0.0/16",
        availabilityZoneNames: ["ap-southeast-3a", "ap-southeast-3b"],
        subnetStrategy: "Auto",
        subnetSpecs: [
          { type: "Private", name: "private", cidrBlocks: ["10.1.0.0/18", "10.1.64.0/18"] },
          { type: "Public", name: "public", cidrBlocks: ["10.1.192.0/24", "10.1.193.0/24"] },
          { type: "Isolated", name: "transit", cidrBlocks: ["10.1.208.0/28", "10.1.208.16/28"] },
        ],
        natGateways: { strategy: "Single" },
      },
      { providers: [provider] },
    );
    const key = new aws.kms.Key("dev-eks", { enableKeyRotation: true }, { provider });
    const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
    const { eksCluster, clusterSecurityGroupId } = new eks.Cluster(
      "dev",
      {
        name: "piksel-dev",
        version: "1.33",
        vpcId: vpc.vpcId,
        privateSubnetIds: [0, 1].map((zone) => vpc.privateSubnets.apply((list) => list[zone]!.id)),
        authenticationMode: eks.AuthenticationMode.Api,
        accessEntries: {
          admins: {
            principalArn: "arn:aws:iam::123456789012:role/admins",
            accessPolicies: { admin: { policyArn, accessScope: { type: "cluster" } } },
          },
        },
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
        enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        encryptionConfigKeyArn: key.arn,
        upgradePolicy: { supportType: "STANDARD" },
        skipDefaultNodeGroup: true,
        skipDefaultSecurityGroups: true,
        corednsAddonOptions: { enabled: false },
        kubeProxyAddonOptions: { enabled: false },
        useDefaultVpcCni: true,
        tags: { Name: "piksel-dev" },
        ...more,
      },
      { providers: [provider] },
    );
    return { name: eksCluster.name, endpoint: eksCluster.endpoint, clusterSecurityGroupId };
  };

/** What stands below the component, its own parts of parts among them. */
function belowCluster(resources: readonly Recorded[]): Recorded[] {
  const inside = new Set(["eks:index:Cluster::dev"]);
  return resources.filter(({ type, name, parent }) => {
    if (parent === null || !inside.has(parent)) return false;
    inside.add(`${type}::${name}`);
    return true;
  });
}

/** A recording begins with no parents first, so it is gone through until nothing joins. */
function recordedBelowCluster(): Recorded[] {
  const inside = new Set(["eks:index:Cluster::dev"]);
  let size = 0;
  while (size !== inside.size) {
    size = inside.size;
    for (const { type, name, parent } of recorded as Recorded[]) {
      if (parent !== null && inside.has(parent)) inside.add(`${type}::${name}`);
    }
  }
  return (recorded as Recorded[]).filter(({ type, name, parent }) => parent !== null && inside.has(`${type}::${name}`));
}

/** The add-ons that eks makes by itself, and the program does not let it make. */
const ADDONS = ["aws:eks/addon:Addon", "eks:index:VpcCniAddon"];

/**
 * The recording as a plan would have it: an id is a symbol there even where it is a name that the program gave, names
 * that Pulumi made up are among the inputs, and so is the kubeconfig of the Kubernetes provider.
 */
const asPlanned = ({ type, name, parent, inputs, dependsOn }: Recorded): Recorded => {
  const text = JSON.stringify(inputs).replaceAll("${aws:eks/cluster:Cluster::dev-eksCluster}", "piksel-dev");
  const { name: given, ...others } = JSON.parse(text) as Properties;
  const kept = type === "aws:iam/role:Role" || given === undefined ? others : { name: given, ...others };
  return { type, name, parent, inputs: type.startsWith("pulumi:providers:") ? {} : kept, dependsOn };
};

const message = async (wrong: Program): Promise<string> => {
  try {
    await run(wrong, cloud({}), options);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the run did not fail");
};

describe("the double of eks.Cluster", () => {
  it("makes what the real component made", async () => {
    const { resources } = await run(program(), cloud({}), options);
    const planned = belowCluster(resources).map(({ type, name, parent, inputs, dependsOn }) => ({
      type,
      name,
      parent,
      inputs,
      dependsOn,
    }));
    const real = recordedBelowCluster()
      .filter(({ type }) => !ADDONS.includes(type))
      .map(asPlanned);
    expect(real).to.have.lengthOf(7);
    expect(planned).to.have.deep.members(real);
  });

  it("gives out the cluster by its name, and what only EKS can tell as a symbol", async () => {
    const { outputs } = await run(program(), cloud({}), options);
    expect(outputs).to.deep.equal({
      name: "piksel-dev",
      endpoint: "${aws:eks/cluster:Cluster::dev-eksCluster.endpoint}",
      clusterSecurityGroupId: "${aws:eks/cluster:Cluster::dev-eksCluster.vpcConfig.clusterSecurityGroupId}",
    });
  });

  it("knows the name and nothing else in a first preview", async () => {
    const { outputs } = await run(program(), cloud({}), { ...options, preview: true });
    expect(outputs).to.deep.equal({
      name: "piksel-dev",
      endpoint: "(known after apply)",
      clusterSecurityGroupId: "(known after apply)",
    });
  });

  it("refuses what the real component refuses: who may come in by an endpoint that is closed", async () => {
    expect(await message(program({ publicAccessCidrs: ["203.0.113.0/24"] }))).to.contain(
      "eks:index:Cluster::dev: `publicAccessCidrs` can only be set when `endpointPublicAccess` is true",
    );
  });

  it("refuses to guess at children that it does not know", async () => {
    expect(await message(program({ skipDefaultSecurityGroups: false }))).to.contain(
      "eks:index:Cluster::dev: the plan knows eks.Cluster only with skipDefaultSecurityGroups true",
    );
  });

  // nodejs/eks/cluster/cluster.ts of pulumi-eks 4.3.
  it("attaches the policies of EKS Auto Mode, and sets its three parts, where it is on", async () => {
    const role = "arn:aws:iam::123456789012:role/nodes";
    const autoMode = {
      enabled: true,
      createNodeRole: false,
      computeConfig: { nodePools: ["system"], nodeRoleArn: role },
    };
    const { resources } = await run(program({ autoMode }), cloud({}), options);
    const attached = resources.filter(({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    expect(attached.map(({ name, inputs }) => [name, String(inputs["policyArn"]).split("/").pop()])).to.deep.equal([
      ["dev-eksRole-4b490823", "AmazonEKSClusterPolicy"],
      ["dev-eksRole-d86a545b", "AmazonEKSComputePolicy"],
      ["dev-eksRole-1e381056", "AmazonEKSBlockStoragePolicy"],
      ["dev-eksRole-1587f79c", "AmazonEKSLoadBalancingPolicy"],
      ["dev-eksRole-9ae443cd", "AmazonEKSNetworkingPolicy"],
    ]);
    const cluster = resources.find(({ type }) => type === "aws:eks/cluster:Cluster");
    expect(cluster?.dependsOn).to.include.members(attached.map(({ type, name }) => `${type}::${name}`));
    expect(cluster?.inputs).to.deep.include({
      computeConfig: { enabled: true, nodePools: ["system"], nodeRoleArn: role },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: { ipFamily: "ipv4", elasticLoadBalancing: { enabled: true } },
    });
  });

  it("knows none of the three in a preview while the role of the nodes is not known", async () => {
    const autoMode = { enabled: true, createNodeRole: false };
    const withNewRole: Program = async () => {
      const role = new aws.iam.Role("nodes", { assumeRolePolicy: "{}" });
      return program({ autoMode: { ...autoMode, computeConfig: { nodeRoleArn: role.arn } } })();
    };
    const { resources } = await run(withNewRole, cloud({}), { ...options, preview: true });
    const { inputs = {} } = resources.find(({ type }) => type === "aws:eks/cluster:Cluster") ?? {};
    const { computeConfig, storageConfig, kubernetesNetworkConfig } = inputs;
    expect([computeConfig, storageConfig, kubernetesNetworkConfig]).to.deep.equal(Array(3).fill("(known after apply)"));
  });

  it("refuses to guess at the node role of EKS Auto Mode", async () => {
    expect(await message(program({ autoMode: { enabled: true } }))).to.contain(
      "eks:index:Cluster::dev: the plan knows autoMode of eks.Cluster only with createNodeRole false",
    );
  });
});
