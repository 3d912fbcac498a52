import type { AlarmSettings } from "../../components/settings/settings";
import { type ModelResource, type StackResources, text } from "../model/resource";
import { evaluationFaults } from "./alarms/evaluated";
import { compositesOf, deliveryFaults, notifies } from "./alarms/notified";
import { type Need, needsOf, watches } from "./alarms/watched";
import { finding, type NetworkCheck, type Observation, resourcesOfType } from "./shared/check";

const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

export const faultsAreAlarmed: NetworkCheck = {
  name: "faults-are-alarmed",
  sentence: "Gateways, Resolver, clusters and nodes have alarms, which reach everybody configured.",
  check(stack, all) {
    const settings = all.alarms?.get(stack.name);
    if (settings?.on !== true) return undefined;
    const needs = needsOf(stack.resources, stack.isHub);
    if (needs.length === 0) return undefined;
    const observations = needs.map((need) => observeNeed(need, stack, settings));
    return finding([...observations, ...disabledAlarms(stack)]);
  },
};

function observeNeed(need: Need, stack: StackResources, settings: AlarmSettings): Observation {
  const watching = resourcesOfType(stack, METRIC_ALARM)
    .filter((alarm) => watches(alarm, need))
    .map((alarm) => ({ alarm, faults: evaluationFaults(alarm, need) }));
  const alarms = watching.filter(({ faults }) => faults.length === 0).map(({ alarm }) => alarm);
  const composites = resourcesOfType(stack, COMPOSITE_ALARM);
  const pages = need.urgency === "page";
  const reaching = alarms.map((alarm) => ({
    alarm,
    by: (pages ? compositesOf(text(alarm, "name"), composites) : [alarm]).filter(notifies),
  }));
  const found = reaching.find(({ by }) => by.length > 0);
  const what = `${need.of}: ${need.metric}`;
  const [wrong] = watching;
  if (alarms.length === 0 && wrong !== undefined) {
    return { passed: false, evidence: `${what}: ${wrong.alarm.name} ${wrong.faults.join(" and ")}` };
  }
  const nobody = settings.emails.length + settings.topics.length === 0;
  const [first] = alarms;
  if (pages && nobody && composites.length === 0 && first !== undefined) {
    return { passed: true, evidence: `${what}: ${first.name}, and the configuration names nobody to page` };
  }
  if (found === undefined) return { passed: false, evidence: `${what} ${missing(alarms, pages)}` };
  const faults = found.by.map((by) => deliveryFaults(by, stack.resources, settings, pages));
  const [least = []] = [...faults].sort((a, b) => a.length - b.length);
  return {
    passed: least.length === 0,
    evidence: `${what}: ${found.alarm.name} ${least.length === 0 ? (pages ? "pages" : "notifies") : least.join(" and ")}`,
  };
}

function missing(alarms: readonly ModelResource[], pages: boolean): string {
  if (alarms.length === 0) return "has no alarm";
  return pages ? "has an alarm that is in no alarm that pages" : "has an alarm that notifies nobody";
}

/** Alarms that somebody has turned off: AWS keeps their state, and they do nothing. */
function disabledAlarms(stack: StackResources): Observation[] {
  return [METRIC_ALARM, COMPOSITE_ALARM]
    .flatMap((type) => resourcesOfType(stack, type))
    .filter(({ inputs }) => inputs["actionsEnabled"] === false)
    .map(({ name }) => ({ passed: false, evidence: `${name} has its actions turned off` }));
}
