import type { Severity } from "./kinds";
import type { AlarmSubject } from "./subjects";

/** First part of the names of a stack's alarms, topics and dashboard. */
export function alarmPrefix(prefix: string, network: string): string {
  return `${prefix}-${network}`;
}

/** `KIND`, or `KIND-SUFFIX`: what the names of an alarm have in common. */
export function alarmKey({ kind, suffix }: Pick<AlarmSubject<unknown>, "kind" | "suffix">): string {
  return suffix === undefined ? kind : `${kind}-${suffix}`;
}

/** Name of the topic that the alarms of a severity notify; the composite alarm has the name of the critical one. */
export function alarmTopicName(prefix: string, network: string, severity: Severity): string {
  return `${alarmPrefix(prefix, network)}-${severity}`;
}

/** Most alarms in the rule of a composite alarm (Amazon CloudWatch API Reference, PutCompositeAlarm). */
export const MAX_CHILDREN = 100;

/** Most characters of the rule of a composite alarm (the same page, AlarmRule). */
export const MAX_RULE = 10_240;

/** Rule of a composite alarm that is in alarm while one of some alarms is. */
export function anyOf(alarms: readonly string[]): string {
  return alarms.map((alarm) => `ALARM("${alarm}")`).join(" OR ");
}

/** Divides alarms, in their order, into as few groups as composite alarms can have in their rules. */
export function ruleGroups(alarms: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const alarm of alarms) {
    const last = groups.at(-1);
    if (last !== undefined && last.length < MAX_CHILDREN && anyOf([...last, alarm]).length <= MAX_RULE)
      last.push(alarm);
    else groups.push([alarm]);
  }
  return groups;
}

/** The rule of the alarm that pages, and the groups in it where it cannot have all alarms. */
export interface PageRules {
  readonly rule: string;
  readonly groups: readonly { readonly name: string; readonly rule: string }[];
}

/** @param named first part of the names of the stack's alarms */
export function pageRules(named: string, alarms: readonly string[]): PageRules {
  const groups = ruleGroups(alarms);
  if (groups.length <= 1) return { rule: anyOf(alarms), groups: [] };
  const parts = groups.map((group, index) => ({ name: `${named}-group-${String(index + 1)}`, rule: anyOf(group) }));
  return { rule: anyOf(parts.map(({ name }) => name)), groups: parts };
}
