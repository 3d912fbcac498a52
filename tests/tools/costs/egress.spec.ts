import { expect } from "chai";
import fc from "fast-check";
import { cheapestPaths, type EgressCost, egressCosts } from "../../../tools/costs/egress";
import { PER_GB_PARTS, type PerGbPart, type PerGbPrice } from "../../../tools/costs/price-list";
import { TINY_PRICES, WITHOUT_NAT_PRICE } from "./tiny-prices";

const perGb = (prices: Partial<Record<PerGbPart, number>>): PerGbPrice[] =>
  PER_GB_PARTS.map((part) => ({
    part,
    price: prices[part] ?? null,
    region: "us-east-1",
    asOf: "2001-02",
    source: "a",
  }));
const GB = perGb({ natGateway: 0.05, transitGateway: 0.02, betweenAzs: 0.01 });
const SHAPE = { azs: 2, hubAzs: 3, sharedEndpoints: ["ecr.api", "ecr.dkr"] };

describe("the cost of a path to the internet", () => {
  it("is that of NAT gateways and addresses in the spoke or the hub, of endpoints, and of each GB", () => {
    // A NAT gateway with its address is 0.11 an hour, 80.30 a month. 11 endpoints in 3 AZs at 43.80, each with a zone of 2.
    expect(egressCosts(SHAPE, TINY_PRICES, GB)).to.deep.equal([
      { path: "zonal", monthly: 80.3, inHub: 0, perGb: 0.06 },
      { path: "zonal, one per AZ", monthly: 160.6, inHub: 0, perGb: 0.05 },
      { path: "regional", monthly: 160.6, inHub: 0, perGb: 0.05 },
      { path: "hub", monthly: 0, inHub: 240.9, perGb: 0.07 },
      { path: "none", monthly: 0, inHub: 458, perGb: null },
    ]);
  });

  it("is unknown where a price is", () => {
    const costs = egressCosts(SHAPE, WITHOUT_NAT_PRICE, perGb({ natGateway: 0.05, betweenAzs: 0.01 }));
    expect(costs.map(({ monthly, inHub, perGb: gb }) => [monthly, inHub, gb])).to.deep.equal([
      [null, 0, 0.06],
      [null, 0, 0.05],
      [null, 0, 0.05],
      [0, null, null],
      [0, 458, null],
    ]);
    expect(cheapestPaths(costs, 3)).to.deep.equal([]);
  });
});

describe("the cheapest path to the internet", () => {
  const costs = egressCosts(SHAPE, TINY_PRICES, GB);

  it("is, with few spokes, a zonal NAT gateway, and from enough traffic one per AZ", () => {
    expect(cheapestPaths(costs, 3)).to.deep.equal([
      { path: "zonal", fromGb: 0 },
      { path: "zonal, one per AZ", fromGb: 8030 }, // 80.30 / 0.01
    ]);
  });

  it("is, with more spokes than the hub has AZs, the hub while there is little traffic", () => {
    expect(cheapestPaths(costs, 10)).to.deep.equal([
      { path: "hub", fromGb: 0 },
      { path: "zonal", fromGb: 5621 }, // (80.30 - 24.09) / 0.01
      { path: "zonal, one per AZ", fromGb: 8030 },
    ]);
  });

  it("costs no more than any other, at any traffic", () => {
    const line = fc.record({ monthly: fc.nat(500), inHub: fc.nat(500), perGb: fc.nat(100) });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 5 }),
        fc.nat(1000),
        fc.integer({ min: 1, max: 9 }),
        (lines, gb, spokes) => {
          const all = lines.map((each, index) => ({ ...each, path: String(index) }) as unknown as EgressCost);
          const at = ({ monthly, inHub, perGb: price }: EgressCost): number =>
            (monthly ?? 0) + (inHub ?? 0) / spokes + (price ?? 0) * gb;
          const chosen = cheapestPaths(all, spokes).findLast(({ fromGb }) => fromGb <= gb);
          const found = all.find(({ path }) => path === chosen?.path);
          if (found === undefined) throw new Error("no path is chosen");
          expect(at(found)).to.be.at.most(Math.min(...all.map(at)) + 1e-6);
        },
      ),
    );
  });
});
