import { expect } from "chai";
import { HUB } from "../../../components/settings/networks";
import { plan } from "../../../tools/planner/plan";
import type { Project } from "../../../tools/planner/project/project";
import { costs, explanations, type WhatIf, whatIfRows } from "../../../tools/report/view/costs";
import { whatIf, type Alternative } from "../../../tools/planner/what-if";
import { TINY_LIST } from "../costs/tiny-prices";
import { project, register, withConfig, withNetworks } from "../../support/plans";

const NAT = { "NAT gateways": 73, "public IPv4 addresses": 7.3 };
const NODE = { nodes: 365, "EBS volumes": 5 };

async function costsOfAdditions(input: Project): Promise<readonly WhatIf[]> {
  const planned = await plan(input);
  return costs(planned, await whatIf(input, planned), TINY_LIST).whatIf;
}

function found(all: readonly WhatIf[], what: string, stack: string): WhatIf {
  const each = all.find((one) => one.what === what && one.stack === stack);
  if (each === undefined) throw new Error(`no result for ${what} in ${stack}`);
  return each;
}

function withAddressSpace(asked: Project, space: string): Project {
  return Object.keys(asked.stacks).reduce((each, stack) => withConfig(each, stack, { "address-space": space }), asked);
}

describe("the monthly costs of an addition", () => {
  let asIs: readonly WhatIf[];
  before(async () => {
    asIs = await costsOfAdditions(project);
  });

  it("are calculated for every stack that it concerns, and for the new spoke", () => {
    expect(asIs.map(({ what, stack, note }) => [what, stack, note])).to.deep.equal([
      ["one-nat-per-az", "dev", null],
      ["one-nat-per-az", "staging", null],
      ["one-nat-per-az", "prod", "already enabled"],
      ["third-zone", "hub", "already enabled"],
      ["third-zone", "dev", null],
      ["third-zone", "staging", null],
      ["third-zone", "prod", "already enabled"],
      ["one-more-spoke", "hub", null],
      ["one-more-spoke", "new-spoke", null],
    ]);
  });

  it("are, for a NAT gateway per zone, those of a gateway and its address in each zone but the first", () => {
    expect(found(asIs, "one-nat-per-az", "dev").byPart).to.deep.equal(NAT);
    expect(found(asIs, "one-nat-per-az", "dev").monthly).to.equal(80.3);
  });

  it("are, for a third zone, those of its minimum of one node", () => {
    expect(found(asIs, "third-zone", "dev").byPart).to.deep.equal(NODE);
  });

  it("are, for a third zone without nodes, zero", async () => {
    const all = await costsOfAdditions(withConfig(project, "dev", { cluster: false }));
    expect(found(all, "third-zone", "dev")).to.deep.equal({
      ...{ what: "third-zone", stack: "dev", byPart: {}, monthly: 0, unknown: [], note: null },
    });
  });

  it("are, for a third zone, also those of a NAT gateway if each zone has one", async () => {
    const all = await costsOfAdditions(withConfig(project, "dev", { "one-nat-per-az": true }));
    expect(found(all, "third-zone", "dev").byPart).to.deep.equal({ ...NAT, ...NODE });
    expect(found(all, "one-nat-per-az", "dev")).to.deep.include({ byPart: {}, monthly: 0, note: "already enabled" });
  });

  it("are, for the hub's third zone, those of an address of each shared endpoint", async () => {
    const all = await costsOfAdditions(withConfig(project, HUB, { "az-count": 2 }));
    expect(found(all, "third-zone", HUB).byPart).to.deep.equal({ "interface endpoints": 29.2 });
  });

  it("are, for a spoke, those of its zone in the hub and of a spoke with the defaults", () => {
    expect(found(asIs, "one-more-spoke", HUB).byPart).to.deep.equal({ "hosted zones": 2 });
    expect(found(asIs, "one-more-spoke", "new-spoke").byPart).to.deep.equal({
      ...NAT,
      "transit gateway attachments": 146,
      "EKS clusters": 730,
      nodes: 730,
      "EBS volumes": 10,
      "KMS keys": 3,
    });
  });

  it("list a part without a price, and leave it out of the sum", async () => {
    const all = await costsOfAdditions(withConfig(project, "dev", { "node-instance-types": ["x8g.large"] }));
    const { byPart, monthly, unknown } = found(all, "third-zone", "dev");
    expect([byPart, monthly, unknown]).to.deep.equal([{ nodes: null, "EBS volumes": 5 }, 5, ["nodes"]]);
    expect(found(all, "one-nat-per-az", "dev").unknown).to.deep.equal([]);
  });

  it("are planned once for stacks with the same configuration", async () => {
    const all = await whatIf(project, await plan(project));
    const [dev, staging] = all.filter(
      ({ what, stack }) => what === "third-zone" && stack !== "hub" && stack !== "prod",
    );
    expect(staging?.outcome).to.equal(dev?.outcome);
  });

  it("equal the difference that the setting makes", async () => {
    for (const name of ["dev", "staging"]) {
      const now = costs(await plan(project), [], TINY_LIST).total;
      const then = costs(await plan(withConfig(project, name, { "az-count": 3 })), [], TINY_LIST).total;
      expect(found(asIs, "third-zone", name).monthly).to.be.closeTo(then - now, 0.001);
    }
  });
});

