import type { BreakEven } from "../../costs/break-even";
import { AUTO_MODE_FEE, type PerGbPart, type PerGbPrice } from "../../costs/price-list";
import {
  amount,
  counted,
  difference,
  grouped,
  groupsOf,
  namesShortened,
  sum,
  unitPrice,
  withUnknown,
} from "../../io/words";
import type { Plan } from "../../planner/plan";
import { type CostChanges, type CostView, explanations, joining, type StackCosts, whatIfRows } from "./costs";
import { egressSection } from "./egress-costs";
import { networks } from "./networks";
import { figures, type Row, type Section } from "./section";

/**
 * A row for each stack that is shown, and their sum.
 *
 * @param part the stacks that are shown
 * @param all number of stacks of the plan
 * @param costs of these stacks, or of more
 * @param changes to the costs of these stacks, as a further column; undefined: there are none
 */
export function stacksSection(
  part: Plan,
  all: number,
  { stacks }: Pick<CostView, "stacks">,
  changes?: CostChanges,
): Section {
  const rows = networks(part).map((network) => {
    const { total: monthly = 0, unknown = [] } = stacks.find(({ name }) => name === network.name) ?? {};
    return { ...network, gateways: network.natGateways.length, monthly, unknown };
  });
  const sums = {
    gateways: rows.reduce((n, { gateways }) => n + gateways, 0),
    resources: rows.reduce((n, { resources }) => n + resources, 0),
    monthly: rows.reduce((n, { monthly }) => n + monthly, 0),
    unknown: rows.flatMap(({ unknown }) => unknown),
  };
  const figuresOf = ({ gateways, resources, monthly, unknown }: StackFigures): Row => [
    gateways === 0 ? { words: "none" } : gateways,
    resources,
    { words: withUnknown(monthly, unknown) },
  ];
  const change = (monthly: number | null | undefined): Row =>
    changes === undefined ? [] : [{ words: difference(monthly ?? null) }];
  return {
    id: "stacks",
    title: "Stacks",
    table: {
      columns: [
        ...["Stack", "CIDR"].map((title) => ({ title })),
        ...figures("Account", ["AZs", "NAT gateways", "AWS resources", "$/month"], "$/month"),
        ...(changes === undefined ? [] : [{ title: "change", align: "right" as const }]),
      ],
      rows: rows.map((row) => [
        ...[row.name, row.cidr, row.account, row.zones.length],
        ...figuresOf(row),
        ...change(changes?.stacks.find(({ name }) => name === row.name)?.difference),
      ]),
      total:
        rows.length === 1
          ? undefined
          : [
              ...[{ words: shownOf(rows.length, all) }, "", "", ""],
              ...figuresOf(sums),
              ...change(changes?.total.difference),
            ],
    },
  };
}

interface StackFigures {
  readonly gateways: number;
  readonly resources: number;
  /** US dollars a month before traffic, as far as prices are known. */
  readonly monthly: number;
  /** Parts of the cost that have no price. */
  readonly unknown: readonly unknown[];
}

/**
 * Monthly cost by stack and part, what additions cost, prices per GB, and where endpoints and NAT gateways pay.
 *
 * @param shown names of the stacks to show
 * @param region of the stacks
 */
export function costSections(view: CostView, shown: readonly string[], region: string): Section[] {
  const stacks = view.stacks.filter(({ name }) => shown.includes(name));
  return [
    byPartSection(view, stacks),
    ...additions(view, stacks),
    ...nodesSection(view, shown),
    ...nodePools(view, shown),
    ...perGbSection(view),
    ...breakEvens(view, shown, region),
    ...egressSection(view.egress, shown),
  ];
}

function byPartSection(view: CostView, stacks: readonly StackCosts[]): Section {
  const parts = view.parts.filter((part) => stacks.some(({ byPart }) => byPart[part] !== undefined));
  return {
    id: "costs-by-part",
    title: "Monthly costs, before traffic",
    table: {
      columns: figures("Stack", ["total", ...parts], "total"),
      rows: stacks.map((stack) => [
        stack.name,
        { words: withUnknown(stack.total, stack.unknown) },
        ...parts.map((part) => ({ words: amount(stack.byPart[part]) })),
      ]),
      total:
        stacks.length === 1
          ? undefined
          : [
              { words: shownOf(stacks.length, view.stacks.length) },
              { words: sum(stacks.flatMap(({ byPart }) => Object.values(byPart))) },
              ...parts.map((part) => ({ words: sum(stacks.map(({ byPart }) => byPart[part])) })),
            ],
    },
    notes: view.notes,
  };
}

