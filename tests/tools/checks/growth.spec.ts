import { expect } from "chai";
import { checkGrowth, GROWTH, type Step } from "../../../tools/checks/growth-replaces-nothing";
import type { Json } from "../../../tools/planner/engine/resource";
import { growthSteps, whatIf } from "../../../tools/planner/what-if";
import { plan } from "../../../tools/planner/plan";
import { checks } from "../../../tools/report/view/checks";
import { withConnections } from "../../support/connections";
import { project } from "../../support/plans";

const zoneMore: Step = {
  ...{ what: "az-count 3", stack: "dev", created: 14, updated: 2 },
  ...{ replaced: [], deleted: [], leaving: [] },
};

describe("the check growth-replaces-nothing", () => {
  it("passes for every stack when an AZ, NAT per AZ or a spoke is added or removed", async () => {
    const planned = await plan(project);
    const steps = await growthSteps(project, planned, await whatIf(project, planned));
    const found = checks(planned, steps).filter(({ name }) => name === GROWTH.name);
    const alike = "as in dev, which is configured alike";
    expect(Object.fromEntries(found.map(({ stack, evidence }) => [stack, evidence]))).to.deep.equal({
      hub: [
        "one more spoke: 8 to create, 10 to update in place",
        "without prod: 0 to create, 10 to update in place, 8 to delete (only what the change removes)",
      ],
      dev: [
        "one-nat-per-az true: 2 to create, 1 to update in place",
        "az-count 3: 14 to create, 2 to update in place",
        "one more spoke: no changes",
        "without prod: no changes",
      ],
      staging: [
        `one-nat-per-az true, ${alike}: 2 to create, 1 to update in place`,
        `az-count 3, ${alike}: 14 to create, 2 to update in place`,
        `one more spoke, ${alike}: no changes`,
        `without prod, ${alike}: no changes`,
      ],
      prod: [
        "one-nat-per-az false: 0 to create, 2 to update in place, 4 to delete (only what the change removes)",
        "one more spoke: no changes",
      ],
    });
    expect(found.filter(({ passed }) => !passed)).to.deep.equal([]);
  });

  it("passes with connections, and tries the removal of a spoke that none names", async () => {
    const evidence = async (connections: Json): Promise<Record<string, readonly string[]>> => {
      const connected = withConnections(project, connections);
      const planned = await plan(connected);
      const steps = await growthSteps(connected, planned, await whatIf(connected, planned));
      const found = checks(planned, steps).filter(({ name }) => name === GROWTH.name);
      expect(found.filter(({ passed }) => !passed)).to.deep.equal([]);
      return Object.fromEntries(found.map(({ stack, evidence: lines }) => [stack, lines]));
    };
    expect((await evidence([["staging", "all"]]))["hub"]).to.deep.equal([
      "one more spoke: 9 to create, 10 to update in place",
      "without prod: 0 to create, 10 to update in place, 9 to delete (only what the change removes)",
    ]);
    expect((await evidence([["dev", "prod"]]))["hub"]).to.deep.equal([
      "one more spoke: 8 to create, 10 to update in place",
      "without staging: 0 to create, 10 to update in place, 8 to delete (only what the change removes)",
    ]);
  });

  it("fails for a replacement, and names it", () => {
    const vpc = "aws:ec2/vpc:Vpc::dev";
    expect(checkGrowth([zoneMore, { ...zoneMore, what: "one more spoke", replaced: [vpc] }])).to.deep.equal([
      { name: GROWTH.name, stack: "dev", passed: false, evidence: [`one more spoke: replaces ${vpc}`] },
    ]);
  });

  it("fails for a deletion of anything that should stay", () => {
    const [address, gateway] = ["aws:ec2/eip:Eip::dev-2", "aws:ec2/natGateway:NatGateway::dev-1"];
    const step = { ...zoneMore, what: "one-nat-per-az false", deleted: [address, gateway], leaving: [address] };
    expect(checkGrowth([step])).to.deep.equal([
      { name: GROWTH.name, stack: "dev", passed: false, evidence: [`one-nat-per-az false: deletes ${gateway}`] },
    ]);
  });
});
