import { expect } from "chai";
import { HUB } from "../../components/settings/networks";
import { runChecks } from "../../tools/checks";
import type { PlannedResource } from "../../tools/planner/engine/resource";
import { type Plan, plan } from "../../tools/planner/plan";
import { stacksOfPlan } from "../../tools/planner/stacks";
import { whatIf } from "../../tools/planner/what-if";
import { namesOf } from "../support/expected";
import { mixedSizes, withCidrs } from "../support/sizes";
import { changes, project, register, stack, withConfig, withNetworks } from "../support/plans";

const inputsOf = (resources: readonly PlannedResource[], type: string, ...names: readonly string[]): string[] =>
  resources
    .filter((each) => each.type === type)
    .map(({ name, inputs }) => [name, ...names.map((input) => JSON.stringify(inputs[input]))].join(" "))
    .sort();

describe("a network of another size", () => {
  let planned: Plan;
  before(async () => {
    planned = await plan(mixedSizes);
  });

  it("consists of the same resources as a /16", async () => {
    const names = (all: Plan) => all.map(({ name, resources }) => [name, namesOf(resources)]);
    expect(names(planned)).to.deep.equal(names(await plan(project)));
  });

  it("of a /20 has these subnets, and of a /21 also these addresses of the Resolver", () => {
    const [hub, dev] = [stack(planned, HUB).resources, stack(planned, "dev").resources];
    expect(inputsOf(dev, "aws:ec2/vpc:Vpc", "cidrBlock")).to.deep.equal(['dev "10.0.16.0/20"']);
    expect(inputsOf(dev, "aws:ec2/subnet:Subnet", "cidrBlock", "availabilityZone")).to.deep.equal([
      'dev-private-1 "10.0.16.0/22" "ap-southeast-3a"',
      'dev-private-2 "10.0.20.0/22" "ap-southeast-3b"',
      'dev-public-1 "10.0.28.0/27" "ap-southeast-3a"',
      'dev-public-2 "10.0.28.32/27" "ap-southeast-3b"',
      'dev-transit-1 "10.0.29.0/28" "ap-southeast-3a"',
      'dev-transit-2 "10.0.29.16/28" "ap-southeast-3b"',
    ]);
    expect(inputsOf(hub, "aws:ec2/subnet:Subnet", "cidrBlock").map((each) => each.replaceAll('"', ""))).to.deep.equal([
      ...["hub-private-1 10.0.0.0/23", "hub-private-2 10.0.2.0/23", "hub-private-3 10.0.4.0/23"],
      ...["hub-public-1 10.0.6.0/27", "hub-public-2 10.0.6.32/27", "hub-public-3 10.0.6.64/27"],
      ...["hub-transit-1 10.0.6.128/28", "hub-transit-2 10.0.6.144/28", "hub-transit-3 10.0.6.160/28"],
    ]);
    const [resolver] = hub.filter(({ type }) => type === "aws:route53/resolverEndpoint:ResolverEndpoint");
    expect((resolver?.inputs["ipAddresses"] as { ip: string }[]).map(({ ip }) => ip)).to.deep.equal([
      "10.0.0.10",
      "10.0.2.10",
    ]);
  });

  it("passes every check, and the others do, whatever their sizes", () => {
    expect(runChecks(stacksOfPlan(planned)).filter(({ passed }) => !passed)).to.deep.equal([]);
  });

  it("has a warning about small private subnets if it has a cluster, and no other network has it", () => {
    const about = ({ name, settings }: Plan[number]): string[] =>
      settings.warnings.filter((each) => each.includes("private subnets")).map((each) => `${name}: ${each}`);
    expect(planned.flatMap(about)).to.deep.equal([
      "dev: the cluster's private subnets have 1,019 usable addresses each, which nodes take in blocks of 16 for their " +
        "pods: choose a larger cidr before the first deployment if you need more",
    ]);
  });

  it("is the size of one more spoke, or a smaller one where no CIDR of that size is free", async () => {
    const cidr = async (cidrs: Readonly<Record<string, string>>, space?: string): Promise<unknown> => {
      const base = withCidrs(cidrs);
      const names = Object.keys(base.stacks);
      const asked =
        space === undefined
          ? base
          : names.reduce((all, name) => withConfig(all, name, { "address-space": space }), base);
      const outcome = (await whatIf(asked, await plan(asked))).at(-1)?.outcome;
      return outcome !== undefined && "after" in outcome
        ? outcome.after.find(({ type }) => type === "aws:ec2/vpc:Vpc")?.inputs["cidrBlock"]
        : outcome;
    };
    const small = { hub: "10.0.0.0/20", dev: "10.0.16.0/20", staging: "10.0.32.0/20", prod: "10.0.48.0/20" };
    expect(await cidr(small)).to.equal("10.0.64.0/20");
    expect(await cidr({ ...small, prod: "10.0.48.0/21" }, "10.0.0.0/18")).to.equal("10.0.56.0/21");
    const full = { hub: "10.0.0.0/18", dev: "10.0.64.0/18", staging: "10.0.128.0/19", prod: "10.0.192.0/18" };
    expect(await cidr(full, "10.0.0.0/16")).to.equal("10.0.160.0/19");
  });
});

describe("growth in every size", () => {
  for (const [prefix, cidr] of [
    ["/17", "10.1.128.0/17"],
    ["/18", "10.1.64.0/18"],
    ["/19", "10.1.32.0/19"],
    ["/20", "10.1.16.0/20"],
    ["/21", "10.1.8.0/21"],
  ] as const) {
    it(`adds a third AZ to a ${prefix} and replaces and deletes nothing`, async () => {
      const before = withCidrs({ dev: cidr });
      const { dev, ...others } = await changes(before, withConfig(before, "dev", { "az-count": 3 }));
      expect([dev?.create.length, dev?.update.length, dev?.replace, dev?.delete]).to.deep.equal([14, 2, [], []]);
      const nothing = { create: [], update: [], replace: [], delete: [] };
      expect(others).to.deep.equal({ hub: nothing, staging: nothing, prod: nothing });
    });
  }

  it("adds a spoke of another size and replaces and deletes nothing", async () => {
    const before = withCidrs({});
    const after = withNetworks(project, { ...register(), qa: { cidr: "10.4.8.0/21", account: "555555555555" } });
    const { hub, dev, staging, prod } = await changes(before, after);
    expect([hub?.create.length, hub?.replace, hub?.delete]).to.deep.equal([9, [], []]);
    const nothing = { create: [], update: [], replace: [], delete: [] };
    expect([dev, staging, prod]).to.deep.equal([nothing, nothing, nothing]);
  });
});
