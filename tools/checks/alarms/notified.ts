import type { AlarmSettings } from "../../../components/settings/settings";
import { like } from "../../model/iam/matching";
import { attribute, type ModelResource, objectIn, text, texts } from "../../model/resource";
import { readPolicy } from "../shared/policies";

const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

/** Whether an alarm notifies whenever its state changes; one with a suppressor waits for another alarm. */
export function notifies({ inputs }: ModelResource): boolean {
  const isSuppressed = Object.keys(objectIn(inputs, "actionsSuppressor")).length > 0;
  return inputs["actionsEnabled"] !== false && !isSuppressed && texts({ inputs }, "alarmActions").length > 0;
}

/** Names of the alarms in the rule of a composite alarm. A rule other than that of one alarm or another has none. */
function namesInRule(composite: ModelResource): string[] {
  const parts = text(composite, "alarmRule").split(" OR ");
  const names = parts.map((part) => /^ALARM\("([^"]+)"\)$/.exec(part)?.[1]);
  return names.includes(undefined) ? [] : names.filter((name) => name !== undefined);
}

/** The composite alarms that are in alarm while an alarm with some name is, through any number of others. */
export function compositesOf(name: string, composites: readonly ModelResource[]): readonly ModelResource[] {
  const found = new Set<ModelResource>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const composite of composites) {
      if (found.has(composite) || !namesInRule(composite).includes(next)) continue;
      found.add(composite);
      open.push(text(composite, "alarmName"));
    }
  }
  return [...found];
}

/**
 * Why a message of an alarm reaches nobody of those that the configuration names, as parts of a sentence; none if it does.
 *
 * @param pages - whether it must reach the configured topics as well as the addresses
 */
export function deliveryFaults(
  alarm: ModelResource,
  resources: readonly ModelResource[],
  { emails, topics }: AlarmSettings,
  pages: boolean,
): string[] {
  const actions = texts(alarm, "alarmActions");
  const missing = pages ? topics.filter((topic) => !actions.includes(topic)) : [];
  const own = resources.filter((each) => each.type === TOPIC && actions.some((arn) => isArnOf(arn, each)));
  const subscribed = new Set(
    resources
      .filter((each) => each.type === SUBSCRIPTION && own.some((topic) => isOf(text(each, "topic"), topic)))
      .map((each) => text(each, "endpoint")),
  );
  const unsubscribed = emails.filter((email) => !subscribed.has(email));
  const closed = own.filter((topic) => !admits(topic, alarm, actions, resources));
  return [
    ...(own.length === 0 ? ["notifies no topic of this stack"] : []),
    ...(missing.length > 0 ? [`does not notify ${missing.join(", ")}`] : []),
    ...(unsubscribed.length > 0 ? [`does not reach ${unsubscribed.join(", ")}`] : []),
    ...closed.map(({ name }) => `may not publish to ${name}`),
  ];
}

/** Whether an ARN, or its placeholder, is that of a topic. */
function isArnOf(arn: string, topic: ModelResource): boolean {
  return arn.endsWith(`:${text(topic, "name")}`) || isOf(arn, topic);
}

function isOf(reference: string, topic: ModelResource): boolean {
  return [topic.id, attribute(topic, "arn")].includes(reference) || reference.endsWith(`:${text(topic, "name")}`);
}

/** Whether the policy of a topic lets CloudWatch publish for an alarm. */
function admits(
  topic: ModelResource,
  alarm: ModelResource,
  actions: readonly string[],
  resources: readonly ModelResource[],
): boolean {
  const arn = actions.find((each) => isArnOf(each, topic)) ?? "";
  const [, , , region = "", account = ""] = arn.split(":");
  const name = text(alarm, "alarmName") || text(alarm, "name");
  const source = `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
  return resources
    .filter((each) => each.type === TOPIC_POLICY && isOf(text(each, "arn"), topic))
    .flatMap((each) => readPolicy(each, "policy")?.statements ?? [])
    .some(
      ({ effect, principals, actions: allowed, conditions }) =>
        effect === "Allow" &&
        principals?.isExcept === false &&
        principals.list.some(({ kind, value }) => kind === "Service" && value === "cloudwatch.amazonaws.com") &&
        !allowed.isExcept &&
        allowed.list.some((action) => like(action.toLowerCase(), "sns:publish")) &&
        conditions.every(
          ({ key, operator, values }) =>
            key.toLowerCase() === "aws:sourcearn" &&
            /^arnlike|^arnequals/i.test(operator) &&
            values.some((pattern) => like(pattern, source)),
        ),
    );
}
