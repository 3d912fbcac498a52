import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  ListAddonsCommand,
  ListNodegroupsCommand,
  type Cluster,
} from "@aws-sdk/client-eks";
import { GetResourcesCommand } from "@aws-sdk/client-resource-groups-tagging-api";
import type { Tag } from "@aws-sdk/client-ec2";
import { alarmPrefix } from "../../../components/alarms/names";
import { LOAD_BALANCER_TAG } from "../../../components/kubernetes-names";
import { ask } from "../../io/aws";
import { isProperties, items, textIn, type Properties } from "../../model/resource";
import type { PlannedResource } from "../../planner/engine/resource";
import type { ExistingResource, Kind, StackLocation } from "../kinds";
import { isTagged, pages, required, tagsOf, tagValue, type InventoryClients } from "./clients";

/** The cluster of a stack with its node groups and add-ons; nothing if there is none. */
export async function clusterAndParts(clients: InventoryClients, name: string): Promise<ExistingResource[]> {
  const { eks } = clients;
  const cluster = await findCluster(clients, name);
  if (cluster === undefined) return [];
  const { arn, createdAt, resourcesVpcConfig } = cluster;
  const vpc = resourcesVpcConfig?.vpcId;
  const part = (kind: Kind, partName: string, described: { arn: string | undefined; createdAt: Date | undefined }) => ({
    ...{ kind, id: `${name}:${partName}`, arn: described.arn, name: partName, tagged: true, cluster: name },
    created: described.createdAt?.toISOString(),
  });
  const found: ExistingResource[] = [
    { kind: "cluster", id: name, arn, name, tagged: true, vpc, created: createdAt?.toISOString() },
  ];
  const groups = await pages(
    "eks:ListNodegroups",
    (nextToken) => eks.send(new ListNodegroupsCommand({ clusterName: name, nextToken })),
    ({ nodegroups }) => nodegroups,
    ({ nextToken }) => nextToken,
  );
  for (const nodegroupName of groups) {
    const { nodegroup } = await ask("eks:DescribeNodegroup", () =>
      eks.send(new DescribeNodegroupCommand({ clusterName: name, nodegroupName })),
    );
    found.push(part("nodeGroup", nodegroupName, { arn: nodegroup?.nodegroupArn, createdAt: nodegroup?.createdAt }));
  }
  const addons = await pages(
    "eks:ListAddons",
    (nextToken) => eks.send(new ListAddonsCommand({ clusterName: name, nextToken })),
    (page) => page.addons,
    ({ nextToken }) => nextToken,
  );
  for (const addonName of addons) {
    const { addon } = await ask("eks:DescribeAddon", () =>
      eks.send(new DescribeAddonCommand({ clusterName: name, addonName })),
    );
    found.push(part("addon", addonName, { arn: addon?.addonArn, createdAt: addon?.createdAt }));
  }
  return found;
}

