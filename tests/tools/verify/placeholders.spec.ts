import { expect } from "chai";
import { placeholderResolver } from "../../../tools/verify/drift/drift";
import { UNKNOWN, type DeployedResource, type StackExport } from "../../../tools/verify/exports/export";

const resource = (type: string, name: string, id: string, outputs: object = {}): DeployedResource => ({
  ...{ type, name, id, parent: null, inputs: {}, defaults: [], protect: false },
  outputs: { ...outputs },
});
const stackOf = (stack: string, ...resources: DeployedResource[]): StackExport => ({
  ...{ file: `${stack}.json`, stack, time: "", leftovers: [] },
  resources,
});

const ZONE = "aws:route53/zone:Zone";
const resolve = placeholderResolver([
  stackOf(
    "dev",
    resource("aws:ec2/vpc:Vpc", "dev", "vpc-1"),
    resource("aws:ec2/vpc:Vpc", "both", "vpc-own"),
    resource("aws:ec2/launchTemplate:LaunchTemplate", "dev", "lt-1", { latestVersion: 3 }),
    resource("aws:ec2/vpcEndpoint:VpcEndpoint", "dev-ecr.api", "vpce-1", { dnsEntries: [{ dnsName: "vpce-1.ecr" }] }),
    resource("aws:sqs/queue:Queue", "dev", "queue", { arn: UNKNOWN }),
  ),
  stackOf(
    "hub",
    resource("aws:ec2/vpc:Vpc", "both", "vpc-of-the-hub"),
    resource(ZONE, "hub-zone-piksel.internal", "Z1", { arn: "arn:Z1" }),
  ),
]);

describe("a placeholder of the plan", () => {
  for (const [what, planned, expected] of [
    ["the id of a resource", "${aws:ec2/vpc:Vpc::dev}", "vpc-1"],
    ["the id of the hub's resource", `\${${ZONE}::hub-zone-piksel.internal}`, "Z1"],
    ["the stack's own resource if the hub has one with the same name", "${aws:ec2/vpc:Vpc::both}", "vpc-own"],
    ["an attribute of a resource with dots in its name", `\${${ZONE}::hub-zone-piksel.internal.arn}`, "arn:Z1"],
    [
      "an attribute inside a list",
      "${aws:ec2/vpcEndpoint:VpcEndpoint::dev-ecr.api.dnsEntries[0].dnsName}",
      "vpce-1.ecr",
    ],
    ["a number, as it is", "${aws:ec2/launchTemplate:LaunchTemplate::dev.latestVersion}", 3],
    [
      "part of a text",
      "arn:${aws:ec2/vpc:Vpc::dev}/${aws:ec2/launchTemplate:LaunchTemplate::dev.latestVersion}",
      "arn:vpc-1/3",
    ],
    ["unknown if the resource is not deployed", "${aws:ec2/vpc:Vpc::gone}", UNKNOWN],
    ["unknown if the export lacks the attribute", "${aws:ec2/vpc:Vpc::dev.arn}", UNKNOWN],
    ["unknown if the attribute is a secret", "${aws:sqs/queue:Queue::dev.arn}", UNKNOWN],
    ["unknown, with the text that contains it", "arn:${aws:ec2/vpc:Vpc::gone}", UNKNOWN],
  ] as const) {
    it(`becomes ${what}`, () => {
      expect(resolve(planned)).to.equal(expected);
      expect(resolve({ list: [planned, 1, null] })).to.deep.equal({ list: [expected, 1, null] });
    });
  }

  it("is distinguished from a variable of IAM", () => {
    expect(resolve("${aws:PrincipalTag/team}")).to.equal("${aws:PrincipalTag/team}");
  });
});
