import { type CheckResult, CHECKS, runChecks } from "../../checks";
import { checkGrowth, GROWTH, type Step } from "../../checks/growth-replaces-nothing";
import { counted, groupsOf, namesShortened, patternOf } from "../../io/words";
import type { Plan } from "../../planner/plan";
import { stacksOfPlan } from "../../planner/stacks";
import { type Cell, type Entry, SIGNS, type Table } from "./section";

/** Names and sentences of all checks, in the order in which they are shown. */
export const CHECK_SENTENCES: readonly { readonly name: string; readonly sentence: string }[] = [...CHECKS, GROWTH];

/** What a check guarantees; empty for an unknown one. */
export function sentenceOf(name: string): string {
  return CHECK_SENTENCES.find((check) => check.name === name)?.sentence ?? "";
}

/**
 * Every check of every stack that it covers.
 *
 * @param steps by which the network might grow; none: growth is not checked
 */
export function checks(plan: Plan, steps: readonly Step[] = []): readonly CheckResult[] {
  return [...runChecks(stacksOfPlan(plan)), ...checkGrowth(steps)];
}

/** Whether the checks pass, check by check over all stacks. */
export interface Verdict {
  /** Checks that pass in every stack that they cover. */
  readonly passed: number;
  /** Checks that were run. */
  readonly total: number;
  /** In the order of the checks. */
  readonly failed: readonly FailedCheck[];
}

export interface FailedCheck {
  readonly name: string;
  /** Stacks in which it fails. */
  readonly stacks: readonly string[];
  /** Its results in these stacks. */
  readonly results: readonly CheckResult[];
}

export function verdictOf(checks: readonly CheckResult[]): Verdict {
  const names = [...new Set(checks.map(({ name }) => name))];
  const failed = names.flatMap((name) => {
    const results = checks.filter((each) => each.name === name && !each.passed);
    return results.length === 0 ? [] : [{ name, stacks: results.map(({ stack }) => stack), results }];
  });
  return { passed: names.length - failed.length, total: names.length, failed };
}

/** Failed checks that the verdict names. */
const MOST_NAMED = 3;

/** `23 of 23 checks pass`, or `22 of 23 checks pass; spokes-are-isolated fails in dev, prod`. */
export function verdictInWords({ passed, total, failed }: Verdict): string {
  const named = failed.slice(0, MOST_NAMED).map(({ name, stacks }) => `${name} fails in ${namesShortened(stacks)}`);
  const more = failed.length - MOST_NAMED;
  return [
    `${String(passed)} of ${String(total)} ${total === 1 ? "check passes" : "checks pass"}`,
    ...named,
    ...(more > 0 ? [`${String(more)} more ${more === 1 ? "fails" : "fail"}`] : []),
  ].join("; ");
}

/** Which check passes in which stack. @param stacks names of the columns, in their order */
export function checksTable(results: readonly CheckResult[], stacks: readonly string[]): Table {
  const names = [...new Set(results.map(({ name }) => name))];
  const cell = (name: string, stack: string): Cell => ({
    passed: results.find((each) => each.name === name && each.stack === stack)?.passed,
  });
  return {
    columns: [{ title: "Check" }, ...stacks.map((title) => ({ title, isName: true }))],
    rows: names.map((name) => [name, ...stacks.map((stack) => cell(name, stack))]),
    narrow: names.map((name) =>
      inOneLine(
        results.filter((each) => each.name === name),
        name,
      ),
    ),
  };
}

/** `✓ spokes-are-isolated`, and in how many stacks it passes, or in which it fails. */
function inOneLine(results: readonly CheckResult[], name: string): Entry {
  const failed = results.filter(({ passed }) => !passed).map(({ stack }) => stack);
  const stacks = counted(results.length, "stack");
  return failed.length === 0
    ? { term: `${SIGNS.passed} ${name}`, lines: [stacks] }
    : {
        term: `${SIGNS.failed} ${name}`,
        lines: [`fails in ${String(failed.length)} of ${stacks}: ${namesShortened(failed)}`],
      };
}

/** Evidence that is the same in some stacks. */
interface SharedEvidence {
  readonly stacks: readonly string[];
  readonly passed: boolean;
  /** In lines of several stacks, `*` replaces the stack's name. */
  readonly lines: readonly string[];
}

/**
 * Evidence of one check, with what is equal folded: lines that differ only in the stack's own name are shown once for
 * all these stacks, and lines that differ only in the number of a subnet once for all numbers, `dev-private-1, -2`.
 * Evidence of failures comes first.
 */
