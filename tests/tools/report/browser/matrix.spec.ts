import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { describeInBrowser, styleOf } from "./chromium";
import { fourStacks, manyStacks } from "./pages";

const SCREENS = [
  { width: 1280, height: 800 },
  { width: 1600, height: 900 },
  { width: 390, height: 844 },
  { width: 820, height: 600 },
];
const [LAPTOP] = SCREENS as [{ width: number; height: number }];

const cell = (page: Page, title: string): Locator => page.locator(`.matrix button[title^="${title}: "]`);
const cells = (page: Page): Locator => page.locator(".matrix button:visible");
const selected = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('.matrix [aria-pressed="true"]')].map(({ title }) => title)`);
const texts = (page: Page): Promise<string[]> => page.locator("#path h3, #path li").allInnerTexts();

/** Keys of the parts of the wide picture that have a class. */
const marked = (page: Page, kind: string): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll(".picture.wide .${kind}")].map(({ dataset }) => dataset.place).sort()`,
  );
const line = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll(".picture.wide polyline")].map((line) => line.getAttribute("points"))`,
  );

/** Whether the cell and the whole path are in the window, and the panel does not cover the cell. */
async function expectInView(page: Page, button: Locator): Promise<void> {
  const { width, height } = page.viewportSize()!;
  const title = (await button.getAttribute("title")) ?? "";
  const [at, heading, last] = [
    (await button.boundingBox())!,
    (await page.locator("#path h3").boundingBox())!,
    (await page.locator("#path li").last().boundingBox())!,
  ];
  for (const box of [at, heading, last]) {
    expect(box.y, title).to.be.at.least(0);
    expect(box.y + box.height, title).to.be.at.most(height);
    expect(box.x, title).to.be.at.least(0);
    expect(box.x + box.width, title).to.be.at.most(width);
  }
  const panel = (await page.locator("#path").boundingBox())!;
  const isApart = at.y + at.height <= panel.y || at.x + at.width <= panel.x;
  expect(isApart, `${title} is not covered`).to.equal(true);
}

// Review of first contact, row 7.
describeInBrowser("the matrix in a browser", (window) => {
  let html: string;
  before(async () => {
    html = await fourStacks();
  });
  after(() => {
    expect(window.complaints).to.deep.equal([]);
  });

  for (const viewport of SCREENS) {
    it(`keeps the selected cell and its path in view, ${String(viewport.width)} × ${String(viewport.height)}`, async () => {
      const page = await window.open(html, { viewport, reducedMotion: "reduce" });
      const all = await cells(page).all();
      const some = all.filter((_, index) => index % 7 === 0 || index >= all.length - 8);
      for (const button of some) {
        await button.click();
        expect(await selected(page)).to.deep.equal([await button.getAttribute("title")]);
        await expectInView(page, button);
      }
      await page.close();
    });
  }

  it("shows each hop, and marks the path in both drawings", async () => {
    const page = await window.open(html, { viewport: LAPTOP });
    await cell(page, "dev-private to ecr.api").click();
    expect(await texts(page)).to.deep.equal([
      "dev-private to ecr.api: yes",
      "dev-private-1: 10.0.0.0/8 → transit gateway",
      "table hub-spokes: 10.0.0.0/16 → hub (propagated)",
      "hub-endpoint-ecr.api: allows tcp 443 from 10.0.0.0/8",
      "arrives",
    ]);
    expect(await marked(page, "passed")).to.deep.equal([
      ...["attachment/dev", "attachment/hub", "endpoint/hub-endpoint-ecr.api", "subnet/dev-private-1"],
      ...["subnet/dev-transit-1", "subnet/hub-transit-1", "table/hub-spokes", "to-hub/dev"],
    ]);
    expect(await marked(page, "end")).to.deep.equal(["endpoint/hub-endpoint-ecr.api"]);
    expect(await page.locator(".picture.narrow .passed").count()).to.equal(8);
    const [points = ""] = await line(page);
    const path = points
      .split(" ")
      .map((point) => point.split(",").map(Number))
      .slice(0, -3);
    for (const [index, [x, y]] of path.entries()) {
      const [fromX, fromY] = path[index - 1] ?? [x, y];
      expect(x === fromX || y === fromY, points).to.equal(true);
    }
    await page.close();
  });

  it("marks where a packet stops that does not arrive", async () => {
    const page = await window.open(html, { viewport: LAPTOP });
    await cell(page, "staging-private to dev-private").click();
    expect(await marked(page, "stop")).to.deep.equal(["table/hub-spokes"]);
    expect(await marked(page, "end")).to.deep.equal([]);
    expect((await texts(page)).at(-1)).to.match(/^dropped/);
    await page.close();
  });

  it("has a path for every cell, which is the same in both drawings", async () => {
    const page = await window.open(html, { viewport: LAPTOP });
    const faults = await page.evaluate<string[]>(`(() => {
      const keys = (form) => [...document.querySelectorAll(".picture." + form + " .passed")].map(({ dataset }) => dataset.place);
      return [...document.querySelectorAll(".matrix button")].flatMap((button) => {
        button.click();
        const [title] = [...document.querySelectorAll("#path h3")].map((each) => each.textContent);
        const isWhole = title === button.title && document.querySelectorAll("#path li").length > 0;
        return isWhole && keys("wide").join() === keys("narrow").join() ? [] : [button.title];
      });
    })()`);
    expect(faults).to.deep.equal([]);
    await page.close();
  });

  it("draws a one-way path broken, in its own colour, and explains it", async () => {
    const page = await window.open(html, { viewport: LAPTOP });
    const oneWay = cell(page, "dev-private to hub-public");
    expect(await styleOf(page, '.matrix [title^="dev-private to hub-public"]', "borderTopStyle")).to.equal("dashed");
    await oneWay.click();
    expect((await texts(page))[0]).to.equal("dev-private to hub-public: one-way: no return route");
    expect(await page.locator(".picture.wide .path").getAttribute("class")).to.equal("path one-way");
    expect(await styleOf(page, ".picture.wide .path", "strokeDasharray")).to.equal("10px, 7px");
    const legend = await page.locator(".marks").innerText();
    expect(legend).to.contain("one-way: no return route");
    expect(legend).to.contain("This is expected: only private subnets use the transit gateway");
    await page.close();
  });

  it("hides the transit subnets until they are asked for, and clears a selection that it hides", async () => {
    const page = await window.open(html, { viewport: LAPTOP });
    const rows = (): Promise<string[]> => page.locator(".matrix tbody th:visible").allInnerTexts();
    const headings = (): Promise<string[]> => page.locator(".matrix th[colspan]:visible").allInnerTexts();
    expect((await rows()).filter((name) => name.endsWith("transit"))).to.deep.equal([]);
    const control = page.getByLabel("Show transit subnets (attachment only)");
    await control.check();
    expect((await rows()).filter((name) => name.endsWith("transit"))).to.deep.equal(
      ["hub", "dev", "staging", "prod"].map((name) => `${name}-transit`),
    );
    expect(await headings()).to.deep.equal(["hub", "dev", "staging", "prod", "services"]);
    await cell(page, "hub-transit to hub-private").click();
    await control.uncheck();
    expect(await selected(page)).to.deep.equal([]);
    expect(await headings()).to.deep.equal(["hub", "dev", "staging", "prod", "services"]);
    expect(await page.locator('.matrix button[tabindex="0"]:visible').count()).to.equal(1);
    await page.close();
  });

  it("clears by Esc, by its button and by a second press, and keeps the focus in the matrix", async () => {
    const page = await window.open(html, { viewport: LAPTOP });
    const button = cell(page, "dev-private to ecr.api");
    const ways: readonly (() => Promise<void>)[] = [
      () => page.keyboard.press("Escape"),
      () => page.getByRole("button", { name: "Clear (Esc)" }).click(),
      () => button.click(),
    ];
    for (const clear of ways) {
      await button.click();
      expect(await selected(page)).to.have.length(1);
      await clear();
      expect(await selected(page)).to.deep.equal([]);
      expect(await marked(page, "passed")).to.deep.equal([]);
      expect(await page.locator("#path").innerText()).to.contain("Select a cell");
      expect(await page.evaluate("document.activeElement.title")).to.equal(await button.getAttribute("title"));
    }
    await page.close();
  });

  it("works by keyboard alone: one stop for Tab, arrow keys over hidden and empty cells, Enter", async () => {
    const page = await window.open(html, { viewport: LAPTOP });
    const focused = (): Promise<string> => page.evaluate<string>("document.activeElement.title");
    const press = async (key: string): Promise<string> => {
      await page.keyboard.press(key);
      return focused();
    };
    await page.locator('.scroll[aria-label="Senders and destinations"]').focus();
    expect(await press("Tab")).to.equal("hub-public to hub-private: yes");
    expect(await press("ArrowUp")).to.equal("hub-public to hub-private: yes");
    // Over hub-private to itself, and over the hidden row of the transit subnets.
    expect(await press("ArrowDown")).to.equal("dev-public to hub-private: no");
    expect(await press("ArrowLeft")).to.equal("dev-public to hub-public: no");
    expect(await press("ArrowDown")).to.equal("dev-private to hub-public: one-way: no return route");
    expect(await press("Enter")).to.equal("dev-private to hub-public: one-way: no return route");
    expect((await texts(page))[0]).to.equal("dev-private to hub-public: one-way: no return route");
    await expectInView(page, cell(page, "dev-private to hub-public"));
    expect(await press("ArrowRight")).to.equal("dev-private to hub-private: yes");
    expect((await texts(page))[0]).to.equal("dev-private to hub-private: yes");
    expect(await press("Escape")).to.equal("dev-private to hub-private: yes");
    expect(await selected(page)).to.deep.equal([]);
    await page.close();
  });

  it("shows the paths of groups of spokes between their cards", async () => {
    const page = await window.open(await manyStacks(), { viewport: LAPTOP });
    await cell(page, "private of spoke-1 and 12 more to ecr.api").click();
    expect(await marked(page, "passed")).to.include.members(["network/spoke-1", "endpoint/hub-endpoint-ecr.api"]);
    await expectInView(page, cell(page, "private of spoke-1 and 12 more to ecr.api"));
    await page.close();
  });
});
