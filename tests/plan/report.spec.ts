import { expect } from "chai";
import type { Changes } from "../../plan/changes";
import { plainPaint, type Paint } from "../../plan/report/paint";
import { checks } from "../../plan/view/checks";
import { report as wholeReport, type Reported } from "../../plan/report/report";
import { costs } from "../../plan/view/costs";
import { TINY_LIST, WITHOUT_NAT_PRICE } from "../costs/tiny-prices";
import type { Alternative } from "../../plan/what-if";
import { smallAlternatives, smallPlan } from "./small-plan";

const report = (
  reported: Omit<Reported, "costs" | "quotas">,
  paint: Paint,
  alternatives: readonly Alternative[] = [],
  list = TINY_LIST,
): string =>
  wholeReport(
    {
      ...reported,
      costs: costs(reported.plan, alternatives, list),
      quotas: [],
    },
    paint,
  );
const shown = ["hub", "dev"];
const none: Changes = { create: [], update: [], replace: [], delete: [] };

describe("the report in a terminal", () => {
  it("tells a plan of two stacks in exactly these lines", () => {
    expect(report({ plan: smallPlan, shown, changes: undefined, checks: [] }, plainPaint).split("\n")).to.deep.equal([
      "2 networks in eu-west-1: the hub and 1 spoke, made of 62 AWS resources.",
      "",
      "Stacks",
      "  Stack  Block        Account       Zones  NAT gateways  AWS resources",
      "  hub    10.0.0.0/16  111111111111      2          none             29",
      "  dev    10.1.0.0/16  222222222222      3             1             33",
      "",
      "Addresses",
      "  hub  10.0.0.0/16  50.8 % in subnets, 25.4 % kept for later zones, 23.8 % free",
      "           eu-west-1a     eu-west-1b      (zone 3)          usable each    share",
      "  private  10.0.0.0/18    10.0.64.0/18    (10.0.128.0/18)        16,379   50.0 %",
      "  public   10.0.192.0/24  10.0.193.0/24   (10.0.194.0/24)           251    0.8 %",
      "  transit  10.0.208.0/28  10.0.208.16/28  (10.0.208.32/28)           11  < 0.1 %",
      "  free     10.0.195.0 - 10.0.207.255    3,328  addresses, largest block 10.0.200.0/21",
      "           10.0.208.48 - 10.0.255.255  12,240  addresses, largest block 10.0.224.0/19",
      "",
      "  dev  10.1.0.0/16  76.2 % in subnets, 23.8 % free",
      "           eu-west-1a     eu-west-1b      eu-west-1c        usable each    share",
      "  private  10.1.0.0/18    10.1.64.0/18    10.1.128.0/18          16,379   75.0 %",
      "  public   10.1.192.0/24  10.1.193.0/24   10.1.194.0/24             251    1.2 %",
      "  transit  10.1.208.0/28  10.1.208.16/28  10.1.208.32/28             11  < 0.1 %",
      "  free     10.1.195.0 - 10.1.207.255    3,328  addresses, largest block 10.1.200.0/21",
      "           10.1.208.48 - 10.1.255.255  12,240  addresses, largest block 10.1.224.0/19",
      "",
      "  (block): kept for a zone that is not in use. AWS keeps 5 addresses of each subnet for itself.",
      "",
      "Routes of the subnets",
      "  hub-private-1          10.0.0.0/16 stays in the VPC; 10.0.0.0/8 → transit gateway;",
      "                         nothing else has a route",
      "  hub-private-2          10.0.0.0/16 stays in the VPC; nothing else has a route",
      "  hub-public-1, -2       10.0.0.0/16 stays in the VPC; nothing else has a route",
      "  hub-transit-1, -2      10.0.0.0/16 stays in the VPC; nothing else has a route",
      "  dev-private-1, -3      10.1.0.0/16 stays in the VPC; nothing else has a route",
      "  dev-private-2          10.1.0.0/16 stays in the VPC; everything else → NAT gateway dev-1",
      "  dev-public-1           10.1.0.0/16 stays in the VPC; everything else → internet gateway",
      "  dev-public-2, -3       10.1.0.0/16 stays in the VPC; nothing else has a route",
      "  dev-transit-1, -2, -3  10.1.0.0/16 stays in the VPC; nothing else has a route",
      "",
      "Routes of the transit gateway",
      "  Table hub-hub, 1 route",
      "    read by hub",
      "    10.1.0.0/16  → dev, propagated",
      "  Table hub-spokes, 2 routes",
      "    read by dev",
      "    10.0.0.0/16  → hub, propagated",
      "    10.0.0.0/8   → dropped (blackhole), static",
      "",
      "Names and images, from a spoke's private subnets",
      "  dev asks AmazonProvidedDNS; shared names have the hub's answers",
      "    net.example",
      "      public name",
      "    dev.net.example",
      "      public name",
      "    api.ecr.eu-west-1.amazonaws.com",
      "      public name → dev-private-1 has no route to the internet",
      "    111111111111.dkr.ecr.eu-west-1.amazonaws.com",
      "      public name → dev-private-1 has no route to the internet",
      "    prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com",
      "      public name → dev-private-1 has no route to the internet",
      "",
      "Costs at rest",
      "  A month              hub  dev  all stacks",
      "  NAT gateways               73          73",
      "  gateway attachments  146  146         292",
      "  in all               146  219         365",
      "  Prices of a test.",
      "  Traffic, DNS queries and images are paid for by use, and not in it.",
      "  Nor are logs: flow and query logs cost by the GB delivered to S3, control-plane logs by the GB",
      "  that CloudWatch ingests.",
      "",
    ]);
  });

  it("tells what one thing more would add, in these lines", () => {
    const lines = report(
      { plan: smallPlan, shown, changes: undefined, checks: [] },
      plainPaint,
      smallAlternatives,
    ).split("\n");
    expect(lines.slice(lines.indexOf("  in all               146  219         365") + 1)).to.deep.equal([
      "",
      "  A month more                hub     dev  new-spoke  all stacks",
      "  one NAT gateway a zone              146                    146",
      "  a third zone            refused  has it",
      "  one more spoke                2                219         221",
      "",
      "  new-spoke is a spoke with the defaults of Pulumi.yaml.",
      "  hub: a third zone is refused: az-count is 3: availability-zones lists 2; list more, or none for",
      "  REGION + a, b, c.",
      "  Prices of a test.",
      "  Traffic, DNS queries and images are paid for by use, and not in it.",
      "  Nor are logs: flow and query logs cost by the GB delivered to S3, control-plane logs by the GB",
      "  that CloudWatch ingests.",
      "",
    ]);
  });

  it("shows what has no price as ?, in the sums as well", () => {
    const lines = report({ plan: smallPlan, shown, changes: undefined, checks: [] }, plainPaint, smallAlternatives, {
      ...TINY_LIST,
      prices: WITHOUT_NAT_PRICE,
    }).split("\n");
    expect(lines.slice(lines.indexOf("Costs at rest") + 1, -4)).to.deep.equal([
      "  A month              hub      dev  all stacks",
      "  NAT gateways                    ?           ?",
      "  gateway attachments  146      146         292",
      "  in all               146  146 + ?     292 + ?",
      "",
      "  A month more                hub     dev  new-spoke  all stacks",
      "  one NAT gateway a zone                ?                      ?",
      "  a third zone            refused  has it",
      "  one more spoke                2            146 + ?     148 + ?",
      "",
      "  new-spoke is a spoke with the defaults of Pulumi.yaml.",
      "  hub: a third zone is refused: az-count is 3: availability-zones lists 2; list more, or none for",
      "  REGION + a, b, c.",
      "  Prices of a test.",
      "  ?: costs/prices.json has no price for it, and the sums are without it.",
    ]);
  });

  it("tells what changes, by what an update does to it", () => {
    const dev: Changes = {
      create: ["aws:ec2/subnet:Subnet::dev-private-3"],
      update: [{ name: "aws:ec2transitgateway/vpcAttachment:VpcAttachment::dev", properties: ["subnetIds", "tags"] }],
      replace: [{ name: "aws:ec2/vpc:Vpc::dev", properties: ["cidrBlock"] }],
      delete: ["aws:ec2/eip:Eip::dev-2"],
    };
    const text = report({ plan: smallPlan, shown, changes: { hub: none, dev }, checks: [] }, plainPaint);
    expect(text).to.contain(
      [
        "What --set changes",
        "  dev: 1 to create, 1 to update in place, 1 to replace, 1 to delete",
        "    create   ec2.Subnet                       dev-private-3",
        "    update   ec2transitgateway.VpcAttachment  dev            subnetIds, tags",
        "    replace  ec2.Vpc                          dev            cidrBlock",
        "    delete   ec2.Eip                          dev-2",
        "  no change",
        "    hub",
        "",
      ].join("\n"),
    );
  });

  it("limits itself to the stacks that are asked for", () => {
    const text = report({ plan: smallPlan, shown: ["dev"], changes: undefined, checks: [] }, plainPaint);
    expect(text).not.to.contain("hub-private-1");
    expect(text).to.contain("Table hub-spokes, 2 routes");
  });

  it("keeps to 100 columns and leaves no blank at the end of a line, with long names and many spokes", () => {
    const [hub, dev] = smallPlan;
    if (hub === undefined || dev === undefined) throw new Error("no small plan");
    const names = Array.from({ length: 20 }, (_, index) => `twenty-characters-${String(index + 10)}`);
    const spokes = names.map((name, index) => ({ ...dev, name, config: { "net:az-count": 2 + (index % 2) } }));
    const create = ["aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization::api.ecr.amazonaws.com"];
    const replace = [{ name: `${create[0] ?? ""}.${"x".repeat(20)}`, properties: ["vpcId", "zoneId"] }];
    for (const few of [spokes, spokes.slice(0, 2)]) {
      const plan = [hub, ...few];
      const stacks = plan.map(({ name }) => name);
      const changes = Object.fromEntries(stacks.map((name) => [name, none]));
      const text = report(
        { plan, shown: stacks, changes: { ...changes, hub: { ...none, create, replace } }, checks: checks(plan) },
        plainPaint,
        stacks.map((stack) => ({
          ...{ what: "third-zone", stack },
          outcome: { refused: Array(9).fill("availability-zones lists 2").join("; ") },
        })),
      );
      expect(text.split("\n").filter((line) => line.length > 100 || / $/.test(line))).to.deep.equal([]);
    }
  });

  it("tells with how many spokes each quota is met that grows with them", () => {
    const quota = { stack: "hub", source: "a page" };
    const quotas = [
      {
        ...quota,
        name: "characters of a policy",
        used: 223,
        limit: 2048,
        perSpoke: 15,
        spokes: 124,
        adjustable: false,
      },
      { ...quota, name: "zones of an account", used: 6, limit: 500, perSpoke: 1, spokes: 497, adjustable: true },
    ];
    const found = {
      plan: smallPlan,
      shown,
      changes: undefined,
      checks: [],
      quotas,
      costs: costs(smallPlan, [], TINY_LIST),
    };
    const text = wholeReport(found, plainPaint);
    expect(text).to.contain(
      [
        "Quotas that grow with the spokes",
        "  AWS's default quota     stack  now     of  a spoke adds  up to spokes",
        "  characters of a policy  hub    223  2,048            15           124",
        "  zones of an account *   hub      6    500             1           497",
        "",
        "  * AWS raises it on request",
        "",
      ].join("\n"),
    );
  });

  it("says the same with colour and without", () => {
    const paint: Paint = (style, text) => `<${style}>${text}</${style}>`;
    const coloured = report({ plan: smallPlan, shown, changes: { hub: none }, checks: [] }, paint);
    expect(coloured).to.contain("<bold>");
    expect(coloured.replace(/<\/?(bold|dim)>/g, "")).to.equal(
      report({ plan: smallPlan, shown, changes: { hub: none }, checks: [] }, plainPaint),
    );
  });
});
