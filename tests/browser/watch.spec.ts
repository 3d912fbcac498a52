import { expect } from "chai";
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import { findings } from "../../plan/findings";
import { page } from "../../plan/page/page";
import { plan } from "../../plan/plan";
import { servePage, type PageServer } from "../../plan/watch/server";
import { project } from "../support/plans";

const CHROMIUM = "/usr/bin/chromium";
const OFF = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

describe("the page that is watched, in a browser", function () {
  this.timeout(120_000);
  let browser: Browser | undefined;
  let server: PageServer | undefined;

  before(async function () {
    if (!existsSync(CHROMIUM)) this.skip();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: OFF });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  it("reloads itself under its own policy, shows an error on top, and takes it away", async function () {
    if (browser === undefined) return this.skip();
    const planned = await plan(project);
    const html = page({ ...(await findings(project, planned)), plan: planned, changes: undefined });
    server = await servePage({ html, error: undefined }, 0);
    const tab = await browser.newPage();
    const refusals: string[] = [];
    tab.on("console", (message) => {
      if (message.type() === "error") refusals.push(message.text());
    });
    await tab.goto(server.address);
    expect(await tab.locator("[role=alert]").count()).to.equal(0);

    server.show({ html, error: "az-count of dev is 9: <b>must</b> be 2 or 3" });
    const alert = tab.locator("[role=alert]");
    await alert.waitFor();
    expect(await alert.textContent()).to.equal("The plan failed. az-count of dev is 9: <b>must</b> be 2 or 3");
    const style = await tab.evaluate<string>(
      "getComputedStyle(document.querySelector('[role=alert]')).backgroundColor",
    );
    expect(style).to.equal("rgb(139, 0, 0)");
    expect(await tab.locator("main h1").count()).to.equal(1);

    server.show({ html, error: undefined });
    await alert.waitFor({ state: "detached" });
    expect(refusals).to.deep.equal([]);
  });
});
