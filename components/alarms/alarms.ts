import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "./alarm-topic";
import { dashboardBody, type DashboardContent } from "./dashboard";
import { ALARM_KINDS, type AlarmKind } from "./kinds";
import { alarmKey, alarmPrefix, alarmTopicName, anyOf, ruleGroups } from "./names";
import type { AlarmSubject } from "./subjects";

/** What the dashboard shows, as far as it is not known before the deployment. */
export interface DashboardInputs {
  readonly natGateways?: readonly pulumi.Input<string>[];
  readonly transitGateway?: pulumi.Input<string>;
  readonly attachment?: pulumi.Input<string>;
  readonly resolverAddresses?: readonly pulumi.Input<string>[];
  readonly cluster?: pulumi.Input<string>;
  readonly autoScalingGroups?: readonly pulumi.Input<string>[];
  readonly vpns?: Readonly<Record<string, pulumi.Input<string>>>;
}

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
  readonly dashboard: DashboardInputs;
}

/**
 * The alarms of a stack, its dashboard and its two topics.
 *
 * A warning notifies by itself. Critical alarms notify nobody: one composite alarm is in alarm while any of them is, and pages.
 * So one fault that several alarms see is one page.
 */
export class Alarms extends pulumi.ComponentResource {
  constructor(
    private readonly name: string,
    private readonly args: AlarmsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:alarms:Alarms", name, {}, opts);
    const { subjects, topics } = args;
    const critical = this.createTopic("critical");
    const warning = this.createTopic("warning");
    const alarms = subjects.map((subject) => this.createAlarm(subject, [warning.arn]));
    const paging = subjects.flatMap(({ kind }, index) => {
      const alarm = alarms[index];
      return alarm !== undefined && ALARM_KINDS[kind].severity === "critical" ? [alarm] : [];
    });
    this.createPage(paging, [critical.arn, ...topics]);
    this.createDashboard();
    this.registerOutputs({});
  }

  private createTopic(severity: "critical" | "warning"): AlarmTopic {
    const { prefix, network, account, region, emails } = this.args;
    const args = { prefix, network, severity, account, region, emails };
    return new AlarmTopic(`${this.name}-${severity}`, args, { parent: this });
  }

  private createAlarm(
    subject: AlarmSubject<pulumi.Input<string>>,
    warningActions: pulumi.Input<string>[],
  ): aws.cloudwatch.MetricAlarm {
    const kind = ALARM_KINDS[subject.kind];
    const key = alarmKey(subject);
    const actions = kind.severity === "warning" ? warningActions : [];
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
        ...(actions.length === 0 ? {} : { alarmActions: actions, okActions: actions }),
      },
      { parent: this },
    );
  }

  private alarmName(key: string): string {
    const { prefix, network } = this.args;
    return `${alarmPrefix(prefix, network)}-${key}`;
  }

  /** The alarm that pages. More alarms than one rule can have are in groups, which notify nobody. */
  private createPage(alarms: readonly aws.cloudwatch.MetricAlarm[], actions: pulumi.Input<string>[]): void {
    if (alarms.length === 0) return;
    const { prefix, network, subjects } = this.args;
    const names = subjects.filter(({ kind }) => ALARM_KINDS[kind].severity === "critical").map(alarmKey);
    const groups = ruleGroups(names.map((key) => this.alarmName(key)));
    // CloudWatch refuses a rule with an alarm that does not exist, and the deletion of an alarm in a rule.
    const mine = { parent: this, dependsOn: [...alarms] };
    const parts =
      groups.length === 1
        ? []
        : groups.map(
            (group, index) =>
              new aws.cloudwatch.CompositeAlarm(
                `${this.name}-group-${String(index + 1)}`,
                {
                  alarmName: this.alarmName(`group-${String(index + 1)}`),
                  alarmDescription: "Some critical alarms of this network, for the alarm that pages.",
                  alarmRule: anyOf(group),
                },
                mine,
              ),
          );
    const inRule = parts.length === 0 ? (groups[0] ?? []) : groups.map((_, index) => this.alarmName(`group-${String(index + 1)}`));
    new aws.cloudwatch.CompositeAlarm(
      this.name,
      {
        alarmName: alarmTopicName(prefix, network, "critical"),
        alarmDescription: `A critical alarm of ${network} is in alarm: see which. Runbook: docs/runbooks/alarms.md#the-page`,
        alarmRule: anyOf(inRule),
        alarmActions: actions,
        okActions: actions,
      },
      { parent: this, dependsOn: [...alarms, ...parts] },
    );
  }

  private createDashboard(): void {
    const { prefix, network, account, region, subjects, dashboard } = this.args;
    const page = alarmTopicName(prefix, network, "critical");
    const hasPage = subjects.some(({ kind }) => ALARM_KINDS[kind].severity === "critical");
    const names = [...(hasPage ? [page] : []), ...subjects.map((subject) => this.alarmName(alarmKey(subject)))];
    const alarms = names.map((each) => `arn:aws:cloudwatch:${region}:${account}:alarm:${each}`);
    new aws.cloudwatch.Dashboard(
      this.name,
      {
        dashboardName: alarmPrefix(prefix, network),
        dashboardBody: pulumi
          .output(dashboard as pulumi.Input<Omit<DashboardContent, "alarms" | "region">>)
          .apply((content) => JSON.stringify(dashboardBody({ ...content, region, alarms }))),
      },
      { parent: this },
    );
  }
}

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
