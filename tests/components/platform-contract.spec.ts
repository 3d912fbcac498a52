import { expect } from "chai";
import { ContractError } from "../../components/contract";
import {
  checkPlatformContract,
  type ExpectedPlatform,
  type PlatformContract,
} from "../../components/platform-contract";

const expected: ExpectedPlatform = { spokeStack: "acme/piksel-network/dev", network: "dev" };

const contract: PlatformContract = {
  version: 1,
  network: "dev",
  region: "ap-southeast-3",
  account: "222222222222",
  clusterName: "piksel-dev",
  clusterArn: "arn:aws:eks:ap-southeast-3:222222222222:cluster/piksel-dev",
  clusterEndpoint: "https://0123456789ABCDEF.gr7.ap-southeast-3.eks.amazonaws.com",
  clusterCertificateAuthority: "LS0tLS1CRUdJTg==",
  kubernetesVersion: "1.35",
  vpcId: "vpc-1",
  vpcCidr: "10.1.0.0/16",
  dnsAddress: "172.20.0.10",
  zones: ["ap-southeast-3a", "ap-southeast-3b"],
  domain: "dev.piksel.internal",
  registry: "111111111111.dkr.ecr.ap-southeast-3.amazonaws.com",
  tags: { Project: "piksel" },
  internetLoadBalancers: false,
  nodeAutoscaling: "karpenter",
  karpenter: { queueName: "piksel-dev", instanceProfile: "dev-karpenter-node-1", amiAlias: "al2023@v20260903" },
};

const bare = Object.fromEntries(Object.entries(contract).filter(([field]) => field !== "karpenter"));
const auto = { ...bare, nodeAutoscaling: "auto", autoMode: { nodeRoleName: "dev-auto-node-1" } };

const UPDATE =
  'run "pulumi up --stack acme/piksel-network/dev" with this version of the program, then this stack again';

const refusals: readonly { readonly what: string; readonly exported: unknown; readonly message: string }[] = [
  {
    what: "a spoke without a cluster, or one that is not updated yet",
    exported: undefined,
    message:
      'The stack acme/piksel-network/dev has no output "platform": if cluster is false in the spoke, there is nothing ' +
      `to install; if not, ${UPDATE}.`,
  },
  {
    what: "an older version",
    exported: { ...contract, version: 0 },
    message: `The spoke's contract has version 0 and the platform of dev reads version 1: ${UPDATE}.`,
  },
  {
    what: "something that is no contract",
    exported: "piksel-dev",
    message: `The spoke's contract has version undefined and the platform of dev reads version 1: ${UPDATE}.`,
  },
  {
    what: "a newer version",
    exported: { ...contract, version: 2 },
    message:
      "The spoke's contract has version 2 and the platform of dev reads version 1: " +
      "the spoke was deployed by a newer version of the program; update this checkout to it.",
  },
  {
    what: "missing and misshapen fields, all named",
    exported: {
      ...contract,
      vpcId: undefined,
      zones: "ap-southeast-3a",
      internetLoadBalancers: "false",
      nodeAutoscaling: "cluster-autoscaler",
      karpenter: { queueName: "piksel-dev" },
      autoMode: "on",
    },
    message:
      "The spoke's contract lacks vpcId, zones, internetLoadBalancers, nodeAutoscaling, karpenter, autoMode or has them " +
      `in another shape: ${UPDATE}.`,
  },
  {
    what: "the contract of another network",
    exported: { ...contract, network: "prod" },
    message:
      "The stack acme/piksel-network/dev is the network prod, and this stack is the platform of dev: read the stack of " +
      "dev, or select the platform's stack of prod.",
  },
  {
    what: "Karpenter without what its node class needs",
    exported: bare,
    message: `The spoke's contract has node-autoscaling karpenter and lacks karpenter: ${UPDATE}.`,
  },
  {
    what: "EKS Auto Mode without the role of its nodes",
    exported: { ...contract, nodeAutoscaling: "auto" },
    message: `The spoke's contract has node-autoscaling auto and lacks autoMode: ${UPDATE}.`,
  },
  {
    what: "a cluster of another account",
    exported: { ...contract, clusterArn: "arn:aws:eks:ap-southeast-3:999999999999:cluster/piksel-dev" },
    message:
      "The contract of acme/piksel-network/dev names the cluster " +
      "arn:aws:eks:ap-southeast-3:999999999999:cluster/piksel-dev, which is not the cluster piksel-dev in the account " +
      "222222222222 and Region ap-southeast-3. Find out who wrote that output before you deploy anything.",
  },
];

describe("the platform's contract", () => {
  for (const [name, each] of Object.entries({ Karpenter: contract, "EKS Auto Mode": auto })) {
    it(`is taken as it is when it is whole, with ${name}`, () => {
      expect(checkPlatformContract({ ...each }, expected)).to.deep.equal(each);
    });
  }

  for (const { what, exported, message } of refusals) {
    it(`refuses ${what}`, () => {
      expect(() => checkPlatformContract(exported, expected))
        .to.throw(ContractError)
        .with.property("message", message);
    });
  }
});
