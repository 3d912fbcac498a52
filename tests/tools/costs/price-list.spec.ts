import { readFileSync } from "node:fs";
import { expect } from "chai";
import {
  PER_GB_PARTS,
  priceList,
  pricesPerGb,
  type PerGbTable,
  type PriceTable,
} from "../../../tools/costs/price-list";
import { project } from "../../support/plans";

const TABLE: PriceTable = {
  currency: "USD",
  sources: { a: { asOf: "2001-02", of: ["a book"] }, b: { asOf: "2003-04", of: ["another"] } },
  everywhere: { keyMonth: 1, clusterHour: 2 },
  regions: {
    "us-east-1": { source: "a", natGatewayHour: 3, instanceHour: {} },
    "eu-west-1": { source: "b", clusterHour: 4, instanceHour: { "t3.medium": 5 } },
  },
};

/** The prices of the file. */
const PRICES = JSON.parse(readFileSync("tools/costs/prices.json", "utf8")) as PriceTable;

describe("the price list of a region", () => {
  it("has what is the same everywhere, and what the region says otherwise", () => {
    expect(priceList("eu-west-1", TABLE)).to.deep.equal({
      prices: { keyMonth: 1, clusterHour: 4, instanceHour: { "t3.medium": 5 } },
      notes: ["List prices of eu-west-1, 2003-04, in USD, before taxes."],
    });
  });

  it("is another region's, and says so, where the table has none", () => {
    expect(priceList("af-south-1", TABLE)).to.deep.equal({
      prices: { keyMonth: 1, clusterHour: 2, natGatewayHour: 3, instanceHour: {} },
      notes: [
        "List prices of us-east-1, 2001-02, in USD, before taxes.",
        "tools/costs/prices.json has no prices for af-south-1; expect most to be higher there.",
      ],
    });
  });

  it("has a source with a date for every region of the file", () => {
    for (const [region, { source }] of Object.entries(PRICES.regions)) {
      expect(PRICES.sources[source]?.asOf, region).to.match(/^\d{4}-\d{2}\b/);
      expect(PRICES.sources[source]?.of, region).not.to.be.empty;
    }
  });

  it("has a price for every part in every region of the file, and none that is no price", () => {
    const expected = [
      "alarmMetricMonth",
      "clusterHour",
      "compositeAlarmMonth",
      "dashboardMonth",
      "furtherHostedZoneMonth",
      "hostedZoneMonth",
      "interfaceEndpointHour",
      "keyMonth",
      "natGatewayHour",
      "publicIpv4Hour",
      "resolverAddressHour",
      "transitGatewayAttachmentHour",
      "volumeGibMonth",
    ];
    for (const region of Object.keys(PRICES.regions)) {
      const { instanceHour, ...prices } = priceList(region).prices;
      expect(Object.keys(prices).sort(), region).to.deep.equal(expected);
      for (const price of [...Object.values(prices), ...Object.values(instanceHour)])
        expect(price).to.be.within(0.005, 3);
    }
  });

  it("knows the project's region, and the instance type of its nodes there", () => {
    const types = project.declared["node-instance-types"]?.default as string[];
    for (const config of Object.values(project.stacks)) {
      const region = String(config["aws:region"]);
      expect(priceList(region).notes[0]).to.contain(region);
      expect(priceList(region).prices.instanceHour).to.include.keys(types);
    }
  });
});

const PER_GB_TABLE: PerGbTable = {
  sources: { a: { asOf: "2001-02", of: ["a page"] }, b: { asOf: "2003-04", of: ["a list", "a bill"] } },
  everywhere: { betweenAzs: { price: 0.02, source: "a" } },
  regions: {
    "us-east-1": { natGateway: { price: 0.1, source: "a" }, internet: { price: 0.3, source: "a" } },
    "eu-west-1": { natGateway: { price: 0.2, source: "b" } },
  },
};

/** The prices per GB of the file. */
const PER_GB_FILE = (JSON.parse(readFileSync("tools/costs/prices.json", "utf8")) as { perGb: PerGbTable }).perGb;

describe("the prices per GB of a Region", () => {
  it("are its own, then those of all Regions, then those of us-east-1, each with its Region and date", () => {
    const found = pricesPerGb("eu-west-1", PER_GB_TABLE).map(({ part, price, region, asOf }) => [
      part,
      price,
      region,
      asOf,
    ]);
    expect(found).to.deep.equal([
      ["natGateway", 0.2, "eu-west-1", "2003-04"],
      ["transitGateway", null, "us-east-1", "undated"],
      ["interfaceEndpoint", null, "us-east-1", "undated"],
      ["betweenAzs", 0.02, null, "2001-02"],
      ["internet", 0.3, "us-east-1", "2001-02"],
      ["flowLogs", null, "us-east-1", "undated"],
      ["clusterLogs", null, "us-east-1", "undated"],
    ]);
    expect(pricesPerGb("eu-west-1", PER_GB_TABLE)[0]?.source).to.equal("a list; a bill");
  });

  it("are all known for us-east-1, from the Region's own price lists and bills", () => {
    expect(pricesPerGb("us-east-1").map(({ part, price, region }) => [part, price, region])).to.deep.equal([
      ["natGateway", 0.045, "us-east-1"],
      ["transitGateway", 0.02, "us-east-1"],
      ["interfaceEndpoint", 0.01, "us-east-1"],
      ["betweenAzs", 0.01, "us-east-1"],
      ["internet", 0.09, "us-east-1"],
      ["flowLogs", 0.25, "us-east-1"],
      ["clusterLogs", 0.5, "us-east-1"],
    ]);
  });

  it("have a source with a date, or the word undated, for every price of the file", () => {
    const priced = [PER_GB_FILE.everywhere, ...Object.values(PER_GB_FILE.regions)].flatMap((prices) =>
      Object.entries(prices),
    );
    expect(priced).to.have.length(14);
    for (const [part, { price, source }] of priced) {
      expect(PER_GB_PARTS, source).to.include(part);
      expect(price, part).to.be.within(0.001, 1);
      expect(PER_GB_FILE.sources[source]?.asOf, part).to.match(/^(\d{4}-\d{2}|undated)$/);
      expect(PER_GB_FILE.sources[source]?.of, part).not.to.be.empty;
    }
    expect(
      Object.keys(PER_GB_FILE.sources).filter((name) => !priced.some(([, { source }]) => source === name)),
    ).to.deep.equal([]);
  });
});