export function sharedEvidence(results: readonly CheckResult[]): SharedEvidence[] {
  const lines = results.flatMap(({ stack, passed, evidence }) =>
    foldedNumbers(evidence.map((line) => withoutName(line, stack))).map((text) => ({ stack, passed, text })),
  );
  const shared = groupsOf(lines, ({ passed, text }) => JSON.stringify([passed, text])).map((group) => {
    const [{ passed, text, stack }, ...others] = group;
    const line = text.replaceAll(NAME, others.length === 0 ? stack : "*");
    return { stacks: group.map((each) => each.stack), passed, line };
  });
  const groups = groupsOf(shared, ({ passed, stacks }) => JSON.stringify([passed, stacks])).map((group) => {
    const [{ stacks, passed }] = group;
    return { stacks, passed, lines: group.map(({ line }) => line) };
  });
  const withoutEvidence = results
    .filter(({ evidence }) => evidence.length === 0)
    .map(({ stack, passed }) => ({ stacks: [stack], passed, lines: [] }));
  return [...groups, ...withoutEvidence].sort((a, b) => Number(a.passed) - Number(b.passed));
}

/** Stands for the stack's own name; evidence has no control characters. */
const NAME = "\u0001";

/** The stack's name where it is a whole name, or the first part of one: `dev` and `dev-private-1`, not `hub-dev`. */
function withoutName(line: string, stack: string): string {
  return line.replace(new RegExp(`(?<![\\w.-])${patternOf(stack)}(?![\\w.])`, "g"), NAME);
}

/** The first subnet that a line names, `dev-private-1`. */
const SUBNET = new RegExp(`(${NAME}-[a-z]+)-(\\d+)`);

function foldedNumbers(lines: readonly string[]): string[] {
  const numbered = lines.map((line) => {
    const [, tier = "", number] = SUBNET.exec(line) ?? [];
    return number === undefined ? { text: line, number: "" } : { text: line.replace(SUBNET, `${tier}-#`), number };
  });
  return groupsOf(numbered, ({ text }) => text).map((group) => {
    const numbers = [...new Set(group.map(({ number }) => `-${number}`))];
    return group[0].text.replace("-#", numbers.join(", "));
  });
}

/** Why a check matters. */
interface Reason {
  /** One or two sentences: what goes wrong when it fails. */
  readonly why: string;
  /** Name of the decision record in docs/adr that explains the design, without `.md`; undefined where there is none. */
  readonly adr?: string;
}

