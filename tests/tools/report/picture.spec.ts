import { expect } from "chai";
import { parse } from "node-html-parser";
import { withSpokes } from "../../../tools/bench/spokes";
import { plan, type Plan } from "../../../tools/planner/plan";
import { hubLayout } from "../../../tools/report/html/picture/accounts";
import { entries, PART } from "../../../tools/report/html/picture/legend";
import { networkBox } from "../../../tools/report/html/picture/network-box";
import { NetworkGeometry, networkSize } from "../../../tools/report/html/picture/network-geometry";
import { pictureFile } from "../../../tools/report/html/picture/picture";
import { networks } from "../../../tools/report/view/networks";
import { transitTables, type TransitTableView } from "../../../tools/report/view/routes";
import { project, withConfig } from "../../support/plans";

describe("the picture of a network", () => {
  let planned: Plan;
  before(async () => {
    planned = await plan(project);
  });

  /** Arrow heads by where they lead, those at one place once, and the destinations beside the lines. */
  function drawn(name: string, all: Plan = planned): object {
    const view = networks(all).find((network) => network.name === name);
    if (view === undefined) throw new Error(`no network ${name}`);
    const svg = parse(networkBox(view, { ...networkSize(view), x: 0, y: 0 }, 28).text);
    const heads = (lane: string): number =>
      new Set(svg.querySelectorAll(`.head.${lane}`).map((head) => head.getAttribute("d"))).size;
    const texts = svg.querySelectorAll("text").map((each) => each.text);
    const ends = svg.querySelectorAll('text[text-anchor="end"]').map((each) => each.text);
    return {
      ...{ toHub: heads("to-hub"), toSpokes: heads("to-spokes"), internet: heads("internet") },
      nat: texts.filter((each) => each === "NAT").length,
      destinations: ends.filter((each) => /^[\d./]*$/.test(each)).sort(),
      endpoints: texts.filter((each) => each === "S3 → endpoint").length,
    };
  }

  it("of a spoke with a single NAT gateway leads both AZs to it, and each to the hub", () => {
    expect(drawn("dev")).to.deep.equal({
      ...{ toHub: 2, toSpokes: 0, nat: 1, endpoints: 2 },
      // To the NAT gateway, to the internet gateway, and out of it.
      internet: 3,
      destinations: ["0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/8"],
    });
  });

  it("of a spoke with a NAT gateway per AZ leads each AZ to its own", () => {
    expect(drawn("prod")).to.deep.equal({
      ...{ toHub: 3, toSpokes: 0, nat: 3, endpoints: 3, internet: 5 },
      destinations: [...Array<string>(3).fill("0.0.0.0/0"), ...Array<string>(3).fill("10.0.0.0/8")],
    });
  });

  it("of a spoke with a regional NAT gateway leads all AZs to it, and it to the internet gateway", async () => {
    const regional = await plan(withConfig(project, "dev", { egress: "regional" }));
    expect(drawn("dev", regional)).to.deep.equal({
      // An arrow of each AZ to the NAT gateway, one to the internet gateway, and one out of it.
      ...{ toHub: 2, toSpokes: 0, nat: 0, endpoints: 2, internet: 4 },
      destinations: ["0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/8"],
    });
  });

  it("of a hub with central egress has room for its NAT gateways, which the transit subnets lead to, and counts long lists", async () => {
    const central = await plan(
      withConfig(withConfig(project, "hub", { "central-egress": true }), "dev", { egress: "hub" }),
    );
    const [hub, dev] = networks(central);
    if (hub === undefined || dev === undefined) throw new Error("no hub");
    const geometry = new NetworkGeometry(hub, { ...networkSize(hub), x: 0, y: 0 });
    const cells = hub.subnets.filter(({ number }) => number === 1).map((subnet) => geometry.cell(subnet));
    const sorted = cells.sort((one, other) => one.y - other.y);
    expect(sorted).to.have.length(4);
    for (const [index, { y }] of sorted.slice(1).entries()) {
      const above = sorted[index];
      expect(y).to.be.above((above?.y ?? y) + (above?.height ?? 0));
    }
    expect(drawn("hub", central)).to.include({ nat: 3, toSpokes: 3, internet: 5 });
    const svg = parse(networkBox(dev, { ...networkSize(dev), x: 0, y: 0 }, 28).text);
    expect(svg.querySelectorAll('text[text-anchor="end"]').map(({ text }) => text)).to.include("2 CIDRs");
  });

  it("of the hub shows the resolver and every centralized endpoint, apart from one another and above the private subnets", async () => {
    const services = [
      "ecr.api",
      "ecr.dkr",
      "sts",
      "ec2",
      "ssm",
      "ssmmessages",
      "ec2messages",
      "eks",
      "eks-auth",
      "logs",
      "sqs",
    ];
    const withAll = await plan(withConfig(project, "hub", { "shared-endpoints": services }));
    const [view] = networks(withAll);
    if (view === undefined) throw new Error("no hub");
    expect(view.services.map(({ label }) => label)).to.deep.equal(["resolver", ...services]);
    const box = { ...networkSize(view), x: 50, y: 20 };
    const geometry = new NetworkGeometry(view, box);
    const chips = geometry.chips();
    expect(chips).to.have.length(view.services.length);
    for (const [index, chip] of chips.entries()) {
      expect(chip.x).to.be.at.least(box.x);
      expect(chip.x + chip.width).to.be.at.most(box.x + box.width);
      const next = chips[index + 1];
      if (next !== undefined && next.y === chip.y) expect(next.x).to.be.above(chip.x + chip.width);
      if (next !== undefined && next.y !== chip.y) expect(next.y).to.be.above(chip.y + chip.height);
      for (const subnet of view.subnets) {
        const cell = geometry.cell(subnet);
        const isApart = chip.y + chip.height < cell.y || cell.y + cell.height < chip.y;
        expect(isApart, subnet.name).to.equal(true);
      }
    }
    expect(new Set(chips.map(({ y }) => y)).size).to.equal(3);
    const texts = parse(networkBox(view, box, 28).text).querySelectorAll("text");
    expect(texts.map(({ text }) => text)).to.include.members(view.services.map(({ label }) => label));
  });

  it("of the hub leads to the spokes, and to the internet from its public subnets alone", () => {
    expect(drawn("hub")).to.deep.equal({
      ...{ toHub: 0, toSpokes: 3, nat: 0, endpoints: 3, internet: 2 },
      destinations: ["10.0.0.0/8", "10.0.0.0/8", "10.0.0.0/8"],
    });
  });

  it("has as much room for a private subnet as its tags and nodes need", async () => {
    const heights = (of: Plan): number[] => networks(of).map((view) => networkSize(view).height);
    const [hub = 0, dev = 0] = heights(planned);
    const [, bare = 0] = heights(await plan(withConfig(project, "dev", { cluster: false })));
    expect(dev).to.be.above(bare);
    expect(bare).to.be.at.least(hub);
  });
});