/** What one addition would add to each stack; the total is of the stacks that are shown. */
function additions(view: CostView, stacks: readonly StackCosts[]): Section[] {
  const shown = stacks.map(({ name }) => name);
  const others = view.stacks.map(({ name }) => name).filter((name) => !shown.includes(name));
  const whatIf = view.whatIf.filter(({ stack }) => !others.includes(stack));
  const rows = whatIfRows(whatIf);
  if (rows.length === 0) return [];
  return [
    {
      id: "what-if",
      title: "Additional monthly cost",
      note: "What one change would add to a stack. Each change is planned on its own.",
      table: {
        columns: figures(
          "Stack",
          rows.map(({ title }) => title),
        ),
        rows: [...shown, ...joining(whatIf)].map((name) => [
          name,
          ...rows.map(({ cells }) => ({ words: cells[name] ?? "" })),
        ]),
        total: [{ words: "total" }, ...rows.map(({ all }) => ({ words: all }))],
      },
      notes: explanations(whatIf),
    },
  ];
}

/** Managed nodes, which Karpenter needs, beside the fee of EKS Auto Mode. */
function nodesSection({ nodes }: CostView, shown: readonly string[]): Section[] {
  const rows = nodes.filter(({ name }) => shown.includes(name));
  if (rows.length === 0) return [];
  const { share, asOf } = AUTO_MODE_FEE;
  return [
    {
      id: "nodes",
      title: "Nodes with Karpenter and with EKS Auto Mode",
      table: {
        columns: [
          ...["Stack", "node-autoscaling"].map((title) => ({ title })),
          { title: "managed nodes", align: "right" },
          { title: "fee for one" },
          ...["$/hour", "$/month", "break-even"].map((title) => ({ title, align: "right" as const })),
        ],
        rows: rows.map(({ name, nodeAutoscaling, managedNodes, instanceType, feeHour, feeMonth, instances }) => [
          name,
          { words: nodeAutoscaling },
          { words: amount(managedNodes) },
          instanceType,
          { words: feeHour === null ? "?" : unitPrice(feeHour) },
          { words: amount(feeMonth) },
          { words: instances === null ? "?" : counted(instances, "instance") },
        ]),
      },
      notes: [
        "Karpenter needs the managed nodes; EKS Auto Mode has none, and starts at least one instance for the add-ons. With " +
          "either, instances for workloads come and go: they cost their EC2 price, and no sum includes them.",
        `EKS Auto Mode adds a fee to the price of each instance: ${String(Math.round(share * 100))} % of the on-demand price, ` +
          `as read in AWS's price list (${asOf}, see tools/costs/prices.json), for the families C, M, R and T. Break-even is ` +
          "the number of such instances, running all month, whose fees are as high as the cost of the managed nodes.",
      ],
    },
  ];
}

/** What node pools may cost, and why it is not known; spokes with the same share a row. */
function nodePools({ nodePools: all }: CostView, shown: readonly string[]): Section[] {
  const groups = groupsOf(
    all.filter(({ spoke }) => shown.includes(spoke)),
    ({ spoke: _spoke, ...costs }) => JSON.stringify(costs),
  );
  if (groups.length === 0) return [];
  const rows = groups.map((group) => {
    const { pool, vcpus, example, atLimit } = group[0];
    return {
      name: `${pool} of ${namesShortened(group.map(({ spoke }) => spoke))}`,
      limit: vcpus === null ? "none" : counted(vcpus, "vCPU"),
      perVcpu: example === null ? "?" : `${unitPrice(example.vcpuHour)} (${example.type})`,
      most: atLimit === null ? "?" : amount(atLimit),
    };
  });
  return [
    {
      id: "node-pools",
      title: "Node pools",
      note: "What the nodes of a pool cost depends on the pods and on the instance types that are launched for them.",
      table: {
        columns: figures("Node pool", ["$/month", "limit", "vCPU-hour, for example", "$/month at the limit"]),
        rows: rows.map(({ name, limit, perVcpu, most }) => [
          name,
          ...["?", limit, perVcpu, most].map((words) => ({ words })),
        ]),
        narrow: rows.map(({ name, limit, perVcpu, most }) => ({
          term: name,
          lines: [`? a month; limit: ${limit}`, `for example ${perVcpu} per vCPU-hour, ${most} a month at the limit`],
        })),
      },
      notes: [
        "?: Karpenter or EKS Auto Mode chooses the instances when pods need them. The example is the cheapest type of the " +
          "price list that the pool may launch, on demand and with the fee of EKS Auto Mode where it launches the nodes; " +
          "Spot costs less.",
        "Load balancers: ? for each, because tools/costs/prices.json has no price for them. An ingress class creates one for each " +
          "group of Ingresses.",
      ],
    },
  ];
}

