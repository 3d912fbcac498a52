import { readFileSync } from "node:fs";
import { expect } from "chai";
import { ALARM_KINDS } from "../../../components/alarms/kinds";
import { plan } from "../../../tools/planner/plan";
import { projectWithAlarms, withConfig } from "../../support/plans";

const RUNBOOK = "docs/runbooks/alarms.md";
const text = readFileSync(RUNBOOK, "utf8");

/** The sections, by their heading, each with its own text. */
const sections = new Map(
  text.split(/^## /m).flatMap((part): [string, string][] => {
    const [heading = "", ...lines] = part.split("\n");
    return [[heading.trim(), lines.join("\n")]];
  }),
);

describe("the runbook of alarms", () => {
  it("has a section for each kind of alarm, and no section for another", () => {
    const kinds = [...sections.keys()].filter((heading) => /^[a-z-]+$/.test(heading));
    expect(kinds.sort()).to.deep.equal(Object.keys(ALARM_KINDS).sort());
  });

  it("says in each what it means, how urgent it is, what to look at and what to do", () => {
    for (const [kind, { severity }] of Object.entries(ALARM_KINDS)) {
      const section = sections.get(kind) ?? "";
      expect(section, kind).to.match(/^\*\*Means\*\* /m);
      expect(section, kind).to.match(/^\*\*Look at\*\* /m);
      expect(section, kind).to.match(/^\*\*Do:\*\* /m);
      const [means = ""] = section.split("**Look at**");
      expect(means.trim(), kind).to.match(severity === "critical" ? /\bCritical\.$/ : /\bWarning\.$/);
    }
  });

  it("is linked from every alarm of the plan, at a section that exists", async () => {
    const anchors = new Set([...sections.keys()].map((heading) => heading.toLowerCase().replaceAll(" ", "-")));
    const descriptions = (
      await plan(withConfig(projectWithAlarms, "dev", { "alarm-emails": ["network@example.org"] }))
    ).flatMap(({ resources }) =>
      resources.flatMap(({ inputs }) =>
        inputs["alarmDescription"] === undefined ? [] : [String(inputs["alarmDescription"])],
      ),
    );
    expect(descriptions).to.have.length(40);
    for (const description of descriptions) {
      const [, anchor = ""] = /Runbook: docs\/runbooks\/alarms\.md#(\S+)$/.exec(description) ?? [];
      expect(anchors, description).to.include(anchor);
      expect(description.length).to.be.at.most(1024);
    }
  });
});

describe("every kind of alarm", () => {
  it("is evaluated over at most a day, of which as many periods count as it has", () => {
    for (const [kind, { period, periods, datapoints, metrics, expression }] of Object.entries(ALARM_KINDS)) {
      expect(period * periods, kind).to.be.at.most(86_400);
      expect(datapoints, kind).to.be.within(1, periods);
      expect(Object.keys(metrics).length > 1, kind).to.equal(expression !== undefined);
      for (const name of expression?.match(/[a-z]+/g) ?? []) expect(Object.keys(metrics), kind).to.include(name);
    }
  });
});
