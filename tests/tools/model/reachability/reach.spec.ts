import { expect } from "chai";
import { arrives } from "../../../../tools/model/paths/path";
import { trace } from "../../../../tools/model/paths/trace";
import { reachabilityMatrix } from "../../../../tools/model/reachability/matrix";
import { type Cell, combineReached, Reach } from "../../../../tools/model/reachability/reach";
import type { AllStacks } from "../../../../tools/model/resource";
import { HTTPS } from "../../../../tools/model/topology/packet-filters";
import { topologyOf } from "../../../../tools/model/topology/topology";
import { plan } from "../../../../tools/planner/plan";
import { stacksOfPlan } from "../../../../tools/planner/stacks";
import { modify, without, withResource } from "../../../support/modifications";
import { projectThatPages as project } from "../../../support/plans";
import { MUTATIONS } from "../../checks/mutations";
import { applyMutation, TGW, transitTable } from "../../checks/mutations/mutation";
import { SURVIVORS } from "../../checks/mutations/survivors";

const REGION = "ap-southeast-3";

describe("reachability between tiers", () => {
  let planned: AllStacks;
  before(async () => {
    planned = stacksOfPlan(await plan(project));
  });

  function cell(stacks: AllStacks, from: string, to: string): Cell | null | undefined {
    const { rows, columns, cells } = reachabilityMatrix(topologyOf(stacks), REGION);
    return cells[rows.findIndex(({ name }) => name === from)]?.[columns.findIndex(({ name }) => name === to)];
  }
  const answer = (stacks: AllStacks, from: string, to: string): string | undefined => {
    const found = cell(stacks, from, to);
    return found === null ? "not asked" : found && `${found.reached}, answered: ${found.answered}; ${found.words}`;
  };

  it("matches a trace between every pair of subnets, for every mutation of the network", () => {
    for (const mutation of [...MUTATIONS, ...SURVIVORS]) {
      const topology = topologyOf(applyMutation(planned, mutation));
      const reach = new Reach(topology, REGION);
      for (const from of reach.tiers) {
        for (const to of reach.tiers) {
          if (from === to) continue;
          const asked = from.subnets.flatMap((subnet) =>
            to.subnets.map(({ id }) => trace(topology, subnet, { kind: "subnet", subnetId: id }, HTTPS)),
          );
          const expected = combineReached(asked.map((path) => (arrives(path) ? "yes" : "no")));
          const pair = `${mutation.what}: ${from.endpoint.name} to ${to.endpoint.name}`;
          expect(reach.reached(from, to), pair).to.equal(expected);
          expect(reach.tier(from, to).reached, pair).to.equal(expected);
        }
      }
    }
  });

  it("detects a wrong route for one Availability Zone", () => {
    const astray = modify(
      planned,
      "hub",
      withResource(`aws:${TGW}/route:Route`, "hole", {
        transitGatewayRouteTableId: transitTable("hub-hub"),
        destinationCidrBlock: "10.1.64.0/18",
        blackhole: true,
      }),
    );
    expect(answer(astray, "hub-private", "dev-private")).to.equal(
      "in some zones, answered: yes; hub-private-1: 10.0.0.0/8 → transit gateway; " +
        "table hub-hub: 10.1.64.0/18 → blackhole (static); dropped: blackhole route",
    );
    expect(answer(astray, "hub-private", "dev-public")).to.match(/^yes, answered: no; /);
  });

  it("has a return path only if every AZ has one", () => {
    const oneZone = modify(planned, "hub", without("ec2/route:Route", "hub-private-2-transit"));
    expect(cell(planned, "dev-private", "hub-private")).to.include({ reached: "yes", answered: "yes" });
    expect(cell(oneZone, "dev-private", "hub-private")).to.include({ reached: "yes", answered: "in some zones" });
    expect(cell(oneZone, "dev-private", "ecr.api")).to.include({ reached: "yes", answered: "in some zones" });
    expect(cell(planned, "dev-private", "hub-public")).to.include({ reached: "yes", answered: "no" });
    expect(cell(planned, "dev-private", "prod-private")).to.include({ reached: "no", answered: "no" });
  });

  it("has a return path through a NAT gateway", () => {
    expect(cell(planned, "dev-private", "internet")).to.include({ reached: "yes", answered: "yes" });
    expect(cell(planned, "internet", "dev-private")).to.include({ reached: "no", answered: "no" });
  });

  it("is not computed from the internet to a public service", () => {
    expect(answer(planned, "internet", "s3")).to.equal("not asked");
    expect(answer(planned, "internet", "ecr.api")).to.equal(
      "no, answered: no; dropped: the service has no public address",
    );
  });

  it("starts and ends in the subnets that its explanation names", () => {
    const id = (name: string): string => `\${aws:ec2/subnet:Subnet::${name}}`;
    expect(cell(planned, "prod-private", "hub-private")).to.include({
      from: id("prod-private-1"),
      to: id("hub-private-1"),
    });
    expect(cell(planned, "prod-private", "s3")).to.include({ from: id("prod-private-1"), to: null });
    expect(cell(planned, "internet", "prod-public")).to.include({ from: null, to: id("prod-public-1") });
  });
});
