import { expect } from "chai";
import { decodeStack } from "../../policy/previewed-stack";
import { plan, type Plan } from "../../tools/planner/plan";
import { withInputs, withResource, type Modification } from "../support/modifications";
import { project, stack, withConfig } from "../support/plans";
import { engineResources, FORMS, previewedStack, runPolicies, withOptions, type Form } from "./preview";

let plans: Record<Form, Plan>;
before(async () => {
  plans = { update: await plan(project), "first preview": await plan(project, { preview: true }) };
});

for (const form of FORMS) {
  const failed = async (name: string, ...modifications: readonly Modification[]): Promise<object> => {
    const planned = stack(plans[form], name);
    return (await runPolicies(previewedStack(planned), engineResources(planned, form, ...modifications))).failed;
  };

  describe(`a resource policy (${form})`, () => {
    it("rejects a hosted zone that would lose the spokes' associations", async () => {
      const modification = withOptions("route53/zone:Zone", "hub-zone-piksel.internal", { ignoreChanges: [] });
      expect(await failed("hub", modification)).to.deep.equal({
        "hosted-zones-keep-their-vpcs": [
          'hub-zone-piksel.internal needs ignoreChanges: ["vpcs"]; ' +
            "otherwise the next update removes the association of every spoke",
        ],
      });
    });

    it("rejects each protected type without protect", async () => {
      const advice = "needs protect: true; pass the stack's protect setting, or set it to false before a teardown";
      const types = [
        "ec2transitgateway/transitGateway:TransitGateway",
        "ecr/repository:Repository",
        "s3/bucket:Bucket",
      ];
      const names = ["hub", "hub-images-piksel-core", "hub-logs"];
      const modifications = types.map((type, index) => withOptions(type, names[index]!, { protect: false }));
      const { "deletion-protection-is-on": messages = [] } = (await failed("hub", ...modifications)) as Record<
        string,
        string[]
      >;
      expect([...messages].sort()).to.deep.equal(names.map((name) => `${name} ${advice}`).sort());
      const key = withOptions("kms/key:Key", "dev-cluster", { protect: false });
      expect(await failed("dev", key)).to.deep.equal({ "deletion-protection-is-on": [`dev-cluster ${advice}`] });
    });

    it("rejects a cluster without EKS's deletion protection", async () => {
      const modification = withInputs("eks/cluster:Cluster", "dev-eksCluster", { deletionProtection: false });
      expect(await failed("dev", modification)).to.deep.equal({
        "deletion-protection-is-on": [
          "dev-eksCluster needs deletionProtection: true; set it in the arguments of eks.Cluster",
        ],
      });
    });

    it("rejects a resource of the default provider or of another account", async () => {
      const modifications = [
        withOptions("ec2/vpc:Vpc", "dev", { provider: null }),
        withOptions("ec2/eip:Eip", "dev-1", { provider: "pulumi:providers:aws::other" }),
        withResource("pulumi:providers:aws", "other", { allowedAccountIds: '["999999999999"]' }),
      ];
      expect(await failed("dev", ...modifications)).to.deep.equal({
        "accounts-are-explicit": [
          "dev uses the provider default_7_48_0 without allowedAccountIds, " +
            "so it could change any account that the credentials are for",
          "dev-1 may be created in account 999999999999; the provider must allow only 222222222222, the account of dev",
        ],
      });
    });

    it("lets a spoke create only the VPC association authorization in the hub account", async () => {
      const hub = { provider: "pulumi:providers:aws::hub" };
      const own = { provider: "pulumi:providers:aws::aws" };
      const authorization = "route53/vpcAssociationAuthorization:VpcAssociationAuthorization";
      const modifications = [
        withOptions("sqs/queue:Queue", "dev-karpenter", hub),
        withOptions(authorization, "dev-piksel.internal", own),
      ];
      expect(await failed("dev", withOptions(authorization, "dev-piksel.internal", hub))).to.deep.equal({});
      expect(await failed("dev", ...modifications)).to.deep.equal({
        "accounts-are-explicit": [
          "dev-karpenter may be created in account 111111111111; the provider must allow only 222222222222, the account of dev",
          "dev-piksel.internal may be created in account 222222222222; the provider must allow only 111111111111, the account of hub",
        ],
      });
    });
  });
}

describe("the deletion protection policy", () => {
  it("allows everything if the stack's protect is false, before a teardown", async () => {
    const open = withConfig(project, "hub", { protect: false });
    const planned = stack(await plan(open), "hub");
    expect(planned.resources.filter(({ options }) => options.protect)).to.deep.equal([]);
    expect((await runPolicies(previewedStack(planned), engineResources(planned, "update"))).failed).to.deep.equal({});
  });
});

describe("the previewed stack", () => {
  it("is read from the configuration that the engine passes", () => {
    const account = (network: string): string => `${network.repeat(12)}`;
    expect(previewedStack(stack(plans.update, "dev"))).to.deep.equal({
      ...{
        project: "piksel-network",
        name: "dev",
        isHub: false,
        addressSpace: "10.0.0.0/8",
        connections: { tables: [], forAll: [] },
        sites: [],
        transitFlowLogs: false,
        dnsFirewall: undefined,
        inspection: false,
        shareWith: [],
        alarms: { on: false, emails: [], topics: [] },
        protect: true,
      },
      access: { administrators: [], publicCidrs: [], internetLoadBalancers: false },
      accountMap: [
        { name: "hub", cidr: "10.0.0.0/16", account: account("1") },
        { name: "dev", cidr: "10.1.0.0/16", account: account("2") },
        { name: "staging", cidr: "10.2.0.0/16", account: account("3") },
        { name: "prod", cidr: "10.3.0.0/16", account: account("4") },
      ],
    });
    expect(previewedStack(stack(plans.update, "hub")).isHub).to.equal(true);
  });

  it("is an error without configuration, because passing silently would look like approval", () => {
    expect(() => decodeStack({ stack: "dev", project: "piksel-network", config: {} })).to.throw(
      "the policies received no configuration of dev: piksel-network:networks is missing; " +
        "run pulumi preview --policy-pack policy on a stack of this project",
    );
  });
});
