import { readFileSync } from "node:fs";
import { expect } from "chai";
import { PER_GB_PARTS, pricesPerGb, type PerGbTable } from "../../../tools/costs/price-list";

const TABLE: PerGbTable = {
  sources: { a: { asOf: "2001-02", of: ["a page"] }, b: { asOf: "2003-04", of: ["a list", "a bill"] } },
  everywhere: { betweenAzs: { price: 0.02, source: "a" } },
  regions: {
    "us-east-1": { natGateway: { price: 0.1, source: "a" }, internet: { price: 0.3, source: "a" } },
    "eu-west-1": { natGateway: { price: 0.2, source: "b" } },
  },
};

/** The table as it is in the file. */
const FILE = (JSON.parse(readFileSync("tools/costs/prices.json", "utf8")) as { perGb: PerGbTable }).perGb;

describe("the prices per GB of a Region", () => {
  it("are its own, then those of all Regions, then those of us-east-1, each with its Region and date", () => {
    const found = pricesPerGb("eu-west-1", TABLE).map(({ part, price, region, asOf }) => [part, price, region, asOf]);
    expect(found).to.deep.equal([
      ["natGateway", 0.2, "eu-west-1", "2003-04"],
      ["transitGateway", null, "us-east-1", "undated"],
      ["interfaceEndpoint", null, "us-east-1", "undated"],
      ["betweenAzs", 0.02, null, "2001-02"],
      ["internet", 0.3, "us-east-1", "2001-02"],
      ["flowLogs", null, "us-east-1", "undated"],
      ["clusterLogs", null, "us-east-1", "undated"],
    ]);
    expect(pricesPerGb("eu-west-1", TABLE)[0]?.source).to.equal("a list; a bill");
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
    const priced = [FILE.everywhere, ...Object.values(FILE.regions)].flatMap((prices) => Object.entries(prices));
    expect(priced).to.have.length(14);
    for (const [part, { price, source }] of priced) {
      expect(PER_GB_PARTS, source).to.include(part);
      expect(price, part).to.be.within(0.001, 1);
      expect(FILE.sources[source]?.asOf, part).to.match(/^(\d{4}-\d{2}|undated)$/);
      expect(FILE.sources[source]?.of, part).not.to.be.empty;
    }
    expect(Object.keys(FILE.sources).filter((name) => !priced.some(([, { source }]) => source === name))).to.deep.equal(
      [],
    );
  });
});
