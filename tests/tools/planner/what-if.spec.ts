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

async function tried(asked: Project): Promise<readonly WhatIf[]> {
  const planned = await plan(asked);
  return costs(planned, await whatIf(asked, planned), TINY_LIST).whatIf;
}

function found(all: readonly WhatIf[], what: string, stack: string): WhatIf {
  const each = all.find((one) => one.what === what && one.stack === stack);
  if (each === undefined) throw new Error(`nothing is told of ${what} in ${stack}`);
  return each;
}

function withAddressSpace(asked: Project, space: string): Project {
  return Object.keys(asked.stacks).reduce((each, stack) => withConfig(each, stack, { "address-space": space }), asked);
}

describe("what one thing more would add a month", () => {
  let asIs: readonly WhatIf[];
  before(async () => {
    asIs = await tried(project);
  });

  it("is told of every stack that it concerns, and of the spoke that would join", () => {
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

  it("is, for NAT gateways by zone, one and its address in each zone but the first", () => {
    expect(found(asIs, "one-nat-per-az", "dev").byPart).to.deep.equal(NAT);
    expect(found(asIs, "one-nat-per-az", "dev").monthly).to.equal(80.3);
  });

  it("is, for a third zone, the node that it has at least", () => {
    expect(found(asIs, "third-zone", "dev").byPart).to.deep.equal(NODE);
  });

  it("is, for a third zone, nothing where there are no nodes", async () => {
    const all = await tried(withConfig(project, "dev", { cluster: false }));
    expect(found(all, "third-zone", "dev")).to.deep.equal({
      ...{ what: "third-zone", stack: "dev", byPart: {}, monthly: 0, unknown: [], note: null },
    });
  });

  it("is, for a third zone, a NAT gateway too where each zone has one", async () => {
    const all = await tried(withConfig(project, "dev", { "one-nat-per-az": true }));
    expect(found(all, "third-zone", "dev").byPart).to.deep.equal({ ...NAT, ...NODE });
    expect(found(all, "one-nat-per-az", "dev")).to.deep.include({ byPart: {}, monthly: 0, note: "already enabled" });
  });

  it("is, for the hub's third zone, an address of each shared endpoint", async () => {
    const all = await tried(withConfig(project, HUB, { "az-count": 2 }));
    expect(found(all, "third-zone", HUB).byPart).to.deep.equal({ "interface endpoints": 29.2 });
  });

  it("is, for a spoke, its zone in the hub and a spoke by the defaults", () => {
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

  it("names a part that has no price, and leaves it out of the sum", async () => {
    const all = await tried(withConfig(project, "dev", { "node-instance-types": ["x8g.large"] }));
    const { byPart, monthly, unknown } = found(all, "third-zone", "dev");
    expect([byPart, monthly, unknown]).to.deep.equal([{ nodes: null, "EBS volumes": 5 }, 5, ["nodes"]]);
    expect(found(all, "one-nat-per-az", "dev").unknown).to.deep.equal([]);
  });

  it("is planned once for stacks that are configured alike", async () => {
    const all = await whatIf(project, await plan(project));
    const [dev, staging] = all.filter(
      ({ what, stack }) => what === "third-zone" && stack !== "hub" && stack !== "prod",
    );
    expect(staging?.outcome).to.equal(dev?.outcome);
  });

  it("is what the setting does when it is made, in each of these", async () => {
    for (const name of ["dev", "staging"]) {
      const now = costs(await plan(project), [], TINY_LIST).total;
      const then = costs(await plan(withConfig(project, name, { "az-count": 3 })), [], TINY_LIST).total;
      expect(found(asIs, "third-zone", name).monthly).to.be.closeTo(then - now, 0.001);
    }
  });
});

describe("what would be refused", () => {
  it("is a third zone where two are listed, and says what to do", async () => {
    const zones = { "availability-zones": ["ap-southeast-3a", "ap-southeast-3c"] };
    const all = await tried(withConfig(withConfig(project, "dev", zones), "staging", zones));
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

  it("is a spoke more in an address space that is full", async () => {
    const all = await tried(withAddressSpace(project, "10.0.0.0/14"));
    expect(all.filter(({ what }) => what === "one-more-spoke")).to.deep.equal([
      {
        ...{ what: "one-more-spoke", stack: HUB, byPart: {}, monthly: null, unknown: [] },
        note: "address-space 10.0.0.0/14 has no /16 left",
      },
    ]);
  });
});

describe("the spoke that would join", () => {
  const joined = async (asked: Project): Promise<Alternative> => {
    const last = (await whatIf(asked, await plan(asked))).at(-1);
    if (last === undefined) throw new Error("no spoke would join");
    return last;
  };
  const block = ({ outcome }: Alternative): unknown =>
    "after" in outcome ? outcome.after.find(({ type }) => type === "aws:ec2/vpc:Vpc")?.inputs["cidrBlock"] : outcome;

  it("takes the first block that is free, and a name that is", async () => {
    const networks = {
      ...register(),
      "new-spoke": { cidr: "10.4.0.0/16", account: "999999999999" },
      "new-spoke-2": { cidr: "10.6.0.0/16", account: "999999999998" },
    };
    const spoke = await joined(withNetworks(project, networks));
    expect([spoke.stack, block(spoke)]).to.deep.equal(["new-spoke-3", "10.5.0.0/16"]);
  });

  it("keeps away from the addresses of the clusters' Kubernetes services", async () => {
    const sixteen = (n: number): string => `172.${String(n)}.0.0/16`;
    const networks = Object.fromEntries(
      Object.entries(register()).map(([name, network], index) => [
        name,
        { ...(network as object), cidr: sixteen(16 + index) },
      ]),
    );
    const moved = withAddressSpace(withNetworks(project, networks), "172.16.0.0/12");
    expect(block(await joined(moved))).to.equal("172.21.0.0/16");
  });

  it("is of the region and the domain that the others are of", async () => {
    const elsewhere = Object.keys(project.stacks).reduce(
      (asked, stack) => withConfig(asked, stack, { "aws:region": "eu-west-1", domain: "net.example" }),
      project,
    );
    const { outcome } = await joined(elsewhere);
    const text = JSON.stringify("after" in outcome ? outcome.after.map(({ inputs }) => inputs) : outcome);
    expect(text).to.contain("eu-west-1a").and.to.contain("new-spoke.net.example").and.not.to.contain("piksel.internal");
  });
});
