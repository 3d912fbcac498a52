import { expect } from "chai";
import { rangesOf } from "../../../../tools/model/addresses/ranges";
import { describePath, type PacketPath } from "../../../../tools/model/paths/path";
import { traceFromSite, traceRepliesToSite } from "../../../../tools/model/paths/sites";
import { traceReplies, traceTraffic } from "../../../../tools/model/paths/trace";
import { reachabilityMatrix } from "../../../../tools/model/reachability/matrix";
import type { AllStacks } from "../../../../tools/model/resource";
import { ANYTHING } from "../../../../tools/model/topology/packet-filters";
import type { SiteAttachment } from "../../../../tools/model/topology/sites";
import { type Topology, topologyOf } from "../../../../tools/model/topology/topology";
import { plan } from "../../../../tools/planner/plan";
import { stacksOfPlan } from "../../../../tools/planner/stacks";
import { modify, withInputs, without } from "../../../support/modifications";
import { project } from "../../../support/plans";
import { DATA_CENTRE, OFFICE, withSites } from "../../../support/sites";

const TABLES = 'Amazon VPC Transit Gateways, "Transit gateway route tables"';
const VPN = "ec2/vpnConnection:VpnConnection";

let stacks: AllStacks;
before(async () => {
  stacks = stacksOfPlan(await plan(withSites(project, { office: OFFICE, "data-centre": DATA_CENTRE })));
});

const siteIn = ({ transit }: Topology, name: string): SiteAttachment =>
  transit.sites.find((site) => site.name === name)!;
const subnetIn = ({ subnetById }: Topology, name: string) =>
  [...subnetById.values()].find((each) => each.name === name)!;
const words = (paths: readonly PacketPath[]): string[] => [...new Set(paths.map(describePath))];
const from = (topology: Topology, name: string, cidr: string): string[] =>
  words(traceFromSite(topology, siteIn(topology, name), rangesOf([cidr])));

describe(`packets from an external site (${TABLES})`, () => {
  it("use the route table of its attachment, and enter a VPC by any AZ", () => {
    const topology = topologyOf(stacks);
    expect(from(topology, "office", "10.1.0.0/18")).to.deep.equal([
      "site office: transit gateway; table hub-site-office: 10.1.0.0/16 → dev (propagated); delivered",
    ]);
  });

  it("have no route to a spoke that the site does not name, nor to another site", () => {
    const topology = topologyOf(stacks);
    for (const cidr of ["10.3.0.0/16", "172.16.0.0/14"]) {
      expect(from(topology, "office", cidr)).to.deep.equal([
        `site office: transit gateway; dropped: transit gateway route table hub-site-office has no route to ${cidr}`,
      ]);
    }
  });

  it("are dropped if the attachment has no route table", () => {
    const alone = modify(
      stacks,
      "hub",
      without("ec2transitgateway/routeTableAssociation:RouteTableAssociation", "hub-site-office"),
      withInputs("ec2transitgateway/transitGateway:TransitGateway", "hub", { defaultRouteTableAssociation: "disable" }),
    );
    expect(from(topologyOf(alone), "office", "10.1.0.0/18")).to.deep.equal([
      "site office: transit gateway; dropped: the attachment is not associated with a route table",
    ]);
  });

  it("get their replies by the static route in the table of the spoke", () => {
    const topology = topologyOf(stacks);
    const site = siteIn(topology, "office");
    const [path] = traceFromSite(topology, site, rangesOf([subnetIn(topology, "dev-private-1").block]));
    expect(words(traceRepliesToSite(topology, site, path!, ANYTHING))).to.deep.equal([
      "dev-private-1: 192.168.0.0/16 → transit gateway; table hub-connection-dev: 192.168.0.0/16 → office (static); delivered",
    ]);
  });
});

describe(`packets to an external site (${TABLES})`, () => {
  it("arrive at its CIDRs, and their replies come back through the table of the site", () => {
    const topology = topologyOf(stacks);
    const sender = subnetIn(topology, "dev-private-2");
    const [path] = traceTraffic(topology, sender, rangesOf(["192.168.7.0/24"]));
    expect(path?.landsIn).to.equal(siteIn(topology, "office").id);
    expect(words(traceReplies(topology, sender, path!, ANYTHING))).to.deep.equal([
      "site office: transit gateway; table hub-site-office: 10.1.0.0/16 → dev (propagated); delivered",
    ]);
  });

  it("arrive at no other address that a route leads there", () => {
    const wide = modify(
      stacks,
      "hub",
      withInputs("ec2transitgateway/route:Route", "hub-site-office.dev.192.168.0.0-16", {
        destinationCidrBlock: "192.168.0.0/15",
      }),
    );
    const topology = topologyOf(wide);
    const routed = modify(
      wide,
      "dev",
      withInputs("ec2/route:Route", "dev-private-1-transit-192.168.0.0-16", { destinationCidrBlock: "192.168.0.0/15" }),
    );
    const sender = subnetIn(topologyOf(routed), "dev-private-1");
    expect(words(traceTraffic(topologyOf(routed), sender, rangesOf(["192.169.0.0/16"])))).to.deep.equal([
      "dev-private-1: 192.168.0.0/15 → transit gateway; table hub-connection-dev: 192.168.0.0/15 → office (static); " +
        "dropped: no CIDR of the site office contains 192.169.0.0/16",
    ]);
    expect(topology.transit.sites).to.have.lengthOf(2);
  });
});

describe("the routes that a site announces", () => {
  it("are its own CIDRs in the default propagation table, and none for a VPN with static routes", () => {
    const announced = (all: AllStacks): string[] =>
      topologyOf(all)
        .transit.tables.flatMap(({ name, routes }) => routes.map((route) => ({ name, ...route })))
        .filter(({ attachmentId, origin }) => origin === "propagated" && attachmentId?.includes("site-office") === true)
        .map(({ name, destination }) => `${name}: ${destination}`);
    expect(announced(stacks)).to.deep.equal(["hub-hub: 192.168.0.0/16"]);
    expect(
      announced(modify(stacks, "hub", withInputs(VPN, "hub-site-office", { staticRoutesOnly: true }))),
    ).to.deep.equal([]);
  });
});

describe("the reachability matrix", () => {
  it("has a row and a column for each site", () => {
    const { rows, columns, cells } = reachabilityMatrix(topologyOf(stacks), "ap-southeast-3");
    const cell = (one: string, other: string): string => {
      const [row, column] = [rows, columns].map((list, index) =>
        list.findIndex(({ name }) => name === [one, other][index]),
      );
      const found = cells[row ?? -1]?.[column ?? -1];
      return found === null || found === undefined ? "not traced" : `${found.reached}, answered ${found.answered}`;
    };
    expect(cell("dev-private", "site office")).to.equal("yes, answered yes");
    expect(cell("site office", "dev-private")).to.equal("yes, answered yes");
    expect(cell("site office", "hub-resolver")).to.equal("yes, answered yes");
    expect(cell("prod-private", "site office")).to.equal("no, answered no");
    expect(cell("site office", "prod-private")).to.equal("no, answered no");
    expect(cell("site office", "site data-centre")).to.equal("no, answered no");
    expect([
      cell("site office", "site office"),
      cell("internet", "site office"),
      cell("site office", "s3"),
    ]).to.deep.equal([...["not traced", "not traced", "not traced"]]);
  });
});