// Review of first contact, row 9.
describe("the numbered parts of the picture", () => {
  let planned: Plan;
  before(async () => {
    planned = await plan(project);
  });
  const numbersIn = (svg: string): number[] =>
    parse(svg)
      .querySelectorAll("text.number")
      .map(({ text }) => Number(text));
  const ALL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

  it("are the fifteen of the design document and the platform, each in the picture and in the legend", () => {
    expect(Object.values(PART)).to.deep.equal(ALL);
    expect([...new Set(numbersIn(pictureFile(planned)))].sort((a, b) => a - b)).to.deep.equal(ALL);
    expect(entries(planned).map(({ number, name }) => `${String(number)} ${name}`)).to.deep.equal([
      ...["1 Shared account", "2 Hub stack", "3 Spoke account", "4 Spoke stack", "5 VPC CIDR"],
      ...["6 Availability Zone (AZ)", "7 Public subnets", "8 NAT gateway", "9 Private subnets", "10 Worker nodes"],
      ...["11 EKS control plane", "12 Subnet tags", "13 VPC flow logs", "14 Route 53", "15 ECR", "16 Platform"],
    ]);
  });

  it("are all there when spokes without platforms are drawn as cards", async () => {
    const many = pictureFile(await plan(withSpokes(project, 13)));
    const numbers = [...new Set(numbersIn(many))].sort((a, b) => a - b);
    expect(numbers).to.deep.equal(ALL.filter((number) => number !== PART.platform));
    expect(numbersIn(many).filter((number) => number === PART.spokeAccount)).to.have.length(13);
  });

  it("come with what this plan has of each", () => {
    const here = new Map(entries(planned).map(({ number, here }) => [number, here]));
    expect(here.get(PART.spokeStack)).to.equal("dev, staging, prod");
    expect(here.get(PART.natGateway)).to.equal("1 to 3 per spoke");
    expect(here.get(PART.privateSubnets)).to.equal(
      "one per AZ, a /18 (16,384 addresses), for worker nodes and endpoints",
    );
    expect(here.get(PART.subnetTags)).to.equal(
      "karpenter.sh/discovery and kubernetes.io/role/internal-elb on the private subnets, for EKS and Karpenter",
    );
    expect(here.get(PART.route53)).to.equal("6 private hosted zones in the hub");
  });

  it("of a spoke without a cluster are not drawn, and the legend says so", async () => {
    const names = ["dev", "staging", "prod"];
    const without = await plan(names.reduce((all, name) => withConfig(all, name, { cluster: false }), project));
    const missing = [PART.workerNodes, PART.controlPlane];
    expect(numbersIn(pictureFile(without)).filter((number) => missing.includes(number as 10 | 11))).to.deep.equal([]);
    const here = entries(without).filter(({ number }) => missing.includes(number as 10 | 11));
    expect(here.map((entry) => entry.here)).to.deep.equal(["none in this plan", "none in this plan"]);
  });

  it("of the hub stand beside its VPC where there is room, otherwise above it, and never on one another", () => {
    const [view] = networks(planned);
    const [toHub, toSpokes] = transitTables(planned) as [TransitTableView, TransitTableView];
    for (const width of [1096, 436]) {
      const { frame, vpc, gateway, services } = hubLayout(
        view!,
        { toHub, toSpokes, further: [], firewalls: [] },
        width,
        28,
      );
      const boxes = [vpc, gateway, ...services.map(({ box }) => box)];
      expect(services.map(({ number }) => number)).to.deep.equal([PART.route53, PART.ecr, PART.flowLogs]);
      for (const [index, a] of boxes.entries()) {
        expect(a.x).to.be.at.least(frame.x);
        expect(a.x + a.width).to.be.at.most(frame.x + frame.width);
        expect(a.y + a.height).to.be.at.most(frame.y + frame.height);
        for (const b of boxes.slice(index + 1)) {
          const isApart =
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          expect(isApart, `${JSON.stringify(a)} and ${JSON.stringify(b)}`).to.equal(true);
        }
      }
      expect(frame.x).to.be.at.least(0);
    }
  });
});
