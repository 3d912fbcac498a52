import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { cloud } from "../../../../tools/planner/doubles/cloud";
import { run, type Program, type Registered } from "../../../../tools/planner/engine/run";

const runIt = (program: Program, preview = false): Promise<Registered> =>
  run(program, cloud({}), { project: "p", stack: "s", organization: "o", config: { "p:key": "value" }, preview });

const failure = async (program: Program): Promise<string> => {
  try {
    await runIt(program);
  } catch (error) {
    return String((error as Error).message);
  }
  throw new Error("the run did not fail");
};

describe("a run of the program without an engine", () => {
  it("writes down type, name, parent, inputs, dependencies and options of every resource", async () => {
    class Pair extends pulumi.ComponentResource {
      constructor(name: string, opts: pulumi.ComponentResourceOptions) {
        super("p:m:Pair", name, {}, opts);
        const role = new aws.iam.Role(name, { assumeRolePolicy: "{}" }, { parent: this, protect: true });
        new aws.iam.RolePolicy(
          name,
          { role: role.name, policy: pulumi.interpolate`{"Resource":"${role.arn}"}` },
          { parent: this, ignoreChanges: ["policy"] },
        );
        this.registerOutputs({});
      }
    }
    const { resources, outputs } = await runIt(async () => {
      new Pair("a", { providers: [new aws.Provider("aws", { region: "ap-southeast-3" })] });
      return { key: new pulumi.Config("p").require("key") };
    });
    const provider = "pulumi:providers:aws::aws";
    expect(resources.slice(1)).to.deep.equal([
      {
        type: "p:m:Pair",
        name: "a",
        parent: null,
        inputs: {},
        dependsOn: [],
        inputDependencies: {},
        options: { protect: false, ignoreChanges: [], provider: null },
      },
      {
        type: "aws:iam/role:Role",
        name: "a",
        parent: "p:m:Pair::a",
        inputs: { assumeRolePolicy: "{}" },
        dependsOn: [],
        inputDependencies: {},
        options: { protect: true, ignoreChanges: [], provider },
      },
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "a",
        parent: "p:m:Pair::a",
        inputs: { role: "${aws:iam/role:Role::a}", policy: '{"Resource":"${aws:iam/role:Role::a.arn}"}' },
        dependsOn: ["aws:iam/role:Role::a"],
        inputDependencies: { role: ["aws:iam/role:Role::a"], policy: ["aws:iam/role:Role::a"] },
        options: { protect: false, ignoreChanges: ["policy"], provider },
      },
    ]);
    expect(outputs).to.deep.equal({ key: "value" });
  });

  it("knows no id in a preview", async () => {
    const { resources, outputs } = await runIt(async () => {
      const vpc = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" });
      new aws.ec2.Subnet("s", { vpcId: vpc.id, cidrBlock: "10.0.0.0/18" });
      return { id: vpc.id };
    }, true);
    expect(resources[1]?.inputs).to.deep.equal({ vpcId: "(known after apply)", cidrBlock: "10.0.0.0/18" });
    expect(resources[1]?.dependsOn).to.deep.equal(["aws:ec2/vpc:Vpc::v"]);
    expect(resources[1]?.inputDependencies).to.deep.equal({ vpcId: ["aws:ec2/vpc:Vpc::v"] });
    expect(outputs).to.deep.equal({ id: "(known after apply)" });
  });

  it("fails on an error inside apply, which mocks alone would lose", async () => {
    const message = await failure(async () => {
      const vpc = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" });
      const vpcId = vpc.id.apply((): string => {
        throw new Error("lost?");
      });
      new aws.ec2.Subnet("s", { vpcId });
      return {};
    });
    expect(message).to.contain("lost?");
  });

  it("fails on a lookup, since the program takes what it needs from its configuration", async () => {
    const message = await failure(async () => ({ vpcs: aws.ec2.getVpcsOutput().ids }));
    expect(message).to.contain("unexpected lookup aws:ec2/getVpcs:getVpcs");
  });

  it("fails on a required input that turns out to be undefined", async () => {
    const message = await failure(async () => {
      const vpc = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" });
      new aws.ec2.Subnet("s", { vpcId: vpc.ipv6AssociationId });
      return {};
    });
    expect(message).to.contain("aws:ec2/subnet:Subnet::s lacks the required input vpcId");
  });

  it("fails on two resources of one type and name", async () => {
    const message = await failure(async () => {
      new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" });
      new aws.ec2.Vpc("v", { cidrBlock: "10.1.0.0/16" });
      return {};
    });
    expect(message).to.contain("two resources are called aws:ec2/vpc:Vpc::v");
  });

  it("fails on a program that throws", async () => {
    const message = await failure(async () => {
      throw new Error("no program");
    });
    expect(message).to.equal("no program");
  });
});
