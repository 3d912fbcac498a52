import { readFileSync } from "node:fs";
import { expect } from "chai";
import { isCompared } from "../../../verify/live/rule";
import { LIVE_TABLES } from "../../../verify/live/tables";
import { schemaOf } from "./schema";

describe("docs/verify.md", () => {
  it("counts the types, and the properties that are compared and that are not", () => {
    const page = readFileSync("docs/verify.md", "utf8").replace(/\s+/g, " ");
    const rules = [...LIVE_TABLES].flatMap(([type, rows]) => [...schemaOf(type).keys()].map((name) => rows[name]));
    const compared = rules.filter((rule) => rule !== undefined && isCompared(rule)).length;
    const [all, others] = [rules.length, rules.length - compared].map((count) => count.toLocaleString("en"));
    expect(page).to.contain(`each of the ${String(LIVE_TABLES.size)} resource types`);
    expect(page).to.contain(`list the ${all ?? ""} properties`);
    expect(page).to.contain(`**${String(compared)} properties are compared.**`);
    expect(page).to.contain(`**The other ${others ?? ""} are compared only where the program sets them.**`);
  });
});
