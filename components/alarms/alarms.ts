import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "./alarm-topic";
import { dashboardBody, type DashboardParts } from "./dashboard";
import { ALARM_KINDS, type AlarmKind, type Severity } from "./kinds";
import { alarmKey, alarmPrefix, alarmTopicName, pageRules } from "./names";
import type { AlarmSubject } from "./subjects";

export interface AlarmsArgs {
  /** Prefix of the names in AWS. */
  readonly prefix: string;
  /** Name of the network. */
  readonly network: string;
  readonly account: string;
  readonly region: string;
  /** Addresses that get every alarm. */
  readonly emails: readonly string[];
  /** ARNs of further SNS topics, which get the page alone; at most four. */
  readonly topics: readonly string[];
  /** What to watch. Plain kinds and suffixes: each is a resource. */
  readonly subjects: readonly AlarmSubject<pulumi.Input<string>>[];
  /** What the dashboard shows, apart from the alarms and the Region. */
  readonly dashboard: DashboardParts<pulumi.Input<string>>;
}

/**
 * The alarms of a stack, its dashboard and its topics.
 *
 * A warning notifies by itself. Critical alarms notify nobody: one composite alarm is in alarm while any of them is, and pages.
 * So one fault that several alarms see is one page. The composite alarm and its topic exist only where there is somebody to
 * page.
 */
export class Alarms extends pulumi.ComponentResource {
  /** Names of the critical alarms that the composite alarm has; none without somebody to page. */
  private readonly paging: readonly string[];

  constructor(
    private readonly name: string,
    private readonly args: AlarmsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:alarms:Alarms", name, {}, opts);
    const isAnybodyPaged = args.emails.length + args.topics.length > 0;
    this.paging = isAnybodyPaged ? this.criticalNames() : [];
    const warning = this.createTopic("warning");
    const alarms = args.subjects.map((subject) => this.createAlarm(subject, warning));
    if (this.paging.length > 0) this.createPage(alarms);
    this.createDashboard();
    this.registerOutputs({});
  }

  private createTopic(severity: Severity): AlarmTopic {
    const { prefix, network, account, region, emails } = this.args;
    const args = { prefix, network, severity, account, region, emails };
    return new AlarmTopic(`${this.name}-${severity}`, args, { parent: this });
  }

  private createAlarm(subject: AlarmSubject<pulumi.Input<string>>, topic: AlarmTopic): aws.cloudwatch.MetricAlarm {
    const kind = ALARM_KINDS[subject.kind];
    const key = alarmKey(subject);
    const notifies = kind.severity === "warning";
    return new aws.cloudwatch.MetricAlarm(
      `${this.name}-${key}`,
      {
        name: this.alarmName(key),
        alarmDescription: `${kind.summary} Runbook: docs/runbooks/alarms.md#${subject.kind}`,
        ...measured(kind, { ...subject.dimensions }),
        comparisonOperator: COMPARISONS[kind.comparison],
        threshold: kind.threshold,
        evaluationPeriods: kind.periods,
        datapointsToAlarm: kind.datapoints,
        treatMissingData: kind.missing,
        ...(notifies ? { alarmActions: [topic.arn], okActions: [topic.arn] } : {}),
      },
      { parent: this, dependsOn: notifies ? [topic] : [] },
    );
  }

  private alarmName(key: string): string {
    const { prefix, network } = this.args;
    return `${alarmPrefix(prefix, network)}-${key}`;
  }

  /** Names of the critical alarms. */
  private criticalNames(): string[] {
    const critical = this.args.subjects.filter(({ kind }) => ALARM_KINDS[kind].severity === "critical");
    return critical.map((subject) => this.alarmName(alarmKey(subject)));
  }

  /** The alarm that pages. More alarms than its rule can have are in groups, which notify nobody. */
  private createPage(alarms: readonly aws.cloudwatch.MetricAlarm[]): void {
    const { prefix, network, topics } = this.args;
    const topic = this.createTopic("critical");
    const { rule, groups } = pageRules(alarmPrefix(prefix, network), this.paging);
    // CloudWatch refuses a rule with an alarm that does not exist, and the deletion of an alarm in a rule.
    const parts = groups.map(
      (group, index) =>
        new aws.cloudwatch.CompositeAlarm(
          `${this.name}-group-${String(index + 1)}`,
          { alarmName: group.name, alarmDescription: `Critical alarms of ${network}. ${PAGE}`, alarmRule: group.rule },
          { parent: this, dependsOn: [...alarms] },
        ),
    );
    const actions = [topic.arn, ...topics];
    new aws.cloudwatch.CompositeAlarm(
      this.name,
      {
        alarmName: alarmTopicName(prefix, network, "critical"),
        alarmDescription: `A critical alarm of ${network} is in alarm: see which. ${PAGE}`,
        alarmRule: rule,
        alarmActions: actions,
        okActions: actions,
      },
      { parent: this, dependsOn: [...alarms, ...parts, topic] },
    );
  }

  private createDashboard(): void {
    const { prefix, network, account, region, subjects, dashboard } = this.args;
    const page = this.paging.length > 0 ? [alarmTopicName(prefix, network, "critical")] : [];
    const names = [...page, ...subjects.map((subject) => this.alarmName(alarmKey(subject)))];
    const alarms = names.map((each) => `arn:aws:cloudwatch:${region}:${account}:alarm:${each}`);
    new aws.cloudwatch.Dashboard(
      this.name,
      {
        dashboardName: alarmPrefix(prefix, network),
        dashboardBody: pulumi
          .output(dashboard as pulumi.Input<DashboardParts<string>>)
          .apply((content) => JSON.stringify(dashboardBody({ ...content, region, alarms }))),
      },
      { parent: this },
    );
  }
}

const PAGE = "Runbook: docs/runbooks/alarms.md#the-page";

const COMPARISONS: Readonly<Record<AlarmKind["comparison"], string>> = {
  "at least": "GreaterThanOrEqualToThreshold",
  above: "GreaterThanThreshold",
  below: "LessThanThreshold",
};

type Measured = Pick<
  aws.cloudwatch.MetricAlarmArgs,
  "dimensions" | "metricName" | "metricQueries" | "namespace" | "period" | "statistic"
>;

/** What an alarm compares with its threshold: a metric, or an expression of several. */
function measured(kind: AlarmKind, dimensions: Record<string, pulumi.Input<string>>): Measured {
  const { namespace, metrics, expression, statistic, period, summary } = kind;
  if (expression === undefined) {
    const [metricName = ""] = Object.values(metrics);
    return { namespace, metricName, dimensions, statistic, period };
  }
  return {
    metricQueries: [
      { id: "result", expression, label: summary, returnData: true },
      ...Object.entries(metrics).map(([id, metricName]) => ({
        id,
        metric: { namespace, metricName, dimensions, stat: statistic, period },
      })),
    ],
  };
}
