import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { project, projectWithAlarms, withConfig } from "../../support/plans";
import { ALARM_RECEIVERS, ALARMS } from "./mutations/alarms";
import { applyMutation } from "./mutations/mutation";

const KEYS = {
  "alarm-emails": ["network@example.org"],
  "alarm-topics": ["arn:aws:sns:ap-southeast-3:999999999999:on-call"],
};

const failedChecks = (all: AllStacks): string[] => {
  const names = runChecks(all).flatMap(({ name, passed }) => (passed ? [] : [name]));
  return [...new Set(names)].sort();
};
const results = (all: AllStacks) => runChecks(all).filter(({ name }) => name === "faults-are-alarmed");

describe("a plan with alarms that somebody receives", () => {
  let planned: AllStacks;
  before(async () => {
    planned = stacksOfPlan(await plan(withConfig(withConfig(projectWithAlarms, "dev", KEYS), "hub", KEYS)));
  });

  it("fails no check", () => {
    expect(failedChecks(planned)).to.deep.equal([]);
  });

  for (const mutation of [...ALARMS, ...ALARM_RECEIVERS]) {
    it(`fails exactly these checks: ${mutation.what}`, () => {
      expect(failedChecks(applyMutation(planned, mutation))).to.deep.equal([...mutation.breaks].sort());
    });
  }

  it("says which metric of what has no alarm, which alarm pages nobody, and whom it does not reach", () => {
    const evidence = (what: string): readonly string[] => {
      const mutation = [...ALARMS, ...ALARM_RECEIVERS].find((each) => each.what === what);
      if (mutation === undefined) throw new Error(`no mutation ${what}`);
      return results(applyMutation(planned, mutation)).find(({ passed }) => !passed)?.evidence ?? [];
    };
    expect(evidence("a NAT gateway without an alarm of its ports")).to.deep.equal([
      "NAT gateway dev-1: ErrorPortAllocation has no alarm",
    ]);
    expect(evidence("a critical alarm that is not in the rule of the page")).to.deep.equal([
      "cluster dev-eksCluster: apiserver_request_total_5XX has an alarm that is in no alarm that pages",
    ]);
    expect(evidence("a warning that notifies nobody")).to.deep.equal([
      "NAT gateway dev-1: PacketsDropCount has an alarm that notifies nobody",
    ]);
    expect(evidence("a topic without the subscription of an address")[0]).to.equal(
      "NAT gateway dev-1: PacketsDropCount: dev-alarm-nat-drops-1 does not reach network@example.org",
    );
    expect(evidence("a page that leaves out the topic of the paging service")[0]).to.equal(
      "NAT gateway dev-1: ErrorPortAllocation: dev-alarm-nat-ports-1 does not notify arn:aws:sns:ap-southeast-3:999999999999:on-call",
    );
  });
});

describe("faults-are-alarmed", () => {
  it("passes without a receiver, which the settings warn about", async () => {
    const all = stacksOfPlan(await plan(projectWithAlarms));
    expect(results(all).map(({ stack, passed }) => `${stack} ${String(passed)}`)).to.deep.equal(
      ["hub", "dev", "staging", "prod"].map((name) => `${name} true`),
    );
  });

  it("does not apply to a stack without alarms, or where the configuration is not known", async () => {
    expect(results(stacksOfPlan(await plan(project)))).to.deep.equal([]);
    const all = stacksOfPlan(await plan(projectWithAlarms));
    expect(results({ ...all, alarms: new Map() })).to.deep.equal([]);
  });
});
