import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

const PLACES = [
  process.env["CHROME_PATH"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const EXECUTABLE = PLACES.find((path) => path !== "" && existsSync(path));

/** Without the sandbox, which containers do not allow, and without traffic of the browser's own. */
const ARGUMENTS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** Starting a browser and planning take seconds, and minutes on a busy machine. */
const TIMEOUT = 300_000;

/** Pages in a browser, and what they complained of. */
export class Window {
  /** Errors of scripts and of the Content Security Policy, and requests for anything but the page's file. */
  readonly complaints: string[] = [];
  private browser: Browser | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), "page-"));

  async start(): Promise<void> {
    this.browser = await chromium.launch({ executablePath: EXECUTABLE!, args: ARGUMENTS });
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    rmSync(this.folder, { recursive: true });
  }

  /** Opens a page of this HTML, at an anchor; the caller closes it. */
  async open(html: string, options: BrowserContextOptions, anchor = ""): Promise<Page> {
    const file = join(this.folder, "plan.html");
    writeFileSync(file, html);
    return this.visit(`${pathToFileURL(file).href}${anchor}`, options, (url) => url === pathToFileURL(file).href);
  }

  /**
   * Opens an address; the caller closes the page.
   *
   * @param isAllowed whether the page may request a URL, which is given without its anchor
   */
  async visit(address: string, options: BrowserContextOptions, isAllowed: (url: string) => boolean): Promise<Page> {
    const page = await this.browser!.newPage(options);
    page.on("pageerror", ({ message }) => this.complaints.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("request", (request) => {
      const [url = ""] = request.url().split("#");
      if (!isAllowed(url)) this.complaints.push(`request for ${request.url()}`);
    });
    await page.goto(address);
    return page;
  }
}

/** A computed property of the first element that a selector finds. */
export function styleOf(page: Page, selector: string, property: string): Promise<string> {
  return page.evaluate(
    `getComputedStyle(document.querySelector(${JSON.stringify(selector)}))[${JSON.stringify(property)}]`,
  );
}

/** Tests that share a browser; pending where there is none. */
export function describeInBrowser(title: string, body: (window: Window) => void): void {
  if (EXECUTABLE === undefined) {
    describe.skip(`${title} (skipped: no Chromium here; set CHROME_PATH)`, () => {
      body({} as Window);
    });
    return;
  }
  describe(title, function () {
    this.timeout(TIMEOUT);
    const window = new Window();
    before(() => window.start());
    after(() => window.stop());
    body(window);
  });
}