/** The reason for every check, by its name. */
export const REASONS: Readonly<Record<string, Reason>> = {
  "spokes-reach-the-hub": {
    why: "The hub has the interface endpoints, the Resolver inbound endpoint and the image registry. A spoke that does not reach it pulls no images and resolves no shared names.",
    adr: "0004-default-route-tables",
  },
  "spokes-are-isolated": {
    why: "An intruder or a mistake in one environment must not reach another. Without isolation, a compromised pod in dev could open a connection to prod.",
    adr: "0004-default-route-tables",
  },
  "transit-routes-isolate-spokes": {
    why: "The administrators of a spoke's account can change its own route tables. The transit gateway's route tables are in the hub's account and isolate the spokes whatever a spoke does.",
    adr: "0004-default-route-tables",
  },
  "sites-reach-only-named-spokes": {
    why: "Whoever controls a device in an office sends packets into the transit gateway and announces routes to it. Only the spokes that the site names may depend on that device.",
    adr: "0030-external-sites",
  },
  "return-paths-are-symmetric": {
    why: "With a path in one direction only, the first packet arrives and the connection times out. That fault is hard to find in a deployed network.",
    adr: "0004-default-route-tables",
  },
  "subnets-reach-each-other": {
    why: "The pods of one cluster run in all private subnets of a VPC. A network ACL or a more specific route between two subnets breaks the cluster only for some pods.",
  },
  "paths-are-fully-modeled": {
    why: "Every other check about paths is only as good as the model. A peering connection, a VPN or a route that the model does not follow could be a path that no check sees.",
    adr: "0006-plan-under-mocks",
  },
  "cidrs-do-not-overlap": {
    why: "Two networks with a common address cannot be routed to each other. AWS cannot change the CIDR of a VPC, so the mistake is repaired only by building the network again.",
    adr: "0002-fixed-address-slots",
  },
  "subnets-have-room": {
    why: "AWS cannot enlarge a subnet. In one that is too small, a load balancer or the control plane of a cluster cannot get addresses, and an upgrade of Kubernetes fails.",
    adr: "0027-sizes",
  },
  "nat-gateway-of-the-same-az": {
    why: "When a NAT gateway is in another AZ, the failure of that AZ takes the internet access of both, and each GB between the AZs is charged.",
  },
  "private-traffic-avoids-nat": {
    why: "Traffic to a private address that leaves through a NAT gateway is lost, and the transit gateway neither drops nor logs it.",
    adr: "0004-default-route-tables",
  },
  "egress-is-inspected": {
    why: "A firewall that a route bypasses reports nothing, and one that sees one direction only rejects connections.",
    adr: "0029-central-egress",
  },
  "shared-endpoints-are-reachable": {
    why: "The centralized interface endpoints replace one endpoint per spoke. A spoke that resolves their names but does not reach them loses that AWS service entirely.",
    adr: "0009-shared-endpoints",
  },
  "image-pulls-are-private": {
    why: "Image pulls through a NAT gateway cost money for each GB and fail with the NAT gateway. They also show on the internet which images are run.",
    adr: "0011-images",
  },
  "installed-images-are-private": {
    why: "An image from a public registry crosses the internet through a NAT gateway. A tag without a digest can lead to another image at any restart of a pod.",
    adr: "0011-images",
  },
  "s3-endpoint-allows-registries": {
    why: "Public registries redirect image pulls to S3 buckets in the Region. When the S3 gateway endpoint's policy denies such a bucket, the pull fails and no NAT gateway helps.",
    adr: "0010-s3-endpoint-policy",
  },
  "names-resolve-consistently": {
    why: "A host accepts the answer of whichever DNS server it asks first, even that a name does not exist. Servers with different answers make names fail from time to time.",
    adr: "0009-shared-endpoints",
  },
  "not-reachable-from-the-internet": {
    why: "Workloads and the Kubernetes API are private. A public address, an open security group or an open API endpoint exposes them to every scanner.",
    adr: "0013-cluster-access",
  },
  "load-balancers-are-internal": {
    why: "Anybody who may create an Ingress or a Service could put an application on the internet with one annotation. The role of the controller and an admission policy each prevent it.",
    adr: "0023-platform-program",
  },
  "private-subnets-are-private": {
    why: "An instance in a subnet with a route to an internet gateway becomes public as soon as it gets a public address.",
  },
  "nodes-are-in-private-subnets": {
    why: "Nodes run workloads with IAM permissions. In a public subnet they could be reached from the internet.",
    adr: "0012-node-groups",
  },
  "pods-fit-their-nodes": {
    why: "A pod that tolerates the taints of no node stays pending, and pulumi up waits for it until the update fails. Karpenter must run on nodes that it does not manage, because it could terminate its own node.",
    adr: "0012-node-groups",
  },
  "hub-admits-the-address-space": {
    why: "The hub's Resolver inbound endpoint and interface endpoints serve the networks only. A wider rule serves others, and a narrower one turns a new spoke away.",
    adr: "0009-shared-endpoints",
  },
  "flow-logs-reach-the-archive": {
    why: "After an incident the flow logs show who talked to whom. The archive is in the hub's account, where a spoke's administrators cannot delete it.",
    adr: "0007-flow-log-archive",
  },
  "dns-queries-are-logged": {
    why: "DNS queries show malware and data that leaves through DNS, and often are the only trace of it.",
    adr: "0007-flow-log-archive",
  },
  "dns-firewall-covers-networks": {
    why: "A rule group that is not associated with the VPC, or a rule before its lists that lets names pass, filters nothing, and names keep resolving as if it did.",
    adr: "0026-dns-firewall-and-transit-flow-logs",
  },
  "faults-are-alarmed": {
    why: "A fault that no alarm measures, or whose alarm reaches nobody, is found by the users of the network.",
    adr: "0025-alarms",
  },
  "only-known-accounts-have-access": {
    why: "A resource policy or share that names an account outside the account map gives an unknown owner access to the network, its images or its logs.",
    adr: "0018-trust-between-accounts",
  },
  "pods-have-own-roles": {
    why: "A pod without its role cannot do its work, and a pod with the role of another can do more than it should. If nothing uses a role, anybody who creates a service account of that name gets its permissions.",
    adr: "0023-platform-program",
  },
  "wildcards-are-allowlisted": {
    why: "A policy with a wildcard allows more than its author had in mind. Each one in this program has a reviewed reason; a new one needs a review.",
    adr: "0020-iam-evaluation",
  },
  "data-and-access-are-protected": {
    why: "Encryption, TLS, versioning and access entries are easily lost in a change, and nothing fails when they are missing.",
    adr: "0013-cluster-access",
  },
  "fits-default-quotas": {
    why: "AWS refuses what exceeds a quota in the middle of an update. The check finds it before, when the next spoke is planned.",
  },
  "growth-replaces-nothing": {
    why: "Adding or removing an AZ or a spoke must not rebuild what is deployed. A replaced subnet or gateway is an outage.",
    adr: "0002-fixed-address-slots",
  },
};
