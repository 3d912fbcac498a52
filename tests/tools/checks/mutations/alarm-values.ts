import { idOf, withInputs, withPolicy } from "../../../support/modifications";
import { on, type Mutation } from "./mutation";

const METRIC = "cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "cloudwatch/compositeAlarm:CompositeAlarm";
const NAT = "aws:ec2/natGateway:NatGateway";
const ALARMED = ["faults-are-alarmed"];

const wrongAlarm = (what: string, stack: string, name: string, inputs: Readonly<Record<string, unknown>>): Mutation =>
  on(stack, what, ALARMED, withInputs(METRIC, name, inputs));

/** Mistakes in an alarm that exists, has its dimension and notifies. */
export const OF_ALARM_VALUES: readonly Mutation[] = [
  wrongAlarm("an alarm that compares in the wrong direction", "dev", "dev-alarm-attachment-no-route", {
    comparisonOperator: "LessThanThreshold",
  }),
  wrongAlarm("an alarm of healthy addresses that compares upwards", "hub", "hub-alarm-resolver-down", {
    comparisonOperator: "GreaterThanThreshold",
  }),
  wrongAlarm("a threshold that no fault reaches", "hub", "hub-alarm-nat-ports-1", { threshold: 1e12 }),
  wrongAlarm("a threshold that is always reached", "hub", "hub-alarm-nat-ports-1", { threshold: 0 }),
  wrongAlarm("a comparison with a band of anomalies", "hub", "hub-alarm-nat-ports-1", {
    comparisonOperator: "GreaterThanUpperThreshold",
  }),
  wrongAlarm("an alarm while there is no traffic", "dev", "dev-alarm-attachment-no-route", {
    treatMissingData: "breaching",
  }),
  wrongAlarm("an endpoint without data that counts as healthy", "hub", "hub-alarm-resolver-down", {
    treatMissingData: "notBreaching",
  }),
  wrongAlarm("an alarm that keeps its state without data", "hub", "hub-alarm-resolver-down", {
    treatMissingData: "ignore",
  }),
  wrongAlarm("the smallest of several counts", "hub", "hub-alarm-nat-ports-1", { statistic: "Minimum" }),
  wrongAlarm("a namespace with a typing error", "hub", "hub-alarm-nat-ports-1", { namespace: "AWS/NatGateway" }),
  wrongAlarm("more datapoints than periods", "hub", "hub-alarm-nat-ports-1", { datapointsToAlarm: 6 }),
  on(
    "hub",
    "an expression without the metric",
    ALARMED,
    withInputs(METRIC, "hub-alarm-nat-drops-1", {
      metricQueries: [
        { id: "result", expression: "0", returnData: true },
        {
          id: "drops",
          metric: {
            ...{ namespace: "AWS/NATGateway", metricName: "PacketsDropCount", stat: "Sum", period: 300 },
            dimensions: { NatGatewayId: idOf(NAT, "hub-egress-1") },
          },
        },
      ],
    }),
  ),
  on(
    "hub",
    "a page that another alarm suppresses",
    ALARMED,
    withInputs(COMPOSITE, "hub-alarm", {
      actionsSuppressor: { alarm: "piksel-hub-transit-blackhole", extensionPeriod: 60, waitPeriod: 60 },
    }),
  ),
  on(
    "hub",
    "a page with an alarm that is in its rule while it is not in alarm",
    ALARMED,
    withPolicy(COMPOSITE, "hub-alarm", "alarmRule", 'ALARM("piksel-hub-nat-ports-2")', 'OK("piksel-hub-nat-ports-2")'),
  ),
  wrongAlarm("a warning for missing data alone", "dev", "dev-alarm-attachment-blackhole", {
    alarmActions: [],
    insufficientDataActions: ["arn:aws:sns:ap-southeast-3:222222222222:piksel-dev-warning"],
  }),
];
