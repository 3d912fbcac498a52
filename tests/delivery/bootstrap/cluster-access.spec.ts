import { expect } from "chai";
import { deploymentPolicies } from "../../../delivery/bootstrap/deployment-policy";
import { asking } from "./requests";
import { dev, DEV_ACCOUNT, OPS } from "./scopes";

const role = (name: string): string => `arn:aws:iam::${DEV_ACCOUNT}:role/${name}`;

describe("the deployment role of a spoke, of its cluster,", () => {
  const may = asking(deploymentPolicies(dev));

  // Review, Low: the role that deploys does not administer the cluster.
  it("lets the listed administrators into the cluster, and Karpenter's nodes as nodes", () => {
    const cluster = `arn:aws:eks:ap-southeast-3:${DEV_ACCOUNT}:cluster/piksel-dev`;
    const enter = (principal: string, type: string): string =>
      may("eks:CreateAccessEntry", cluster, { "eks:principalArn": principal, "eks:accessEntryType": type });
    expect(enter(OPS, "STANDARD")).to.equal("allowed");
    expect(enter(role("dev-karpenter-node-1a2b3c4"), "EC2_LINUX")).to.equal("allowed");
    expect(enter(role("dev-karpenter-node-1a2b3c4"), "STANDARD")).to.equal("not allowed");
    const own = role("pulumi-deployments/piksel-network-dev-deployment");
    for (const type of ["STANDARD", "EC2_LINUX"]) expect(enter(own, type), type).to.equal("not allowed");
  });

  it("makes the listed administrators administrators, and nobody else", () => {
    const policy = (name: string) => ({ "eks:policyArn": `arn:aws:eks::aws:cluster-access-policy/${name}` });
    const entry = (path: string): string => `arn:aws:eks:ap-southeast-3:${DEV_ACCOUNT}:access-entry/piksel-dev/${path}`;
    const ops = entry(`role/${DEV_ACCOUNT}/ops/1`);
    const admin = policy("AmazonEKSClusterAdminPolicy");
    expect(may("eks:AssociateAccessPolicy", ops, admin)).to.equal("allowed");
    expect(may("eks:AssociateAccessPolicy", ops, policy("AmazonEKSSecretReaderPolicy"))).to.equal("not allowed");
    const own = entry(`role/${DEV_ACCOUNT}/piksel-network-dev-deployment/1`);
    expect(may("eks:AssociateAccessPolicy", own, admin)).to.equal("not allowed");
    expect(may("eks:UpdateAccessEntry", ops)).to.equal("not allowed");
    // Access is taken from whoever has it.
    for (const action of ["eks:DisassociateAccessPolicy", "eks:DeleteAccessEntry"]) {
      expect(may(action, own), action).to.equal("allowed");
    }
  });

  it("knows an administrator with a path by either form of the entry's name", () => {
    const sso = `arn:aws:iam::${DEV_ACCOUNT}:role/aws-reserved/sso.amazonaws.com/Admin_1`;
    const mayToo = asking(deploymentPolicies({ ...dev, clusterAdmins: [sso] }));
    const admin = { "eks:policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy" };
    const entry = (name: string): string =>
      mayToo(
        "eks:AssociateAccessPolicy",
        `arn:aws:eks:ap-southeast-3:${DEV_ACCOUNT}:access-entry/piksel-dev/role/${DEV_ACCOUNT}/${name}/1`,
        admin,
      );
    expect(entry("Admin_1")).to.equal("allowed");
    expect(entry("aws-reserved/sso.amazonaws.com/Admin_1")).to.equal("allowed");
    expect(entry("NotAdmin_1")).to.equal("not allowed");
  });

  it("lets nobody but nodes in where no administrator is listed", () => {
    const mayToo = asking(deploymentPolicies({ ...dev, clusterAdmins: [] }));
    const cluster = `arn:aws:eks:ap-southeast-3:${DEV_ACCOUNT}:cluster/piksel-dev`;
    expect(mayToo("eks:CreateAccessEntry", cluster, { "eks:principalArn": OPS })).to.equal("not allowed");
    const node = { "eks:principalArn": role("dev-karpenter-node-1"), "eks:accessEntryType": "EC2_LINUX" };
    expect(mayToo("eks:CreateAccessEntry", cluster, node)).to.equal("allowed");
  });

  it("makes no cluster that would have it as an administrator", () => {
    const creator = (admin: string): string =>
      may("eks:CreateCluster", "*", { "eks:bootstrapClusterCreatorAdminPermissions": admin });
    expect(creator("false")).to.equal("allowed");
    expect(creator("true")).to.equal("not allowed");
    expect(may("eks:CreateCluster")).to.equal("not allowed");
  });
});