function perGbSection({ perGb }: CostView): Section[] {
  if (perGb.length === 0) return [];
  const columns = [{ title: "Usage" }, { title: "$/GB", align: "right" as const }, { title: "Price of" }];
  const rows = perGb.map(perGbRow).map((row) => row.map((words) => ({ words })));
  return [{ id: "per-gb", title: "Prices per GB", table: { columns, rows } }];
}

function breakEvens({ breakEven }: CostView, shown: readonly string[], region: string): Section[] {
  const notes = breakEvenSentences(
    breakEven.filter(({ kind, name }) => kind === "interface endpoint" || shown.includes(name)),
    region,
  );
  return notes.length === 0 ? [] : [{ id: "break-even", title: "Break-even", notes }];
}

function shownOf(shown: number, all: number): string {
  return shown === all ? counted(all, "stack") : `${grouped(shown)} of ${counted(all, "stack")}`;
}

const TITLES: Readonly<Record<PerGbPart, string>> = {
  natGateway: "NAT gateway, data processing",
  transitGateway: "transit gateway, data processing",
  interfaceEndpoint: "interface endpoint, data processing (first PB)",
  betweenAzs: "between AZs, in each direction",
  internet: "out to the internet (first 10 TB)",
  flowLogs: "flow and query logs, delivery to S3 (first 10 TB)",
  clusterLogs: "EKS control plane logs, ingestion into CloudWatch",
};

/** A price per GB as a row: what for, the price, and the Region and month that it is from. */
export function perGbRow({ part, price, region, asOf }: PerGbPrice): [what: string, price: string, source: string] {
  return [
    TITLES[part],
    price === null ? "?" : unitPrice(price),
    price === null ? "no source" : `${region ?? "all Regions"}, ${asOf}`,
  ];
}

/**
 * Each break-even in a sentence; those with the same numbers share one.
 *
 * @param region of the stacks, which the sentence names when the prices per GB are from another
 */
export function breakEvenSentences(all: readonly BreakEven[], region: string): string[] {
  const groups = groupsOf(all, ({ name: _name, ...numbers }) => JSON.stringify(numbers));
  return groups.map((group) =>
    breakEvenSentence(
      group.map(({ name }) => name),
      group[0],
      region,
    ),
  );
}

function breakEvenSentence(
  names: readonly string[],
  { kind, monthly, savedPerGb, gb, perGbOf }: BreakEven,
  region: string,
) {
  const isEndpoint = kind === "interface endpoint";
  const subject = isEndpoint
    ? `${namesShortened(names)}: ${names.length === 1 ? "the" : "each"} centralized interface endpoint costs`
    : `${namesShortened(names)}: one NAT gateway per AZ costs`;
  if (monthly === null || savedPerGb === null) {
    return `${subject} an unknown amount: tools/costs/prices.json lacks a price, so there is no break-even.`;
  }
  const others = perGbOf.filter((each) => each !== region);
  const from = others.length === 0 ? "" : ` (at ${others.join(", ")} prices per GB)`;
  const costs = `${subject} ${amount(monthly)} a month ${isEndpoint ? "" : "more than a single one "}`.trimEnd();
  if (gb === null)
    return `${costs}, but a GB through it costs no less than through a NAT gateway${from}: it does not pay.`;
  const saves = isEndpoint
    ? `saves ${unitPrice(savedPerGb)} per GB that would otherwise pass a NAT gateway`
    : `saves ${unitPrice(savedPerGb)} per GB between AZs`;
  return `${costs} and ${saves}: it pays off from ${grouped(gb)} GB a month${from}.`;
}