describe("a refused addition", () => {
  it("is a third zone if two are listed, with the advice", async () => {
    const zones = { "availability-zones": ["ap-southeast-3a", "ap-southeast-3c"] };
    const all = await costsOfAdditions(withConfig(withConfig(project, "dev", zones), "staging", zones));
    expect(found(all, "third-zone", "dev")).to.deep.include({
      monthly: null,
      note: "az-count is 3: availability-zones lists 2; list more, or none for REGION + a, b, c",
    });
    expect(explanations(all)).to.deep.equal([
      "new-spoke is a spoke with the defaults of Pulumi.yaml.",
      "dev and staging: a third AZ is refused: " +
        "az-count is 3: availability-zones lists 2; list more, or none for REGION + a, b, c.",
    ]);
    expect(whatIfRows(all)[1]?.cells).to.deep.equal({
      hub: "already enabled",
      dev: "refused",
      staging: "refused",
      prod: "already enabled",
    });
  });

  it("is one more spoke in a full address space", async () => {
    const all = await costsOfAdditions(withAddressSpace(project, "10.0.0.0/14"));
    expect(all.filter(({ what }) => what === "one-more-spoke")).to.deep.equal([
      {
        ...{ what: "one-more-spoke", stack: HUB, byPart: {}, monthly: null, unknown: [] },
        note: "address-space 10.0.0.0/14 has no room for another network",
      },
    ]);
  });
});

describe("the new spoke", () => {
  const newSpoke = async (asked: Project): Promise<Alternative> => {
    const last = (await whatIf(asked, await plan(asked))).at(-1);
    if (last === undefined) throw new Error("there is no new spoke");
    return last;
  };
  const block = ({ outcome }: Alternative): unknown =>
    "after" in outcome ? outcome.after.find(({ type }) => type === "aws:ec2/vpc:Vpc")?.inputs["cidrBlock"] : outcome;

  it("has the first free CIDR, and a free name", async () => {
    const networks = {
      ...register(),
      "new-spoke": { cidr: "10.4.0.0/16", account: "999999999999" },
      "new-spoke-2": { cidr: "10.6.0.0/16", account: "999999999998" },
    };
    const spoke = await newSpoke(withNetworks(project, networks));
    expect([spoke.stack, block(spoke)]).to.deep.equal(["new-spoke-3", "10.5.0.0/16"]);
  });

  it("does not overlap the CIDR of the clusters' Kubernetes services", async () => {
    const sixteen = (n: number): string => `172.${String(n)}.0.0/16`;
    const networks = Object.fromEntries(
      Object.entries(register()).map(([name, network], index) => [
        name,
        { ...(network as object), cidr: sixteen(16 + index) },
      ]),
    );
    const moved = withAddressSpace(withNetworks(project, networks), "172.16.0.0/12");
    expect(block(await newSpoke(moved))).to.equal("172.21.0.0/16");
  });

  it("has the Region and the domain of the others", async () => {
    const elsewhere = Object.keys(project.stacks).reduce(
      (asked, stack) => withConfig(asked, stack, { "aws:region": "eu-west-1", domain: "net.example" }),
      project,
    );
    const { outcome } = await newSpoke(elsewhere);
    const text = JSON.stringify("after" in outcome ? outcome.after.map(({ inputs }) => inputs) : outcome);
    expect(text).to.contain("eu-west-1a").and.to.contain("new-spoke.net.example").and.not.to.contain("piksel.internal");
  });
});
