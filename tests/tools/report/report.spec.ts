import { expect } from "chai";
import type { CheckResult } from "../../../tools/checks";
import { type PriceList, pricesPerGb } from "../../../tools/costs/price-list";
import type { Changes } from "../../../tools/planner/changes/changes";
import type { Alternative } from "../../../tools/planner/what-if";
import { plainPaint, type Paint, widthOf } from "../../../tools/io/terminal";
import { closing, report as wholeReport, SECTION_NAMES, type Reported } from "../../../tools/report/terminal/report";
import { checks } from "../../../tools/report/view/checks";
import { costChanges, costs } from "../../../tools/report/view/costs";
import type { QuotaView } from "../../../tools/report/view/quotas";
import { TINY_LIST, WITHOUT_NAT_PRICE } from "../costs/tiny-prices";
import { smallAlternatives, smallPlan } from "./small-plan";

interface Given extends Partial<Reported> {
  readonly alternatives?: readonly Alternative[];
  readonly list?: PriceList;
  readonly paint?: Paint;
  readonly width?: number;
}

const PASSED: CheckResult = { name: "spokes-are-isolated", stack: "dev", passed: true, evidence: ["no route"] };
const FAILED: CheckResult = { ...PASSED, passed: false, evidence: ["10.2.0.0/16 is routed", "10.3.0.0/16 too"] };

function report({ alternatives = [], list = TINY_LIST, paint = plainPaint, width = 100, ...given }: Given): string {
  const plan = given.plan ?? smallPlan;
  const found = { costs: costs(plan, alternatives, list, pricesPerGb("us-east-1")), quotas: [], checks: [PASSED] };
  const asked = { shown: ["hub", "dev"], changes: undefined, costChanges: undefined, details: [], byCheck: false };
  return wholeReport({ plan, ...asked, ...found, ...given }, { paint, width });
}

/** Lines from a heading to the next empty line. */
function sectionOf(text: string, heading: string): string[] {
  const lines = text.split("\n").slice(text.split("\n").indexOf(heading) + 1);
  return lines
    .slice(
      0,
      lines.findIndex((line) => /^\S/.test(line)),
    )
    .filter((line) => line !== "");
}

const none: Changes = { create: [], update: [], replace: [], delete: [] };
const NEXT = [
  "Next",
  "  open out/plan.html                 the plan as a page, with a picture of the network",
  "  npm start -- --set dev:az-count=3  what a setting changes, and what it costs",
  "  npm start -- --details             addresses, routes, DNS, costs, quotas, configuration",
  "  npm start -- --checks              each check by stack; --why CHECK explains one",
  "",
];
const STACKS = [
  "Stack     CIDR         Account       AZs  NAT gateways  AWS resources  $/month",
  "hub       10.0.0.0/16  111111111111    2          none             29  $146.00",
  "dev       10.1.0.0/16  222222222222    3             1             33  $219.00",
  "2 stacks                                             1             62  $365.00",
];

