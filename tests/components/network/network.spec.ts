import type * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { routeTableId, subnetId } from "../../../components/network/network";

/** An output that a preview does not know. */
const unknown = (): pulumi.Output<string> => pulumi.output(pulumi.unknown as string);
const isKnown = (output: pulumi.Output<string>): Promise<boolean> =>
  (output as unknown as { isKnown: Promise<boolean> }).isKnown;
const value = (output: pulumi.Output<string>): Promise<string> =>
  (output as unknown as { promise(): Promise<string> }).promise();

/** A VPC of awsx while its third zone is being added: the resources are known, and the ids of the new ones are not. */
const growing = (): awsx.ec2.Vpc => {
  const part = (kind: string) => (zone: number) => ({
    id: zone === 3 ? unknown() : pulumi.output(`${kind}-${String(zone)}`),
    tags: pulumi.output({ Name: `dev-private-${String(zone)}` }),
  });
  const list = (kind: string): unknown =>
    pulumi.output(Promise.resolve([1, 2, 3])).apply((zones) => zones.map(part(kind)));
  return {
    publicSubnets: list("public"),
    privateSubnets: list("private"),
    isolatedSubnets: list("transit"),
    routeTables: list("table"),
  } as unknown as awsx.ec2.Vpc;
};

describe("a part of a VPC that grows", () => {
  for (const tier of ["public", "private", "transit"] as const) {
    it(`an old ${tier} subnet keeps its id in the preview`, async () => {
      const id = subnetId(growing(), tier, 1);
      expect(await isKnown(id)).to.be.true;
      expect(await value(id)).to.equal(`${tier}-2`);
    });
  }

  it("an old route table keeps its id in the preview, and is found by its name", async () => {
    const id = routeTableId(growing(), "dev", "private", 1);
    expect(await isKnown(id)).to.be.true;
    expect(await value(id)).to.equal("table-2");
  });

  it("a new one has none yet", async () => {
    expect(await isKnown(subnetId(growing(), "private", 2))).to.be.false;
    expect(await isKnown(routeTableId(growing(), "dev", "private", 2))).to.be.false;
  });

  it("one that awsx did not make is an error, not a missing value", async () => {
    const error = await value(subnetId(growing(), "private", 3)).catch((reason: unknown) => String(reason));
    expect(error).to.equal("Error: awsx.ec2.Vpc created no private subnet 4");
  });
});
