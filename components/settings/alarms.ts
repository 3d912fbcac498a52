import type { Faults, Rule } from "./faults";
import type { Fields } from "./fields";
import type { AlarmSettings } from "./settings";

/** Most actions of an alarm (Amazon CloudWatch User Guide, "CloudWatch service quotas"). One is for the stack's own topic. */
const MOST_ACTIONS = 5;

/** Most characters of an address (RFC 5321, section 4.5.3.1.3, without the brackets). */
const MOST_CHARACTERS = 254;

/** Form of a standard topic's ARN (Amazon SNS API Reference, `CreateTopic`): a FIFO topic, `NAME.fifo`, sends no e-mail. */
const TOPIC = /^arn:aws:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/;

/** An e-mail address that Amazon SNS can send to. */
const emailRule: Rule = (text) =>
  text.length <= MOST_CHARACTERS && /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[a-zA-Z0-9-]{2,}$/.test(text)
    ? undefined
    : "must be one e-mail address, such as network@example.org";

/** CloudWatch refuses a topic of another Region as the action of an alarm. */
function topicRule(region: string | undefined): Rule {
  return (arn) => {
    const [, of] = TOPIC.exec(arn) ?? [];
    const where = region ?? "REGION";
    if (of === undefined)
      return `must be the ARN of a standard SNS topic, such as arn:aws:sns:${where}:111111111111:on-call`;
    return region === undefined || of === region
      ? undefined
      : `a topic in ${of}; an alarm notifies topics of its own Region only, so choose one in ${region}`;
  };
}

/**
 * Reads the keys of the alarms.
 *
 * @param region undefined when it has a fault
 */
export function decodeAlarms(fields: Fields, region: string | undefined, faults: Faults): AlarmSettings | undefined {
  const on = fields.boolean("alarms");
  const emails = fields.list("alarm-emails", emailRule);
  const topics = fields.list("alarm-topics", topicRule(region));
  if (topics !== undefined && topics.length >= MOST_ACTIONS) {
    faults.add(
      "alarm-topics",
      topics,
      `lists ${topics.length}; an alarm has at most ${MOST_ACTIONS} actions, of which one is the stack's own topic: ` +
        `list at most ${MOST_ACTIONS - 1}, and subscribe the others to one of these`,
    );
  }
  return on === undefined || emails === undefined || topics === undefined ? undefined : { on, emails, topics };
}

/** Warnings about alarms that reach nobody. */
export function alarmWarnings({ on, emails, topics }: AlarmSettings): string[] {
  const nobody = emails.length === 0 && topics.length === 0;
  if (!on) return nobody ? [] : ["alarms is false, so alarm-emails and alarm-topics change nothing"];
  if (nobody) return ["alarms notify nobody: list alarm-emails or alarm-topics, or set alarms to false"];
  return emails.length === 0
    ? ["alarm-emails is empty, so warnings notify nobody: alarm-topics get the alarm that pages only"]
    : [];
}