describe("the report in a terminal", () => {
  it("shows a plan of two stacks in exactly these lines", () => {
    expect(report({}).split("\n")).to.deep.equal([
      "hub + 1 spoke in eu-west-1: 62 AWS resources, $365 a month before traffic",
      "1 of 1 check passes",
      "",
      ...STACKS,
      "",
      ...NEXT,
    ]);
  });

  it("ends with where the page is and the verdict", () => {
    const screen = { paint: plainPaint, width: 100 };
    expect(closing([PASSED], "out/plan.html", screen)).to.equal("\nThe page is out/plan.html\n1 of 1 check passes\n");
  });

  // Review, first contact 3.
  it("shows a check that fails in the second line, with its stacks and first evidence, and what to do", () => {
    expect(
      report({ checks: [FAILED] })
        .split("\n")
        .slice(1, 11),
    ).to.deep.equal([
      "0 of 1 check passes; spokes-are-isolated fails in dev",
      "",
      "FAILED  spokes-are-isolated",
      "  No subnet of a spoke reaches a subnet of another spoke, apart from connections.",
      "  dev: 10.2.0.0/16 is routed",
      "  and 1 more finding: npm start -- --why spokes-are-isolated",
      "",
      ...STACKS.slice(0, 3),
    ]);
    expect(report({ checks: [FAILED] })).to.contain(
      "Next\n  npm start -- --why spokes-are-isolated  why the check matters, and all its evidence\n",
    );
  });

  it("shows the evidence of two checks, and the names of the others", () => {
    const names = ["spokes-are-isolated", "dns-queries-are-logged", "fits-default-quotas", "cidrs-do-not-overlap"];
    const text = report({ checks: names.map((name) => ({ ...FAILED, name })) });
    expect(text.match(/^FAILED .*$/gm)).to.deep.equal(names.slice(0, 2).map((name) => `FAILED  ${name}`));
    expect(text).to.contain("\nAlso failed: fits-default-quotas, cidrs-do-not-overlap\n");
  });

  it("shows only the stacks that are asked for, and their sum", () => {
    const [hub, dev] = smallPlan;
    if (hub === undefined || dev === undefined) throw new Error("no small plan");
    const plan = [hub, dev, { ...dev, name: "prod" }];
    expect(
      report({ plan, shown: ["prod", "hub"] })
        .split("\n")
        .slice(3, 7),
    ).to.deep.equal([
      "Stack          CIDR         Account       AZs  NAT gateways  AWS resources  $/month",
      "hub            10.0.0.0/16  111111111111    2          none             29  $146.00",
      "prod           10.1.0.0/16  222222222222    3             1             33  $219.00",
      "2 of 3 stacks                                             1             62  $365.00",
    ]);
  });

  it("shows the sections that are asked for, in their order", () => {
    const titles = (given: Given): string[] =>
      report({ ...given, alternatives: smallAlternatives }).match(/^[A-Z].*$/gm) ?? [];
    expect(titles({ details: [...SECTION_NAMES] })).to.deep.equal([
      "Stack     CIDR         Account       AZs  NAT gateways  AWS resources  $/month",
      "Addresses",
      "Subnet route tables",
      "Transit gateway route tables",
      "DNS and images, from a spoke's private subnets",
      "Monthly costs, before traffic",
      "Additional monthly cost",
      "Prices per GB",
      "Break-even",
      "Paths to the internet",
      "Next",
    ]);
    expect(titles({ details: ["routes", "addresses"] }).slice(1)).to.deep.equal([
      "Addresses",
      "Subnet route tables",
      "Next",
    ]);
  });

  it("shows addresses by tier and AZ, with what is reserved and free", () => {
    expect(sectionOf(report({ details: ["addresses"] }), "Addresses").slice(0, 7)).to.deep.equal([
      "  hub  10.0.0.0/16  50.8 % in subnets, 25.4 % reserved for later AZs, 23.8 % free",
      "  Tier     eu-west-1a     eu-west-1b      (third AZ)        usable each    share",
      "  private  10.0.0.0/18    10.0.64.0/18    (10.0.128.0/18)        16,379   50.0 %",
      "  public   10.0.192.0/24  10.0.193.0/24   (10.0.194.0/24)           251    0.8 %",
      "  transit  10.0.208.0/28  10.0.208.16/28  (10.0.208.32/28)           11  < 0.1 %",
      "  free     10.0.195.0 - 10.0.207.255    3,328  addresses, largest CIDR 10.0.200.0/21",
      "           10.0.208.48 - 10.0.255.255  12,240  addresses, largest CIDR 10.0.224.0/19",
    ]);
  });

  it("shows routes, the transit gateway's tables and DNS in these lines", () => {
    const text = report({ details: ["routes", "transit", "dns"] });
    expect(sectionOf(text, "Subnet route tables")).to.deep.equal([
      "  hub-private-1          10.0.0.0/16 stays in the VPC; 10.0.0.0/8 → transit gateway; no other route",
      "  hub-private-2          10.0.0.0/16 stays in the VPC; no other route",
      "  hub-public-1, -2       10.0.0.0/16 stays in the VPC; no other route",
      "  hub-transit-1, -2      10.0.0.0/16 stays in the VPC; no other route",
      "  dev-private-1, -3      10.1.0.0/16 stays in the VPC; no other route",
      "  dev-private-2          10.1.0.0/16 stays in the VPC; everything else → NAT gateway dev-1",
      "  dev-public-1           10.1.0.0/16 stays in the VPC; everything else → internet gateway",
      "  dev-public-2, -3       10.1.0.0/16 stays in the VPC; no other route",
      "  dev-transit-1, -2, -3  10.1.0.0/16 stays in the VPC; no other route",
    ]);
    expect(sectionOf(text, "Transit gateway route tables")).to.deep.equal([
      "  Route table hub-hub: 1 route; associated: hub",
      "    Destination  Attachment  Origin",
      "    10.1.0.0/16  dev         propagated",
      "  Route table hub-spokes: 2 routes; associated: dev",
      "    Destination  Attachment           Origin",
      "    10.0.0.0/16  hub                  propagated",
      "    10.0.0.0/8   dropped (blackhole)  static",
    ]);
    expect(sectionOf(text, "DNS and images, from a spoke's private subnets").slice(0, 3)).to.deep.equal([
      "  dev: DNS server AmazonProvidedDNS; shared names resolve as in the hub",
      "    net.example: public DNS",
      "    dev.net.example: public DNS",
    ]);
  });

  it("shows costs by stack and part, and what additions would cost", () => {
    const text = report({ details: ["costs"], alternatives: smallAlternatives });
    expect(sectionOf(text, "Monthly costs, before traffic")).to.deep.equal([
      "  Stack       total  NAT gateways  transit gateway attachments",
      "  hub       $146.00                                    $146.00",
      "  dev       $219.00        $73.00                      $146.00",
      "  2 stacks  $365.00        $73.00                      $292.00",
      "  Prices of a test.",
      "  Data transfer, DNS queries, stored images and logs are billed by usage and are not included.",
    ]);
    expect(sectionOf(text, "Additional monthly cost")).to.deep.equal([
      "  Stack      one NAT gateway per AZ       a third AZ  one more spoke",
      "  hub                                        refused           $2.00",
      "  dev                       $146.00  already enabled",
      "  new-spoke                                                  $219.00",
      "  total                     $146.00                          $221.00",
      "  new-spoke is a spoke with the defaults of Pulumi.yaml.",
      "  hub: a third AZ is refused: az-count is 3: availability-zones lists 2; list more, or none for",
      "    REGION + a, b, c.",
    ]);
    expect(sectionOf(text, "Break-even")).to.deep.equal([
      "  dev: one NAT gateway per AZ costs $160.60 a month more than a single one and saves $0.02 per GB",
      "    between AZs: it pays off from 8,030 GB a month (at us-east-1 prices per GB).",
    ]);
  });

  it("shows what has no price as ?, in the sums as well", () => {
    const list = { ...TINY_LIST, prices: WITHOUT_NAT_PRICE };
    const text = report({ details: ["costs"], list });
    expect(text.split("\n")[0]).to.equal(
      "hub + 1 spoke in eu-west-1: 62 AWS resources, $292 + ? a month before traffic",
    );
    expect(
      text
        .split("\n")
        .slice(4, 7)
        .map((line) => line.split("  ").at(-1)?.trim()),
    ).to.deep.equal(["$146.00", "$146.00 + ?", "$292.00 + ?"]);
    expect(sectionOf(text, "Monthly costs, before traffic").slice(1, 4)).to.deep.equal([
      "  hub           $146.00                                    $146.00",
      "  dev       $146.00 + ?             ?                      $146.00",
      "  2 stacks  $292.00 + ?             ?                      $292.00",
    ]);
    expect(sectionOf(text, "Break-even")).to.deep.equal([
      "  dev: one NAT gateway per AZ costs an unknown amount: tools/costs/prices.json lacks a price, so",
      "    there is no break-even.",
    ]);
  });

  // Review, first contact 5: `--set` showed no difference in cost.
  it("shows what --set changes, and what it costs each stack and all", () => {
    const dev: Changes = { ...none, create: ["aws:ec2/subnet:Subnet::dev-private-3"] };
    const now = costs(smallPlan, [], TINY_LIST).stacks;
    const before = now.map((stack) => (stack.name === "dev" ? { ...stack, total: 200 } : stack));
    const text = report({ changes: { hub: none, dev }, costChanges: costChanges(before, now) });
    expect(text.split("\n").slice(3, 7)).to.deep.equal([
      `${STACKS[0] ?? ""}   change`,
      `${STACKS[1] ?? ""}     none`,
      `${STACKS[2] ?? ""}  +$19.00`,
      `${STACKS[3] ?? ""}  +$19.00`,
    ]);
    expect(text).to.contain("\nWhat --set changes\n  dev: 1 to create");
    expect(text).to.contain(
      "\n  pulumi config set --stack STACK ...  keep a setting: it is written to Pulumi.STACK.yaml\n",
    );
  });

  it("shows the checks by stack in place of the sections, and by check where stacks have no room", () => {
    const few = report({ byCheck: true, checks: checks(smallPlan) });
    expect(few.split("\n").slice(few.split("\n").indexOf("Checks"))).to.include.ordered.members([
      "Checks",
      "  Check                            hub  dev",
      "  spokes-reach-the-hub                  ✗",
    ]);
    expect(few).not.to.contain("$/month");
    const [hub, dev] = smallPlan;
    if (hub === undefined || dev === undefined) throw new Error("no small plan");
    const names = Array.from({ length: 30 }, (_, index) => `spoke-${String(index)}`);
    const results = names.flatMap((stack, index) => [
      { ...PASSED, stack },
      { ...(index === 7 ? FAILED : PASSED), name: "cidrs-do-not-overlap", stack },
    ]);
    const plan = [hub, ...names.map((name) => ({ ...dev, name }))];
    expect(
      sectionOf(report({ plan, shown: names, byCheck: true, checks: results }), "Checks").slice(0, 3),
    ).to.deep.equal([
      "  ✓ spokes-are-isolated   30 stacks",
      "  ✗ cidrs-do-not-overlap  fails in 1 of 30 stacks: spoke-7",
      "  FAILED  cidrs-do-not-overlap",
    ]);
  });

  it("shows quotas unasked only where fewer than 20 more spokes fit", () => {
    const quota = (name: string, spokes: number, adjustable: boolean): QuotaView => ({
      ...{ name, stack: "hub", used: 223, limit: 2048, adjustable, perSpoke: 15, spokes, source: "a page" },
    });
    const quotas = [quota("characters of a policy", 20, false), quota("zones of an account", 21, true)];
    expect(sectionOf(report({ quotas }), "Quotas that grow with the spokes")).to.deep.equal([
      "  AWS default quota       stack  now  limit  per spoke  spokes that fit",
      "  characters of a policy  hub    223  2,048         15               20",
    ]);
    expect(report({ quotas: quotas.slice(1) })).not.to.contain("Quotas");
    expect(sectionOf(report({ quotas, details: ["quotas"] }), "Quotas that grow with the spokes")).to.deep.equal([
      "  AWS default quota       stack  now  limit  per spoke  spokes that fit",
      "  characters of a policy  hub    223  2,048         15               20",
      "  zones of an account *   hub    223  2,048         15               21",
      "  * AWS increases it on request",
    ]);
  });

  // Review F21.
  it("keeps to the terminal's width and leaves no blank at the end of a line, with long names and many spokes", () => {
    const [hub, dev] = smallPlan;
    if (hub === undefined || dev === undefined) throw new Error("no small plan");
    const names = Array.from({ length: 20 }, (_, index) => `twenty-characters-${String(index + 10)}`);
    const spokes = names.map((name, index) => ({ ...dev, name, config: { "net:az-count": 2 + (index % 2) } }));
    const create = ["aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization::api.ecr.amazonaws.com"];
    const replace = [{ name: `${create[0] ?? ""}.${"x".repeat(20)}`, properties: ["vpcId", "zoneId"] }];
    for (const few of [spokes, spokes.slice(0, 2)]) {
      const plan = [hub, ...few];
      const stacks = plan.map(({ name }) => name);
      const changes = { ...Object.fromEntries(stacks.map((name) => [name, none])), hub: { ...none, create, replace } };
      const alternatives = stacks.map((stack) => ({
        ...{ what: "third-zone" as const, stack },
        outcome: { refused: Array(9).fill("availability-zones lists 2").join("; ") },
      }));
      const given = { plan, shown: stacks, changes, alternatives, checks: checks(plan) };
      for (const width of [40, 80, 100, 160]) {
        const all = [report({ ...given, width, details: SECTION_NAMES }), report({ ...given, width, byCheck: true })];
        const lines = all.flatMap((text) => text.split("\n"));
        expect(lines.filter((line) => widthOf(line) > width || / $/.test(line))).to.deep.equal([]);
      }
    }
  });

  // Review, first contact 4.
  it("has at most 40 lines for four stacks and 60 for twenty-one", () => {
    const [hub, dev] = smallPlan;
    if (hub === undefined || dev === undefined) throw new Error("no small plan");
    const lines = (spokes: number): number => {
      const names = Array.from({ length: spokes }, (_, index) => `spoke-${String(index)}`);
      const plan = [hub, ...names.map((name) => ({ ...dev, name }))];
      const text = report({ plan, shown: ["hub", ...names], checks: checks(plan) });
      return `${text}${closing(checks(plan), "out/plan.html", { paint: plainPaint, width: 100 })}`.split("\n").length;
    };
    expect(lines(3)).to.be.at.most(40);
    expect(lines(20)).to.be.at.most(60);
  });

  it("says the same with colour and without", () => {
    const paint: Paint = (style, text) => `\u001b[${style === "bold" ? "1" : "31"}m${text}\u001b[0m`;
    const given = { changes: { hub: none }, checks: [FAILED], details: SECTION_NAMES, alternatives: smallAlternatives };
    const coloured = report({ ...given, paint });
    expect(coloured).to.contain("\u001b[1m");
    expect(coloured.replace(/\u001b\[\d+m/g, "")).to.equal(report(given));
  });
});
