import { expect } from "chai";
import { plan, type Plan } from "../../tools/planner/plan";
import { readStack } from "../../policy/stack-in-preview";
import { more, withInputs, type Bend } from "../support/bend";
import { project, stack, withConfig } from "../support/plans";
import { FORMS, shown, stackOf, verdict, withOptions, type Form } from "./preview";

let plans: Record<Form, Plan>;
before(async () => {
  plans = { update: await plan(project), "first preview": await plan(project, { preview: true }) };
});

for (const form of FORMS) {
  const broken = async (name: string, ...bends: readonly Bend[]): Promise<object> => {
    const planned = stack(plans[form], name);
    return (await verdict(stackOf(planned), shown(planned, form, ...bends))).broken;
  };

  describe(`a resource policy (${form})`, () => {
    it("refuses a hosted zone that would lose the spokes' associations", async () => {
      const bend = withOptions("route53/zone:Zone", "hub-zone-piksel.internal", { ignoreChanges: [] });
      expect(await broken("hub", bend)).to.deep.equal({
        "hosted-zones-keep-their-vpcs": [
          'hub-zone-piksel.internal needs ignoreChanges: ["vpcs"]; ' +
            "otherwise the next update removes the association of every spoke",
        ],
      });
    });

    it("refuses each protected type without protect", async () => {
      const advice = "needs protect: true; pass the stack's protect setting, or set it to false before a teardown";
      const types = [
        "ec2transitgateway/transitGateway:TransitGateway",
        "ecr/repository:Repository",
        "s3/bucket:Bucket",
      ];
      const names = ["hub", "hub-images-piksel-core", "hub-logs"];
      const bends = types.map((type, index) => withOptions(type, names[index]!, { protect: false }));
      const { "deletion-protection-is-on": told = [] } = (await broken("hub", ...bends)) as Record<string, string[]>;
      expect([...told].sort()).to.deep.equal(names.map((name) => `${name} ${advice}`).sort());
      const key = withOptions("kms/key:Key", "dev-cluster", { protect: false });
      expect(await broken("dev", key)).to.deep.equal({ "deletion-protection-is-on": [`dev-cluster ${advice}`] });
    });

    it("refuses a cluster without EKS's deletion protection", async () => {
      const bend = withInputs("eks/cluster:Cluster", "dev-eksCluster", { deletionProtection: false });
      expect(await broken("dev", bend)).to.deep.equal({
        "deletion-protection-is-on": [
          "dev-eksCluster needs deletionProtection: true; set it in the arguments of eks.Cluster",
        ],
      });
    });

    it("refuses a resource of the default provider or of another account", async () => {
      const bends = [
        withOptions("ec2/vpc:Vpc", "dev", { provider: null }),
        withOptions("ec2/eip:Eip", "dev-1", { provider: "pulumi:providers:aws::other" }),
        more("pulumi:providers:aws", "other", { allowedAccountIds: '["999999999999"]' }),
      ];
      expect(await broken("dev", ...bends)).to.deep.equal({
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
      const bends = [
        withOptions("sqs/queue:Queue", "dev-karpenter", hub),
        withOptions(authorization, "dev-piksel.internal", own),
      ];
      expect(await broken("dev", withOptions(authorization, "dev-piksel.internal", hub))).to.deep.equal({});
      expect(await broken("dev", ...bends)).to.deep.equal({
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
    expect((await verdict(stackOf(planned), shown(planned, "update"))).broken).to.deep.equal({});
  });
});

describe("the previewed stack", () => {
  it("is read from the configuration that the engine passes", () => {
    const account = (network: string): string => `${network.repeat(12)}`;
    expect(stackOf(stack(plans.update, "dev"))).to.deep.equal({
      ...{
        project: "piksel-network",
        name: "dev",
        isHub: false,
        addressSpace: "10.0.0.0/8",
        shareWith: [],
        protect: true,
      },
      access: { administrators: [], publicCidrs: [] },
      accountMap: [
        { name: "hub", cidr: "10.0.0.0/16", account: account("1") },
        { name: "dev", cidr: "10.1.0.0/16", account: account("2") },
        { name: "staging", cidr: "10.2.0.0/16", account: account("3") },
        { name: "prod", cidr: "10.3.0.0/16", account: account("4") },
      ],
    });
    expect(stackOf(stack(plans.update, "hub")).isHub).to.equal(true);
  });

  it("is not guessed without configuration, because passing silently would look like approval", () => {
    expect(() => readStack({ stack: "dev", project: "piksel-network", config: {} })).to.throw(
      "the policies received no configuration of dev: piksel-network:networks is missing; " +
        "run pulumi preview --policy-pack policy on a stack of this project",
    );
  });
});
