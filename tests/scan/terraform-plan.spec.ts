import { expect } from "chai";
import type { PlannedResource } from "../../tools/planner/engine/resource";
import { plan, type Plan } from "../../tools/planner/plan";
import { project, stack } from "../support/plans";
import { terraformPlan, terraformType, terraformValues } from "./terraform-plan";

function resource(type: string, name: string, inputs: PlannedResource["inputs"] = {}): PlannedResource {
  return {
    ...{ type, name, inputs, parent: null, dependsOn: [], inputDependencies: {} },
    options: { protect: false, ignoreChanges: [], provider: null },
  };
}

describe("the Terraform type of a Pulumi type", () => {
  for (const [type, expected] of [
    ["aws:s3/bucketPolicy:BucketPolicy", "aws_s3_bucket_policy"],
    ["aws:ec2/vpc:Vpc", "aws_vpc"],
    ["aws:ec2/vpcDhcpOptions:VpcDhcpOptions", "aws_vpc_dhcp_options"],
    ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws_vpc_security_group_ingress_rule"],
    ["aws:ec2transitgateway/routeTable:RouteTable", "aws_ec2_transit_gateway_route_table"],
    ["aws:ec2transitgateway/transitGateway:TransitGateway", "aws_ec2_transit_gateway"],
    ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", "aws_iam_openid_connect_provider"],
    ["aws:cloudwatch/logGroup:LogGroup", "aws_cloudwatch_log_group"],
    ["aws:sns/topicPolicy:TopicPolicy", "aws_sns_topic_policy"],
    ["aws:ssm/parameter:Parameter", "aws_ssm_parameter"],
  ] as const) {
    it(`is ${expected}`, () => {
      expect(terraformType(type)).to.equal(expected);
    });
  }
});

describe("the Terraform properties of Pulumi properties", () => {
  it("have underscores at every depth, except for keys of the user", () => {
    expect(
      terraformValues({
        kmsKeyId: "x",
        vpcConfig: { endpointPublicAccess: false, subnetIds: ["a", "b"] },
        tags: { "karpenter.sh/discovery": "x", SubnetType: "Public" },
        parameters: { "projection.enabled": "true", EXTERNAL: "TRUE" },
      }),
    ).to.deep.equal({
      kms_key_id: "x",
      vpc_config: { endpoint_public_access: false, subnet_ids: ["a", "b"] },
      tags: { "karpenter.sh/discovery": "x", SubnetType: "Public" },
      parameters: { "projection.enabled": "true", EXTERNAL: "TRUE" },
    });
  });

  it("have lists of blocks in the singular and the plural, and lists of texts in the plural", () => {
    const policies = [{ policyName: "x" }];
    expect(terraformValues({ policies, cidrBlocks: ["10.0.0.0/8"] })).to.deep.equal({
      policies: [{ policy_name: "x" }],
      policy: [{ policy_name: "x" }],
      cidr_blocks: ["10.0.0.0/8"],
    });
  });

  it("lack unknown values, and keep texts that contain one", () => {
    const id = "${aws:s3/bucket:Bucket::logs}";
    expect(terraformValues({ bucket: id, ids: [id, "b"], policy: `{"Resource":"${id}"}` })).to.deep.equal({
      ids: [null, "b"],
      policy: `{"Resource":"${id}"}`,
    });
  });
});

describe("a stack as a Terraform plan", () => {
  it("has the AWS resources and their references, with and without the attribute", () => {
    const bucket = resource("aws:s3/bucket:Bucket", "logs.of.dev");
    const policy = resource("aws:s3/bucketPolicy:BucketPolicy", "logs", {
      bucket: "${aws:s3/bucket:Bucket::logs.of.dev}",
      policy: '{"Resource":"${aws:s3/bucket:Bucket::logs.of.dev.arn}/*","Elsewhere":"${aws:s3/bucket:Bucket::other}"}',
    });
    const component = resource("piksel:hub:LogArchive", "logs");
    const { planned_values: values, configuration } = terraformPlan([component, bucket, policy]);
    expect(values.root_module.resources.map(({ address }) => address)).to.deep.equal([
      "aws_s3_bucket.logs_of_dev",
      "aws_s3_bucket_policy.logs",
    ]);
    expect(configuration.root_module.resources[1]?.expressions).to.deep.equal({
      bucket: { references: ["aws_s3_bucket.logs_of_dev.id", "aws_s3_bucket.logs_of_dev"] },
      policy: { references: ["aws_s3_bucket.logs_of_dev.arn", "aws_s3_bucket.logs_of_dev"] },
    });
  });

  describe("that is planned", () => {
    let planned: Plan;
    before(async () => {
      planned = await plan(project);
    });

    it("has a unique address for every AWS resource", () => {
      for (const { name, resources } of planned) {
        const addresses = terraformPlan(resources).planned_values.root_module.resources.map(({ address }) => address);
        expect(addresses.length, name).to.equal(resources.filter(({ type }) => /^aws:\w+\//.test(type)).length);
        expect(new Set(addresses).size, name).to.equal(addresses.length);
        expect(addresses.filter((address) => !/^aws_[a-z0-9_]+\.[\w-]+$/.test(address))).to.deep.equal([]);
      }
    });

    it("shows the properties of the log archive that a scanner checks: lock, versions, public access", () => {
      const { planned_values: values, configuration } = terraformPlan(stack(planned, "hub").resources);
      const of = (address: string) => values.root_module.resources.find((each) => each.address === address)?.values;
      expect(of("aws_s3_bucket_versioning.hub-logs")).to.deep.equal({
        versioning_configuration: { status: "Enabled" },
      });
      expect(of("aws_s3_bucket_object_lock_configuration.hub-logs")).to.deep.equal({
        rule: { default_retention: { mode: "GOVERNANCE", days: 90 } },
      });
      const block = configuration.root_module.resources.find(
        ({ address }) => address === "aws_s3_bucket_public_access_block.hub-logs",
      );
      expect(block?.expressions).to.deep.equal({
        bucket: { references: ["aws_s3_bucket.hub-logs.id", "aws_s3_bucket.hub-logs"] },
      });
    });
  });
});
