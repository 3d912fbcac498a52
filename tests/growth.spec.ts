import { expect } from "chai";
import type { Changes } from "../plan/changes";
import { changes, project, register, withConfig, withNetworks } from "./support/plans";

const nothing: Changes = { create: [], update: [], replace: [], delete: [] };
const sorted = (list: readonly string[] | undefined): string[] => [...(list ?? [])].sort();

/** What awsx makes for one more zone of a spoke with a single NAT gateway. */
const zoneOfSingleNat = (spoke: string, zone: number): string[] => {
  const n = String(zone);
  return [
    ...["public", "private", "transit"].flatMap((tier) => [
      `aws:ec2/routeTable:RouteTable::${spoke}-${tier}-${n}`,
      `aws:ec2/routeTableAssociation:RouteTableAssociation::${spoke}-${tier}-${n}`,
      `aws:ec2/subnet:Subnet::${spoke}-${tier}-${n}`,
    ]),
    `aws:ec2/route:Route::${spoke}-private-${n}`,
    `aws:ec2/route:Route::${spoke}-private-${n}-transit`,
    `aws:ec2/route:Route::${spoke}-public-${n}`,
  ];
};

describe("a network grows without touching what stands", () => {
  it("a third zone in a spoke only adds, and tells the attachment", async () => {
    const { dev, ...others } = await changes(project, withConfig(project, "dev", { "az-count": 3 }));
    expect(sorted(dev?.create)).to.deep.equal(sorted(zoneOfSingleNat("dev", 3)));
    expect(dev?.update).to.deep.equal([
      { name: "aws:ec2transitgateway/vpcAttachment:VpcAttachment::dev", properties: ["subnetIds"] },
    ]);
    expect(dev?.replace).to.deep.equal([]);
    expect(dev?.delete).to.deep.equal([]);
    expect(others).to.deep.equal({ hub: nothing, staging: nothing, prod: nothing });
  });

  it("a NAT gateway per zone is two creates a new gateway, and a route that moves in place", async () => {
    const { dev, ...others } = await changes(project, withConfig(project, "dev", { "one-nat-per-az": true }));
    expect(dev).to.deep.equal({
      create: ["aws:ec2/eip:Eip::dev-2", "aws:ec2/natGateway:NatGateway::dev-2"],
      update: [{ name: "aws:ec2/route:Route::dev-private-2", properties: ["natGatewayId"] }],
      replace: [],
      delete: [],
    });
    expect(others).to.deep.equal({ hub: nothing, staging: nothing, prod: nothing });
  });

  it("both at once replace and delete nothing", async () => {
    const after = withConfig(project, "dev", { "az-count": 3, "one-nat-per-az": true });
    const { dev } = await changes(project, after);
    expect(dev?.replace).to.deep.equal([]);
    expect(dev?.delete).to.deep.equal([]);
    expect(dev?.update).to.deep.equal([
      { name: "aws:ec2/route:Route::dev-private-2", properties: ["natGatewayId"] },
      { name: "aws:ec2transitgateway/vpcAttachment:VpcAttachment::dev", properties: ["subnetIds"] },
    ]);
  });

  it("the way back takes away what was added and nothing else", async () => {
    const three = withConfig(project, "dev", { "az-count": 3 });
    const { dev } = await changes(three, project);
    expect(sorted(dev?.delete)).to.deep.equal(sorted(zoneOfSingleNat("dev", 3)));
    expect(dev?.create).to.deep.equal([]);
    expect(dev?.replace).to.deep.equal([]);
  });
});

describe("a new spoke", () => {
  const withQa = withNetworks(project, { ...register(), qa: { cidr: "10.4.0.0/16", account: "555555555555" } });

  it("is a line in the register and a file: the hub opens the gateway and the archive to its account", async () => {
    const { hub, qa, ...others } = await changes(project, withQa);
    expect(hub).to.deep.equal({
      create: ["aws:ram/principalAssociation:PrincipalAssociation::hub-555555555555"],
      update: [
        { name: "aws:s3/bucketPolicy:BucketPolicy::hub-logs", properties: ["policy"] },
        { name: "aws:glue/catalogTable:CatalogTable::hub-logs", properties: ["parameters"] },
      ],
      replace: [],
      delete: [],
    });
    expect(qa?.create).to.have.length.above(30);
    expect({ ...qa, create: [] }).to.deep.equal(nothing);
    expect(others).to.deep.equal({ dev: nothing, staging: nothing, prod: nothing });
  });

  it("is in no route or table of the hub, wherever in the register its line stands", async () => {
    const { hub: first, ...rest } = register();
    const inFront = withNetworks(project, {
      hub: first ?? null,
      qa: { cidr: "10.4.0.0/16", account: "555555555555" },
      ...rest,
    });
    const { hub } = await changes(withQa, inFront);
    expect(hub).to.deep.equal(nothing);
  });

  it("leaves nothing behind in the hub when it goes", async () => {
    const { hub } = await changes(withQa, project);
    expect(hub).to.deep.equal({
      create: [],
      update: [
        { name: "aws:s3/bucketPolicy:BucketPolicy::hub-logs", properties: ["policy"] },
        { name: "aws:glue/catalogTable:CatalogTable::hub-logs", properties: ["parameters"] },
      ],
      replace: [],
      delete: ["aws:ram/principalAssociation:PrincipalAssociation::hub-555555555555"],
    });
  });

  it("adds nothing to the hub when the gateway is shared with an organization", async () => {
    const organization = { "share-with": ["arn:aws:organizations::111111111111:organization/o-abcdef1234"] };
    const { hub } = await changes(withConfig(project, "hub", organization), withConfig(withQa, "hub", organization));
    expect(hub?.create).to.deep.equal([]);
  });
});
