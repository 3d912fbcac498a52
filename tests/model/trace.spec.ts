import { expect } from "chai";
import type { NetworkModel, Route, Subnet } from "../../model/network";
import { INTERNET, trace } from "../../model/trace";
import type { TransitRoute } from "../../model/transit";

const subnet = (vpc: string, name: string, cidr: string, routes: readonly Route[], isPublic = false): Subnet => ({
  id: name,
  name,
  vpcId: vpc,
  cidr,
  zone: "a",
  isPublic,
  routes,
});

const toGateway = (destination: string): Route => ({ destination, kind: "transit gateway", target: "tgw" });
const toNat: Route = { destination: "0.0.0.0/0", kind: "NAT gateway", target: "nat" };
const toInternet: Route = { destination: "0.0.0.0/0", kind: "internet gateway", target: "igw" };
const route = (cidr: string, attachmentId: string | null, isStatic = false): TransitRoute => ({
  cidr,
  attachmentId,
  isStatic,
});

/** Two networks on a gateway; what varies is the routes of the first one's subnet and of its table. */
const network = (routes: readonly Route[], transit: readonly TransitRoute[]): NetworkModel => ({
  vpcs: [
    { id: "one", name: "one", cidr: "10.1.0.0/16" },
    { id: "two", name: "two", cidr: "10.2.0.0/16" },
    { id: "three", name: "three", cidr: "10.3.0.0/16" },
  ],
  subnets: [
    subnet("one", "one-private-1", "10.1.0.0/18", routes),
    subnet("one", "one-public-1", "10.1.192.0/24", [toInternet], true),
    subnet("one", "one-transit-1", "10.1.208.0/28", []),
    subnet("two", "two-transit-1", "10.2.208.0/28", []),
  ],
  attachments: [
    { id: "att-one", vpcId: "one", subnetIds: ["one-transit-1"], associates: true, propagates: true },
    { id: "att-two", vpcId: "two", subnetIds: ["two-transit-1"], associates: true, propagates: true },
    { id: "att-three", vpcId: "three", subnetIds: [], associates: true, propagates: true },
  ],
  transitTables: [{ id: "t", name: "t", associated: ["att-one", "att-two"], routes: transit }],
  natGateways: [{ id: "nat", name: "one-1", subnetId: "one-public-1" }],
  rules: [],
});

/** Cases, each with the page of AWS's documentation that it follows from. */
const cases: readonly [
  what: string,
  routes: readonly Route[],
  transit: readonly TransitRoute[],
  to: string,
  end: string,
][] = [
  // Amazon VPC User Guide, "Route priority": local routes, and the most specific route.
  ["the VPC's own block stays in it, under a route for more", [toGateway("10.0.0.0/8")], [], "10.1.64.10", "reached"],
  [
    "a block beyond the gateway is reached",
    [toGateway("10.2.0.0/16")],
    [route("10.2.0.0/16", "att-two")],
    "10.2.0.10",
    "reached",
  ],
  [
    "the more specific of two routes is taken",
    [toNat, toGateway("10.2.0.0/16")],
    [route("10.2.0.0/16", "att-two")],
    "10.2.0.10",
    "reached",
  ],
  ["without a route nothing is reached", [], [], "10.2.0.10", "no route"],
  // Amazon VPC User Guide, "NAT gateways": out by the public subnet's internet gateway.
  ["a NAT gateway leads to the internet", [toNat], [], INTERNET, "internet"],
  // Amazon VPC User Guide, "Enable internet access": an instance without a public address is not translated.
  ["an internet gateway serves nobody without a public address", [toInternet], [], INTERNET, "dropped"],
  // Amazon VPC Transit Gateways, "Route evaluation order".
  [
    "the gateway's most specific route wins over a blackhole for more",
    [toGateway("10.0.0.0/8")],
    [route("10.0.0.0/8", null, true), route("10.2.0.0/16", "att-two")],
    "10.2.0.10",
    "reached",
  ],
  [
    "a blackhole drops what nothing more specific saves",
    [toGateway("10.0.0.0/8")],
    [route("10.0.0.0/8", null, true), route("10.2.0.0/16", "att-two")],
    "10.3.0.10",
    "dropped",
  ],
  [
    "a static route wins over a propagated one for the same block",
    [toGateway("10.2.0.0/16")],
    [route("10.2.0.0/16", "att-two"), route("10.2.0.0/16", null, true)],
    "10.2.0.10",
    "dropped",
  ],
  [
    "a route that leads to another VPC does not reach this one",
    [toGateway("10.0.0.0/8")],
    [route("10.2.0.0/16", "att-three")],
    "10.2.0.10",
    "dropped",
  ],
  ["without a route in the gateway's table nothing is reached", [toGateway("10.0.0.0/8")], [], "10.2.0.10", "no route"],
];

describe("a trace follows AWS's rules", () => {
  for (const [what, routes, transit, to, end] of cases) {
    it(what, () => {
      const model = network(routes, transit);
      expect(trace(model, model.subnets[0]!, to).end).to.equal(end);
    });
  }

  it("an attachment serves the zones that it has a subnet in (Amazon VPC Transit Gateways, VPC attachments)", () => {
    const model = network([toGateway("10.2.0.0/16")], [route("10.2.0.0/16", "att-two")]);
    const elsewhere = { ...model.subnets[0]!, zone: "b" };
    expect(trace(model, elsewhere, "10.2.0.10")).to.deep.equal({
      hops: ["one-private-1: 10.2.0.0/16 → transit gateway", "the attachment is not in b"],
      end: "dropped",
    });
  });

  it("names every hop", () => {
    const model = network([toNat], []);
    expect(trace(model, model.subnets[0]!, INTERNET).hops).to.deep.equal([
      "one-private-1: 0.0.0.0/0 → NAT gateway",
      "NAT gateway one-1",
      "one-public-1: 0.0.0.0/0 → internet gateway",
    ]);
  });
});
