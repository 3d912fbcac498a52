import { expect } from "chai";
import { networkBox } from "../../plan/page/picture/network-box";
import { NetworkGeometry, networkSize } from "../../plan/page/picture/network-geometry";
import { plan, type Plan } from "../../plan/plan";
import { networks } from "../../plan/view/networks";
import { routeTables } from "../../plan/view/routes";
import { project, stack, withConfig } from "../support/plans";

describe("the picture of a network", () => {
  let planned: Plan;
  before(async () => {
    planned = await plan(project);
  });

  /** Arrow heads by where they lead, those at one place once, and the destinations beside the lines. */
  function drawn(name: string): object {
    const view = networks(planned).find((network) => network.name === name);
    if (view === undefined) throw new Error(`no network ${name}`);
    const box = { ...networkSize(view), x: 0, y: 0 };
    const { text } = networkBox(view, routeTables(stack(planned, name)), box);
    const heads = (part: RegExp): number => new Set(text.match(part)).size;
    const times = (part: RegExp): number => text.match(part)?.length ?? 0;
    return {
      toHub: heads(/class="head to-hub" d="[^"]*"/g),
      toSpokes: heads(/class="head to-spokes" d="[^"]*"/g),
      internet: heads(/class="head internet" d="[^"]*"/g),
      nat: times(/>NAT<\/text>/g),
      destinations: [...text.matchAll(/text-anchor="end">([^<]*)<\/text>/g)].map(([, words]) => words).sort(),
      endpoints: times(/>S3 → endpoint<\/text>/g),
    };
  }

  it("of a spoke with a single NAT gateway leads both zones to it, and each to the hub", () => {
    expect(drawn("dev")).to.deep.equal({
      ...{ toHub: 2, toSpokes: 0, nat: 1, endpoints: 2 },
      // To the NAT gateway, to the internet gateway, and out of it.
      internet: 3,
      destinations: ["0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/8", "10.1.0.0/16"],
    });
  });

  it("of a spoke with a NAT gateway per zone leads each zone to its own", () => {
    expect(drawn("prod")).to.deep.equal({
      ...{ toHub: 3, toSpokes: 0, nat: 3, endpoints: 3, internet: 5 },
      destinations: [...Array<string>(3).fill("0.0.0.0/0"), ...Array<string>(3).fill("10.0.0.0/8"), "10.3.0.0/16"],
    });
  });

  it("of the hub shows the resolver and every shared endpoint, apart from one another and above the private subnets", async () => {
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
    const [view] = networks(await plan(withConfig(project, "hub", { "shared-endpoints": services })));
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
    const { text } = networkBox(view, [], box);
    for (const { label } of view.services) expect(text).to.contain(`>${label}</text>`);
  });

  it("of the hub leads to the spokes, and to the internet from its public subnets alone", () => {
    expect(drawn("hub")).to.deep.equal({
      ...{ toHub: 0, toSpokes: 3, nat: 0, endpoints: 3, internet: 2 },
      destinations: ["10.0.0.0/16", "10.0.0.0/8", "10.0.0.0/8", "10.0.0.0/8"],
    });
  });
});
