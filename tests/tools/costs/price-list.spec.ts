import { readFileSync } from "node:fs";
import { expect } from "chai";
import { priceList, type PriceTable } from "../../../tools/costs/price-list";
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

/** The table as it stands in the file. */
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
      "clusterHour",
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
        expect(price).to.be.within(0.005, 1);
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
