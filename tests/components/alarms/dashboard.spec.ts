import { expect } from "chai";
import { dashboardBody, type DashboardContent } from "../../../components/alarms/dashboard";

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly metrics?: readonly unknown[];
    readonly alarms?: readonly string[];
  };
}
const widgetsOf = (content: Partial<DashboardContent>): readonly Widget[] =>
  (dashboardBody({ region: "ap-southeast-3", alarms: ["arn"], ...content }) as { widgets: Widget[] }).widgets;
const titles = (content: Partial<DashboardContent>): string[] =>
  widgetsOf(content).map(({ properties }) => properties.title);

const SPOKE: Partial<DashboardContent> = {
  natGateways: ["nat-1", "nat-2"],
  attachment: { id: "tgw-attach-1", transitGatewayId: "tgw-1" },
  cluster: "piksel-dev",
  autoScalingGroups: ["eks-1"],
};

describe("the dashboard", () => {
  it("shows what a stack has, and the alarms first", () => {
    expect(titles({})).to.deep.equal(["Alarms"]);
    expect(titles({ transitGateway: "tgw-1", resolverAddresses: ["rni-1"] })).to.deep.equal([
      "Alarms",
      "Transit gateway: bytes from attachments",
      "Transit gateway: bytes to attachments",
      "Transit gateway: dropped packets",
      "Resolver inbound endpoint: queries per address",
    ]);
    expect(titles(SPOKE)).to.deep.equal([
      "Alarms",
      ...["bytes", "connections", "errors"].map((what) => `NAT gateways: ${what}`),
      "Transit gateway: bytes of this network",
      "Transit gateway: dropped packets of this network",
      "Kubernetes API: requests and errors",
      "Kubernetes: size of the database",
      "Kubernetes: pods without a node",
      "Managed nodes: wanted and running",
    ]);
    expect(titles({ forwardingAddresses: ["rni-2"] }).slice(1)).to.deep.equal([
      "Resolver outbound endpoint: queries per address",
    ]);
    expect(titles({ vpns: { jakarta: "vpn-1" } }).slice(1)).to.deep.equal([
      "VPN connections: share of tunnels that are up",
    ]);
  });

  it("names each resource in the lines of its graphs", () => {
    const [, bytes] = widgetsOf(SPOKE);
    expect(bytes?.properties).to.deep.equal({
      ...{ title: "NAT gateways: bytes", region: "ap-southeast-3", view: "timeSeries", stat: "Sum", period: 300 },
      metrics: ["nat-1", "nat-2"].flatMap((id) => [
        ["AWS/NATGateway", "BytesOutToDestination", "NatGatewayId", id],
        ["AWS/NATGateway", "BytesInFromDestination", "NatGatewayId", id],
      ]),
    });
  });

  it("names both dimensions of an attachment's metrics", () => {
    const dropped = widgetsOf(SPOKE).find(({ properties }) => properties.title.includes("dropped packets"));
    expect(dropped?.properties.metrics).to.deep.equal(
      ["PacketDropCountBlackhole", "PacketDropCountNoRoute"].map((metric) => [
        ...["AWS/TransitGateway", metric, "TransitGateway", "tgw-1", "TransitGatewayAttachment", "tgw-attach-1"],
      ]),
    );
  });

  it("finds the attachments of spokes by a search, so that a new one needs no update of the hub", () => {
    const [, incoming] = widgetsOf({ transitGateway: "tgw-1" });
    expect(incoming?.properties.metrics).to.deep.equal([
      [
        {
          expression: `SEARCH('{AWS/TransitGateway,TransitGateway,TransitGatewayAttachment} MetricName="BytesIn"', 'Sum', 300)`,
          id: "bytesin",
        },
      ],
    ]);
  });

  it("fits into the grid, without one widget over another, and lists at most 100 alarms", () => {
    const all = widgetsOf({ ...SPOKE, transitGateway: "tgw-1", resolverAddresses: ["rni-1"], vpns: { a: "vpn-1" } });
    const cells = all.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, n) => `${x + (n % width)},${y + Math.floor(n / width)}`),
    );
    expect(new Set(cells).size).to.equal(cells.length);
    for (const { x, width } of all) expect(x + width).to.be.at.most(24);
    const [alarms] = widgetsOf({ alarms: Array.from({ length: 130 }, (_, n) => String(n)) });
    expect(alarms?.properties.alarms).to.have.lengthOf(100);
  });
});
