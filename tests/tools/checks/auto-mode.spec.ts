import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { idOf, modify, withInputs, withPolicy, type Modification } from "../../support/modifications";
import { project, withConfig } from "../../support/plans";

const CLUSTER = "eks/cluster:Cluster";

describe("the checks of a spoke with EKS Auto Mode", () => {
  let all: AllStacks;
  before(async () => {
    all = stacksOfPlan(await plan(withConfig(project, "dev", { "node-autoscaling": "auto" })));
  });
  const evidence = (check: string): readonly string[] | undefined =>
    runChecks(all).find(({ name, stack }) => name === check && stack === "dev")?.evidence;
  const failing = (...modifications: readonly Modification[]): string[] =>
    runChecks(modify(all, "dev", ...modifications)).flatMap(({ name, stack, passed, evidence: [first = ""] }) =>
      passed ? [] : [`${stack} ${name}: ${first}`],
    );

  it("pass, and judge its nodes", () => {
    expect(failing()).to.deep.equal([]);
    expect(evidence("nodes-are-in-private-subnets")).to.deep.equal([
      "dev-eksCluster: built-in node pools in dev-private-1, dev-private-2",
      "dev-private-1: tagged karpenter.sh/discovery, private",
      "dev-private-2: tagged karpenter.sh/discovery, private",
    ]);
    expect(evidence("s3-endpoint-allows-registries")).to.have.length.above(0);
    expect(evidence("data-and-access-are-protected")).to.include(
      "dev-eksCluster lets in only nodes with a role of its stack",
    );
    expect(evidence("wildcards-are-allowlisted")).to.include.members([
      "dev-eksRole-d86a545b attaches arn:aws:iam::aws:policy/AmazonEKSComputePolicy (EKS Auto Mode launches nodes of its cluster)",
      "dev-auto-node-AmazonEKSWorkerNodeMinimalPolicy attaches arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy " +
        "(nodes fetch credentials for pods)",
    ]);
  });

  it("fail for built-in node pools in a public subnet", () => {
    const subnetIds = ["dev-public-1", "dev-private-2"].map((name) => idOf("aws:ec2/subnet:Subnet", name));
    const vpcConfig = { subnetIds, endpointPrivateAccess: true, endpointPublicAccess: false };
    expect(failing(withInputs(CLUSTER, "dev-eksCluster", { vpcConfig }))).to.deep.equal([
      "dev nodes-are-in-private-subnets: dev-eksCluster: built-in node pools in dev-public-1, dev-private-2",
    ]);
  });

  it("fail for the policies of the cluster on its nodes", () => {
    const name = "dev-auto-node-AmazonEC2ContainerRegistryPullOnly";
    const policyArn = "arn:aws:iam::aws:policy/AmazonEKSComputePolicy";
    expect(failing(withInputs("iam/rolePolicyAttachment:RolePolicyAttachment", name, { policyArn }))).to.deep.equal([
      `dev wildcards-are-allowlisted: ${name} attaches ${policyArn}, which is not on the reviewed list for it`,
    ]);
  });

  it("fail for a role of the nodes that another service may take", () => {
    const trust = withPolicy("iam/role:Role", "dev-auto-node", "assumeRolePolicy", "ec2.amazonaws", "lambda.amazonaws");
    expect(failing(trust)).to.deep.equal([
      "dev only-known-accounts-have-access: dev-auto-node allows lambda.amazonaws.com on behalf of any account",
    ]);
  });
});
