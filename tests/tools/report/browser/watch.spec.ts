import { expect } from "chai";
import { servePage, type PageServer } from "../../../../tools/cli/page-server";
import { describeInBrowser, styleOf } from "./chromium";
import { fourStacks } from "./pages";

describeInBrowser("the watched page in a browser", (window) => {
  let server: PageServer | undefined;
  after(() => server?.close());

  it("reloads itself under its own policy, shows an error on top, and removes it", async () => {
    const html = await fourStacks();
    server = await servePage({ html, error: undefined }, 0);
    const { origin } = new URL(server.address);
    const tab = await window.visit(server.address, {}, (url) => new URL(url).origin === origin);
    expect(await tab.locator("[role=alert]").count()).to.equal(0);

    server.show({ html, error: "az-count of dev is 9: <b>must</b> be 2 or 3" });
    const alert = tab.locator("[role=alert]");
    await alert.waitFor();
    expect(await alert.textContent()).to.equal("The plan failed. az-count of dev is 9: <b>must</b> be 2 or 3");
    expect(await styleOf(tab, "[role=alert]", "backgroundColor")).to.equal("rgb(139, 0, 0)");
    expect(await tab.locator("main h1").count()).to.equal(1);

    server.show({ html, error: undefined });
    await alert.waitFor({ state: "detached" });
    expect(window.complaints).to.deep.equal([]);
    await tab.close();
  });
});