async function findCluster({ eks }: InventoryClients, name: string): Promise<Cluster | undefined> {
  try {
    const { cluster } = await ask("eks:DescribeCluster", () => eks.send(new DescribeClusterCommand({ name })));
    return cluster;
  } catch (error) {
    const { cause } = error as Error;
    if (cause instanceof Error && cause.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** How the ARNs of a service name a resource; the first group is the name. The program creates nothing else in these services. */
const ARN_FORMS: readonly (readonly [service: string, form: RegExp, kind: Kind])[] = [
  // ARNs of composite alarms and of metric alarms have one form. The program's names differ (components/alarms/names.ts).
  ["cloudwatch", /^alarm:(.+-(?:critical|group-\d+))$/, "compositeAlarm"],
  ["cloudwatch", /^alarm:(.+)$/, "metricAlarm"],
  ["athena", /^workgroup\/(.+)$/, "workgroup"],
  ["ecr", /^repository\/(.+)$/, "repository"],
  ["eks", /^podidentityassociation\/(.+)$/, "podIdentity"],
  ["events", /^rule\/(.+)$/, "eventRule"],
  ["kms", /^key\/(.+)$/, "key"],
  ["logs", /^log-group:(.+?)(?::\*)?$/, "logGroup"],
  ["network-firewall", /^firewall\/(.+)$/, "networkFirewall"],
  ["network-firewall", /^firewall-policy\/(.+)$/, "networkFirewallPolicy"],
  ["network-firewall", /^stateful-rulegroup\/(.+)$/, "networkRuleGroup"],
  ["ram", /^resource-share\/(.+)$/, "resourceShare"],
  ["route53resolver", /^resolver-rule\/(.+)$/, "resolverRule"],
  ["route53resolver", /^resolver-endpoint\/(.+)$/, "resolverEndpoint"],
  ["route53resolver", /^resolver-query-log-config\/(.+)$/, "queryLogConfig"],
  ["route53resolver", /^firewall-rule-group-association\/(.+)$/, "firewallAssociation"],
  ["route53resolver", /^firewall-rule-group\/(.+)$/, "firewallRuleGroup"],
  ["route53resolver", /^firewall-domain-list\/(.+)$/, "firewallDomainList"],
  ["s3", /^([^/]+)$/, "bucket"],
  ["sns", /^([^/:]+)$/, "topic"],
  ["sqs", /^(.+)$/, "queue"],
  ["ssm", /^parameter\/(.+)$/, "parameter"],
];

/** EC2 and parts of EKS: other calls list them, without those that are deleted already. */
const LISTED_ELSEWHERE = /^(?:ec2:|eks:(?:cluster|nodegroup|addon|access-entry))/;

/** Resources with the tags of a stack in AWS's tag index, of services that no other call here lists. */
export async function taggedServices(
  { tagging, cli }: InventoryClients,
  location: StackLocation,
): Promise<ExistingResource[]> {
  const TagFilters = Object.entries(tagsOf(location)).map(([Key, value]) => ({ Key, Values: [value] }));
  const found = await pages(
    "tag:GetResources",
    (PaginationToken) => tagging.send(new GetResourcesCommand({ TagFilters, PaginationToken })),
    ({ ResourceTagMappingList = [] }) =>
      ResourceTagMappingList.map(({ ResourceARN, Tags }) => ({
        arn: required(ResourceARN, "ResourceARN"),
        cluster: tagValue(Tags, LOAD_BALANCER_TAG),
      })),
    ({ PaginationToken }) => PaginationToken,
  );
  return found
    .map((each) => ({ ...each, ...parseArn(each.arn) }))
    .filter(({ service, rest }) => !LISTED_ELSEWHERE.test(`${service}:${rest}`))
    .map((each) => taggedResource(each, location))
    .filter(({ kind, id }) => kind !== "key" || !isPendingDeletion(cli, id, location));
}

/** `arn:aws:SERVICE:REGION:ACCOUNT:REST`. */
function parseArn(arn: string): { readonly service: string; readonly rest: string } {
  const [, , service, , , ...rest] = arn.split(":");
  return { service: required(service, `service in the ARN ${arn}`), rest: rest.join(":") };
}

/** A key stays in the index until it is deleted, at most 30 days later. */
function isPendingDeletion(cli: InventoryClients["cli"], key: string, { region }: StackLocation): boolean {
  const { KeyMetadata } = fields(cli(["kms", "describe-key", "--key-id", key, "--region", region]));
  return textIn(fields(KeyMetadata), "KeyState") === "PendingDeletion";
}

/** A resource in the tag index. */
interface Indexed {
  readonly arn: string;
  readonly service: string;
  /** The end of its ARN. */
  readonly rest: string;
  /** Name of the cluster whose load balancer controller created it; undefined: none. */
  readonly cluster: string | undefined;
}

function taggedResource({ arn, service, rest, cluster }: Indexed, location: StackLocation): ExistingResource {
  for (const [each, form, kind] of ARN_FORMS) {
    const [, name] = each === service ? (form.exec(rest) ?? []) : [];
    if (name !== undefined) return { kind, arn, tagged: true, ...identity(kind, name, arn, location) };
  }
  return { kind: "other", id: arn, arn, name: "", tagged: true, cluster };
}

function identity(
  kind: Kind,
  name: string,
  arn: string,
  { region, account }: StackLocation,
): Pick<ExistingResource, "id" | "name" | "cluster"> {
  switch (kind) {
    case "podIdentity":
      return { id: name.replace("/", ","), name: "", cluster: name.replace(/\/.*/, "") };
    case "queue":
      return { id: `https://sqs.${region}.amazonaws.com/${account}/${name}`, name };
    case "resourceShare":
      return { id: arn, name: "" };
    case "topic":
    case "networkFirewall":
    case "networkFirewallPolicy":
    case "networkRuleGroup":
      return { id: arn, name };
    case "parameter": {
      // The ARN of a name with a leading slash has the slash once: parameter/PREFIX/...
      const full = name.includes("/") ? `/${name}` : name;
      return { id: full, name: full };
    }
    case "key":
    case "resolverEndpoint":
    case "resolverRule":
    case "queryLogConfig":
    case "firewallAssociation":
    case "firewallRuleGroup":
    case "firewallDomainList":
      return { id: name, name: "" };
    default:
      return { id: name, name };
  }
}

/** How the AWS CLI lists IAM resources, and returns the tags of one. */
const IAM = [
  { kind: "instanceProfile", noun: "InstanceProfile", list: "list-instance-profiles", get: "get-instance-profile" },
  { kind: "role", noun: "Role", list: "list-roles", get: "get-role" },
] as const;

/** Suffix that Pulumi appends to a logical name. */
const AUTONAME = /-[0-9a-f]{7}$/;

/**
 * IAM roles and instance profiles of a stack. IAM is not in AWS's tag index, so they are found by the names that this
 * program gives, and then by their tags.
 */
export function iamResources(
  { cli }: InventoryClients,
  location: StackLocation,
  planned: readonly PlannedResource[],
): ExistingResource[] {
  const { stack, region } = location;
  const iam = (...words: readonly string[]): Properties => fields(cli(["iam", ...words, "--region", region]));
  const given = planned
    .filter(({ type }) => type === "aws:iam/role:Role")
    .flatMap(({ inputs }) => inputs["name"] ?? []);
  const mayBeOurs = (name: string): boolean =>
    given.includes(name) || (name.startsWith(`${stack}-`) && AUTONAME.test(name));
  return IAM.flatMap(({ kind, noun, list, get }) =>
    items({ inputs: iam(list) }, `${noun}s`).flatMap((each): ExistingResource[] => {
      const name = textIn(each, `${noun}Name`);
      if (!mayBeOurs(name)) return [];
      const { Tags } = fields(iam(get, `--${get.slice(4)}-name`, name)[noun]);
      if (!isTagged(location, Array.isArray(Tags) ? (Tags as Tag[]) : [])) return [];
      const created = new Date(textIn(each, "CreateDate")).toISOString();
      return [{ kind, id: name, arn: textIn(each, "Arn"), name, tagged: true, created }];
    }),
  );
}

/** The dashboard of a stack, found by its name: dashboards have no tags. */
export function dashboards({ cli }: InventoryClients, { prefix, stack, region }: StackLocation): ExistingResource[] {
  const wanted = alarmPrefix(prefix, stack);
  const words = ["cloudwatch", "list-dashboards", "--dashboard-name-prefix", wanted, "--region", region];
  return items({ inputs: fields(cli(words)) }, "DashboardEntries").flatMap((each): ExistingResource[] => {
    const name = textIn(each, "DashboardName");
    return name === wanted
      ? [{ kind: "dashboard", id: name, arn: textIn(each, "DashboardArn"), name, tagged: true }]
      : [];
  });
}

/** Log groups of a stack's cluster. If the cluster outlives its log group, EKS creates it again, without tags. */
export function clusterLogGroups({ cli }: InventoryClients, cluster: string, region: string): ExistingResource[] {
  const prefix = `/aws/eks/${cluster}/`;
  const words = ["logs", "describe-log-groups", "--log-group-name-prefix", prefix, "--region", region];
  return items({ inputs: fields(cli(words)) }, "logGroups").map((each): ExistingResource => {
    const name = textIn(each, "logGroupName");
    const { creationTime } = each;
    const created = typeof creationTime === "number" ? new Date(creationTime).toISOString() : undefined;
    return { kind: "logGroup", id: name, name, tagged: true, created };
  });
}

function fields(answer: unknown): Properties {
  return isProperties(answer) ? answer : {};
}
