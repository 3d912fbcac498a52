import { readFileSync } from "node:fs";
import { expect } from "chai";
import { pictureFile } from "../../tools/report/html/picture/picture";
import { plan } from "../../tools/planner/plan";
import { project } from "../support/plans";

describe("the picture in the documentation", () => {
  it("is that of the current plan; npm run picture updates it", async () => {
    expect(readFileSync("docs/network.svg", "utf8")).to.equal(pictureFile(await plan(project)));
  });

  it("loads nothing: no page, no font, no image", () => {
    const file = readFileSync("docs/network.svg", "utf8");
    expect(file).to.match(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(file.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.to.match(/https?:|@import|url\(|<script/);
  });
});
