import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import { expect } from "chai";
import { cloud } from "../../../../tools/planner/doubles/cloud";
import { run } from "../../../../tools/planner/engine/run";
import oneNat from "../../../fixtures/vpc-2-zones-single-nat.json";
import natPerZone from "../../../fixtures/vpc-3-zones-nat-per-zone.json";

/** The program whose deployment with the real engine and the real awsx the fixtures record. */
async function vpcChildren(zones: number, strategy: "Single" | "OnePerAz"): Promise<object[]> {
  const take = <T>(list: T[]): T[] => list.slice(0, zones);
  const program = async (): Promise<Record<string, unknown>> => {
    const provider = new aws.Provider("aws", { region: "ap-southeast-3" });
    new awsx.ec2.Vpc(
      "dev",
      {
        cidrBlock: "10.1.0.0/16",
        availabilityZoneNames: take(["ap-southeast-3a", "ap-southeast-3b", "ap-southeast-3c"]),
        subnetStrategy: "Auto",
        subnetSpecs: [
          {
            type: "Private",
            name: "private",
            cidrBlocks: take(["10.1.0.0/18", "10.1.64.0/18", "10.1.128.0/18"]),
            tags: { "kubernetes.io/role/internal-elb": "1", "karpenter.sh/discovery": "piksel-dev" },
          },
          {
            type: "Public",
            name: "public",
            cidrBlocks: take(["10.1.192.0/24", "10.1.193.0/24", "10.1.194.0/24"]),
            tags: { "kubernetes.io/role/elb": "1" },
          },
          {
            type: "Isolated",
            name: "transit",
            cidrBlocks: take(["10.1.208.0/28", "10.1.208.16/28", "10.1.208.32/28"]),
          },
        ],
        natGateways: { strategy },
        enableDnsHostnames: true,
      },
      { providers: [provider] },
    );
    return {};
  };
  const options = { project: "p", stack: "dev", organization: "o", config: {} };
  const { resources } = await run(program, cloud({}), options);
  return resources
    .filter(({ type }) => type.startsWith("aws:"))
    .map(({ type, name, parent, inputs, dependsOn }) => ({ type, name, parent, inputs, dependsOn }));
}

const ofAws = (recorded: readonly { type: string }[]): object[] =>
  recorded.filter(({ type }) => type.startsWith("aws:"));

describe("the double of awsx.ec2.Vpc", () => {
  it("makes what the real component made: 2 zones, a single NAT gateway", async () => {
    expect(await vpcChildren(2, "Single")).to.have.deep.members(ofAws(oneNat));
  });

  it("makes what the real component made: 3 zones, a NAT gateway in each", async () => {
    expect(await vpcChildren(3, "OnePerAz")).to.have.deep.members(ofAws(natPerZone));
  });
});
