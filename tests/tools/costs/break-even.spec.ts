import { expect } from "chai";
import fc from "fast-check";
import { endpointBreakEvens, natBreakEven } from "../../../tools/costs/break-even";
import type { Costing } from "../../../tools/costs/costs";
import { PER_GB_PARTS, type PerGbPart, type PerGbPrice } from "../../../tools/costs/price-list";
import { breakEvenSentences, perGbRow } from "../../../tools/report/view/cost-sections";
import { TINY_PRICES } from "./tiny-prices";

const perGb = (prices: Partial<Record<PerGbPart, number>>, region: string | null = "us-east-1"): PerGbPrice[] =>
  PER_GB_PARTS.map((part) => ({ part, price: prices[part] ?? null, region, asOf: "2001-02", source: "a list" }));

const ENDPOINT: Costing = {
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  name: "hub-endpoint-sts",
  inputs: { vpcEndpointType: "Interface", serviceName: "com.amazonaws.eu-west-1.sts", subnetIds: ["a", "b", "c"] },
};
const record = (zoneId: string, endpoint: string): Costing => ({
  type: "aws:route53/record:Record",
  name: zoneId,
  inputs: {
    zoneId,
    aliases: [{ name: `\${aws:ec2/vpcEndpoint:VpcEndpoint::${endpoint}.dnsEntries[0].dnsName}` }],
  },
});
const S3: Costing = {
  ...ENDPOINT,
  name: "hub-s3",
  inputs: { vpcEndpointType: "Gateway", serviceName: "com.amazonaws.eu-west-1.s3" },
};
const HUB = [ENDPOINT, S3, record("zone-1", "hub-endpoint-sts"), record("zone-2", "hub-endpoint-sts-other")];
/** 3 AZs at 0.02 an hour, and a hosted zone of 2. */
const MONTHLY = 45.8;

describe("the break-even of an interface endpoint", () => {
  // Review, first contact 5: "do shared endpoints pay?"
  it("is its hourly cost and hosted zones over what a GB saves: NAT less the transit gateway and the endpoint", () => {
    const prices = perGb({ natGateway: 0.045, transitGateway: 0.02, interfaceEndpoint: 0.01 });
    expect(endpointBreakEvens(HUB, TINY_PRICES, prices)).to.deep.equal([
      {
        ...{ kind: "interface endpoint", name: "sts", monthly: MONTHLY, savedPerGb: 0.015 },
        ...{ gb: 3054, perGbOf: ["us-east-1"] }, // 45.80 / 0.015 = 3053.33
      },
    ]);
  });

  it("does not exist where a GB over the transit gateway costs as much", () => {
    const prices = perGb({ natGateway: 0.03, transitGateway: 0.02, interfaceEndpoint: 0.01 });
    const [found] = endpointBreakEvens(HUB, TINY_PRICES, prices);
    expect([found?.savedPerGb, found?.gb]).to.deep.equal([0, null]);
    expect(breakEvenSentences(found === undefined ? [] : [found], "us-east-1")).to.deep.equal([
      "sts: the centralized interface endpoint costs $45.80 a month, but a GB through it costs no less than through a NAT gateway: it does not pay.",
    ]);
  });

  it("is unknown where a price is", () => {
    const [found] = endpointBreakEvens(HUB, TINY_PRICES, perGb({ natGateway: 0.045, transitGateway: 0.02 }));
    expect([found?.monthly, found?.savedPerGb, found?.gb]).to.deep.equal([MONTHLY, null, null]);
    expect(breakEvenSentences(found === undefined ? [] : [found], "us-east-1")).to.deep.equal([
      "sts: the centralized interface endpoint costs an unknown amount: tools/costs/prices.json lacks a price, so there is no break-even.",
    ]);
  });
});

describe("the break-even of one NAT gateway per AZ", () => {
  it("is the cost of the further gateways and addresses over twice the price of a GB between AZs", () => {
    expect(natBreakEven("dev", 3, TINY_PRICES, perGb({ betweenAzs: 0.01 }, null))).to.deep.equal({
      ...{ kind: "one NAT gateway per AZ", name: "dev", monthly: 160.6, savedPerGb: 0.02, gb: 8030, perGbOf: [] },
    });
  });

  it("pays from that traffic on, and not with a GB less", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 1, max: 100 }), (azs, thousandths) => {
        const price = thousandths / 1000;
        const { monthly, gb } = natBreakEven("dev", azs, TINY_PRICES, perGb({ betweenAzs: price }));
        if (monthly === null || gb === null) throw new Error("a price is unknown");
        const saved = (traffic: number): number => Math.round(traffic * 2 * price * 1e6) / 1e6;
        expect(saved(gb)).to.be.at.least(monthly);
        expect(saved(gb - 1)).to.be.below(monthly);
      }),
    );
  });

  it("is shown once for stacks with the same numbers, and names the Region of its prices where it is another", () => {
    const of = (name: string) => natBreakEven(name, 2, TINY_PRICES, perGb({ betweenAzs: 0.01 }));
    const sentence = (from: string): string =>
      `dev, staging: one NAT gateway per AZ costs $80.30 a month more than a single one and saves $0.02 per GB between AZs: it pays off from 4,015 GB a month${from}.`;
    expect(breakEvenSentences([of("dev"), of("staging")], "us-east-1")).to.deep.equal([sentence("")]);
    expect(breakEvenSentences([of("dev"), of("staging")], "eu-west-1")).to.deep.equal([
      sentence(" (at us-east-1 prices per GB)"),
    ]);
  });
});

describe("a price per GB", () => {
  it("is shown with its Region and date, or as unknown", () => {
    expect(perGb({ natGateway: 0.045 }).slice(0, 2).map(perGbRow)).to.deep.equal([
      ["NAT gateway, data processing", "$0.045", "us-east-1, 2001-02"],
      ["transit gateway, data processing", "?", "no source"],
    ]);
    expect(perGb({ betweenAzs: 0.01 }, null).map(perGbRow)[3]).to.deep.equal([
      "between AZs, in each direction",
      "$0.01",
      "all Regions, 2001-02",
    ]);
  });
});
