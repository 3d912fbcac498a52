import axe from "axe-core";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { CHECKS } from "../../../../tools/checks";
import { plan } from "../../../../tools/planner/plan";
import { project } from "../../../support/plans";
import { describeInBrowser, styleOf } from "./chromium";
import { failingPage, fourStacks, manyStacks } from "./pages";

/** A4 between the page's margins of 12 mm, at 96 pixels per inch. */
const A4_CONTENT = Math.floor(((210 - 24) / 25.4) * 96);
const SCHEMES = ["light", "dark"] as const;
const height = 900;

/** What axe finds, as `RULE: ELEMENT`. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))`,
  );
}

/** Tables that are wider than the region they scroll in, by their captions. */
function cutTables(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `[...document.querySelectorAll(".scroll")].filter((region) => region.scrollWidth > region.clientWidth).map((region) => region.getAttribute("aria-label"))`,
  );
}

const openAll = (page: Page): Promise<void> =>
  page.evaluate(`for (const details of document.querySelectorAll("details")) details.open = true`);

// Review of first contact, rows 3, 7 and 9, and "The page".
describeInBrowser("the page in a browser", (window) => {
  let html: string;
  let many: string;
  before(async () => {
    html = await fourStacks();
    many = await manyStacks();
  });
  after(() => {
    expect(window.complaints).to.deep.equal([]);
  });

  for (const width of [390, 1280, 2560]) {
    for (const colorScheme of SCHEMES) {
      it(`has nothing that axe objects to, ${String(width)} px wide, in ${colorScheme} colours, with all evidence open`, async () => {
        const page = await window.open(html, { viewport: { width, height }, colorScheme });
        await openAll(page);
        await page.locator(".matrix button:visible").first().click();
        expect(await violations(page)).to.deep.equal([]);
        await page.close();
      });
    }
  }

  it("does not scroll sideways on any screen, with few spokes or many", async () => {
    for (const each of [html, many]) {
      for (const width of [390, 768, 1280, 1600, 2560]) {
        const page = await window.open(each, { viewport: { width, height } });
        await openAll(page);
        expect(await page.evaluate("document.documentElement.scrollWidth"), String(width)).to.equal(width);
        await page.close();
      }
    }
  });

  it("cuts no table from 1,280 px on", async () => {
    for (const width of [1280, 1600, 2560]) {
      const page = await window.open(html, { viewport: { width, height } });
      await openAll(page);
      expect(await cutTables(page), String(width)).to.deep.equal([]);
      await page.close();
    }
  });

  it("uses the width of a large screen", async () => {
    const page = await window.open(html, { viewport: { width: 2560, height } });
    expect((await page.locator("table.quotas").boundingBox())?.width).to.be.above(1700);
    const [picture, key] = [page.locator(".picture.wide"), page.locator(".key")];
    expect((await picture.boundingBox())?.width).to.equal(1440);
    expect((await key.boundingBox())!.x).to.be.above((await picture.boundingBox())!.x + 1440);
    await page.close();
  });

  it("shows the wide picture in a window and on paper, and the narrow one on a telephone", async () => {
    const shown = async (width: number, media: "screen" | "print"): Promise<(string | null)[]> => {
      const page = await window.open(html, { viewport: { width, height } });
      await page.emulateMedia({ media });
      const all = await page.locator(".picture:visible").all();
      const names = await Promise.all(all.map((picture) => picture.getAttribute("class")));
      await page.close();
      return names;
    };
    expect(await shown(1280, "screen")).to.deep.equal(["picture wide"]);
    expect(await shown(390, "screen")).to.deep.equal(["picture narrow"]);
    expect(await shown(390, "print")).to.deep.equal(["picture wide"]);
  });

  it("has a link to each check, which opens its evidence, in the page and from outside", async () => {
    const outside = await window.open(html, { viewport: { width: 1280, height } }, "#check-spokes-are-isolated");
    const check = outside.locator("#check-spokes-are-isolated");
    expect(await check.locator(".evidence").isVisible()).to.equal(true);
    expect((await check.boundingBox())!.y).to.be.within(0, height);
    for (const { name } of CHECKS) {
      const link = outside.locator(`#check-${name} a.anchor`);
      if ((await link.count()) === 0) continue;
      await link.click();
      expect(await outside.evaluate("location.hash")).to.equal(`#check-${name}`);
      // The browser reports the new hash after the click.
      await outside.locator(`#check-${name} .evidence`).waitFor({ state: "visible" });
    }
    expect(await outside.locator(".check a.anchor").count()).to.be.above(20);
    await outside.close();
  });

  it("begins with the checks that fail: in the title, in the header, and with open evidence before the picture", async () => {
    const failing = failingPage(await plan(project), "spokes-are-isolated", ["dev", "prod"]);
    const page = await window.open(failing, { viewport: { width: 1280, height } });
    const [total] = /of (\d+) checks/.exec(await page.title())?.slice(1) ?? [];
    const verdict = `${String(Number(total) - 1)} of ${String(total)} checks pass; spokes-are-isolated fails in dev, prod`;
    expect(await page.title()).to.match(new RegExp(`^✗ ${verdict} · `));
    expect(await page.locator("header .verdict").innerText()).to.equal(`✗ ${verdict}`);
    const failed = page.locator(".failed #check-spokes-are-isolated");
    expect(await failed.locator("dt").allInnerTexts()).to.deep.equal(["dev and prod"]);
    const evidence = failed.getByText("what is wrong in dev");
    expect(await evidence.isVisible()).to.equal(true);
    expect((await evidence.boundingBox())!.y).to.be.below(height);
    expect((await evidence.boundingBox())!.y).to.be.below((await page.locator(".picture.wide").boundingBox())!.y);
    expect(await page.locator('[id="check-spokes-are-isolated"]').count()).to.equal(1);
    await page.close();
  });

  it("keeps every table within an A4 sheet, with its colours, whatever the colours of the screen", async () => {
    for (const each of [html, many]) {
      const page = await window.open(each, { viewport: { width: A4_CONTENT, height }, colorScheme: "dark" });
      await openAll(page);
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      const tables = page.locator("table:visible");
      for (const table of await tables.all()) {
        const box = (await table.boundingBox())!;
        expect(box.x + box.width, (await table.locator("caption").textContent()) ?? "").to.be.at.most(A4_CONTENT);
      }
      expect(await page.evaluate("document.documentElement.scrollWidth")).to.equal(A4_CONTENT);
      const swatch = ".swatch.bar-private";
      expect(await styleOf(page, swatch, "backgroundColor")).to.equal("rgb(53, 105, 176)");
      expect(await styleOf(page, swatch, "printColorAdjust")).to.equal("exact");
      expect(await styleOf(page, "h1", "color")).to.equal("rgb(28, 35, 45)");
      await page.close();
    }
  });

  it("prints on a few A4 sheets", async () => {
    const page = await window.open(html, { viewport: { width: 1280, height } });
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, wide, high]) =>
      [wide, high].map((points) => Math.round((Number(points) / 72) * 25.4)),
    );
    // Seventeen, with the platforms of three spokes.
    expect(sheets.length).to.be.within(6, 18);
    for (const sheet of sheets) expect(sheet).to.deep.equal([210, 297]);
    await page.close();
  });
});
