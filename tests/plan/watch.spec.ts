import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments, UsageError } from "../../plan/arguments";
import type { PlannedResource } from "../../plan/engine/resource";
import { plainPaint } from "../../plan/report/paint";
import { watchCommand } from "../../plan/watch/command";
import { watchFiles } from "../../plan/watch/files";
import { livePage } from "../../plan/watch/live-page";
import { planInChild, type Planned } from "../../plan/watch/plan-once";
import { servePage, type PageServer } from "../../plan/watch/server";
import { verdictOf } from "../../plan/watch/verdict";
import { watchProject } from "../../plan/watch/watch";
import { Copy } from "./start";

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;sha256-AAAA&#39;; style-src &#39;sha256-BBBB&#39;; base-uri &#39;none&#39;">
<title>Network plan</title>
</head>
<body>
<main>the plan</main>
</body>
</html>
`;

/** Milliseconds for what starts a plan in another process, on a machine that does much else. */
const SLOW = 240_000;

interface Answer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

const ask = (address: string, path: string, method = "GET", headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(new URL(address), { path, method, headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    });
    asked.on("error", reject).end();
  });

/** Waits until something is so; fails after ten seconds. */
const until = async (what: string, isSo: () => boolean): Promise<void> => {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 400) throw new Error(`it never happened: ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
};

describe("the page that is watched", () => {
  const policyOf = (html: string): string[] =>
    (/Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "").replaceAll("&#39;", "'").split("; ");

  it("is the page on disk, and a script whose hash its policy has, and which may only connect to its server", () => {
    const html = livePage({ html: PAGE, error: undefined }, "run-1");
    const [, script = ""] = /<script>(.*)<\/script>/.exec(html) ?? [];
    expect(script).to.equal(
      'new EventSource("/events").onmessage = ({ data }) => { if (data !== "run-1") location.reload(); };',
    );
    const [none, scripts, styles, base, connect] = policyOf(html);
    expect([none, base, connect]).to.deep.equal(["default-src 'none'", "base-uri 'none'", "connect-src 'self'"]);
    expect(scripts).to.match(/^script-src 'sha256-AAAA' 'sha256-[\w+/]{43}='$/);
    expect(styles).to.match(/^style-src 'sha256-BBBB' 'sha256-[\w+/]{43}='$/);
    expect(html).to.contain("<main>the plan</main>").and.not.to.contain('watch-error"');
  });

  it("has an error on top, as text, above the last good page or alone", () => {
    const error = "The configuration cannot be deployed: <script>$&alert(1)</script>";
    for (const html of [PAGE, undefined]) {
      const shown = livePage({ html, error }, "run-2");
      expect(shown).to.contain(
        '<body>\n<div id="watch-error" role="alert">The plan failed. The configuration cannot be deployed: ' +
          "&lt;script&gt;$&amp;alert(1)&lt;/script&gt;</div>",
      );
      expect(shown.includes("<main>the plan</main>")).to.equal(html !== undefined);
      expect(policyOf(shown)).to.include("connect-src 'self'");
    }
  });
});

describe("the server of that page", () => {
  let server: PageServer;
  beforeEach(async () => {
    server = await servePage({ html: PAGE, error: undefined }, 0);
  });
  afterEach(() => server.close());

  it("answers / and /events, to a browser on this machine that asked for it by name", async () => {
    expect(server.address).to.match(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const { port } = new URL(server.address);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      const { status, headers, body } = await ask(server.address, "/", "GET", { Host: host });
      expect([status, headers["content-type"]]).to.deep.equal([200, "text/html; charset=utf-8"]);
      expect(body).to.contain("<main>the plan</main>");
      expect(headers).to.deep.include({
        "cache-control": "no-store",
        "cross-origin-resource-policy": "same-origin",
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
      });
      expect(headers).not.to.have.property("access-control-allow-origin");
    }
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1.evil.example:${port}`]) {
      const { status, body } = await ask(server.address, "/", "GET", { Host: host });
      expect([status, body]).to.deep.equal([403, "This server answers to 127.0.0.1 and localhost only.\n"]);
    }
  });

  it("answers nothing else", async () => {
    for (const path of ["/../package.json", "/%2e%2e/package.json", "/Pulumi.yaml", "/?x", "//", "/events?"]) {
      expect((await ask(server.address, path)).status).to.equal(404);
    }
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      const { status, headers } = await ask(server.address, "/", method);
      expect([status, headers["allow"]]).to.deep.equal([405, "GET, HEAD"]);
    }
    const { status, body } = await ask(server.address, "/", "HEAD");
    expect([status, body]).to.deep.equal([200, ""]);
  });

  it("listens on the loopback address only", async () => {
    const { port } = new URL(server.address);
    const others = Object.values(networkInterfaces()).flatMap((all = []) =>
      all.filter(({ internal, family }) => !internal && family === "IPv4").map(({ address }) => address),
    );
    for (const address of others) {
      const error: unknown = await ask(`http://${address}:${port}/`, "/").catch((reason: unknown) => reason);
      expect(error).to.have.property("code", "ECONNREFUSED");
    }
  });

  it("tells open pages of another version", async () => {
    const seen: string[] = [];
    const asked = request(new URL("/events", server.address), (response) => {
      response.setEncoding("utf8").on("data", (text: string) => seen.push(text));
    }).end();
    await until("the first event", () => seen.length === 1);
    server.show({ html: PAGE, error: "no" });
    await until("the second event", () => seen.length === 2);
    expect(seen[0]).to.match(/^data: \d+-\d+-0\n\n$/);
    expect(seen[1]).to.match(/^data: \d+-\d+-1\n\n$/);
    const version = seen[1]?.slice("data: ".length).trim() ?? "";
    expect((await ask(server.address, "/")).body).to.contain(`data !== "${version}"`);
    asked.destroy();
  });
});

describe("watching files", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "watch-"));
    for (const name of ["components", "tests", "out", "node_modules", ".git"]) mkdirSync(join(folder, name));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("reports configuration, code and new folders, changes that belong together once, and nothing else", async () => {
    let count = 0;
    const files = watchFiles(folder, () => (count += 1));
    const wait = (): Promise<void> => new Promise((done) => setTimeout(done, 600));
    try {
      for (const name of [
        "tests/a.ts",
        "out/plan.html",
        "out/b.json",
        "node_modules/c.js",
        ".git/d.json",
        "notes.txt",
      ]) {
        writeFileSync(join(folder, name), "x");
      }
      await wait();
      expect(count).to.equal(0);
      writeFileSync(join(folder, "Pulumi.dev.yaml"), "config: {}");
      writeFileSync(join(folder, "Pulumi.hub.yaml"), "config: {}");
      writeFileSync(join(folder, "components", "hub.ts"), "x");
      await until("the change of configuration", () => count === 1);
      await wait();
      expect(count).to.equal(1);
      mkdirSync(join(folder, "components", "new"));
      await until("the new folder", () => count === 2);
      writeFileSync(join(folder, "components", "new", "prices.json"), "{}");
      await until("the file in the new folder", () => count === 3);
      rmSync(join(folder, "components", "new"), { recursive: true });
      await until("the folder that is gone", () => count === 4);
    } finally {
      files.close();
    }
  });
});

describe("npm start -- --watch", () => {
  const vpc = (cidrBlock: string): PlannedResource => ({
    ...{ type: "aws:ec2/vpc:Vpc", name: "dev", parent: null, inputs: { cidrBlock }, dependsOn: [] },
    inputDependencies: {},
    options: { protect: false, ignoreChanges: [], provider: null },
  });
  const good = (cidr: string, passed = true): Planned => ({
    html: PAGE.replace("the plan", `the plan of ${cidr}`),
    checks: [
      { name: "cidrs-do-not-overlap", stack: "dev", passed, evidence: [] },
      { name: "spokes-are-isolated", stack: "dev", passed: true, evidence: [] },
    ],
    stacks: [{ name: "dev", resources: [vpc(cidr)] }],
  });

  it("prints the verdict and the changes since the start, keeps the last good page on an error, and ends cleanly", async () => {
    const folder = mkdtempSync(join(tmpdir(), "watch-"));
    const plans: Planned[] = [
      good("10.1.0.0/16"),
      good("10.9.0.0/16", false),
      { error: "az-count is 9" },
      good("10.1.0.0/16"),
    ];
    let [out, err] = ["", ""];
    const ended = new AbortController();
    const watching = watchProject(
      { planOnce: () => Promise.resolve(plans.shift() ?? { error: "no more" }), port: 0, signal: ended.signal },
      { folder, out: (text) => void (out += text), err: (text) => void (err += text), paint: plainPaint },
    );
    const change = (): void => {
      writeFileSync(join(folder, "Pulumi.yaml"), String(plans.length));
    };
    await until("the first plan", () => out.includes("2 of 2 checks pass"));
    const [, address = ""] = /(http:\S+) shows the plan\. Ctrl-C ends\./.exec(out) ?? [];
    const page = async (): Promise<string> => (await ask(address, "/")).body;
    expect(await page())
      .to.contain("the plan of 10.1.0.0/16")
      .and.not.to.contain('role="alert"');

    out = "";
    change();
    await until("the second plan", () => out !== "");
    expect(
      out
        .replace(/^\d\d:\d\d:\d\d/, "TIME")
        .split("\n")
        .slice(0, 4),
    ).to.deep.equal([
      "TIME  1 of 2 checks pass; cidrs-do-not-overlap fails in dev",
      "",
      "What changed since the start",
      "  dev: 1 to replace; nothing to create, update in place or delete",
    ]);
    expect(await page()).to.contain("the plan of 10.9.0.0/16");

    change();
    await until("the error", () => err !== "");
    expect(err.replace(/^\d\d:\d\d:\d\d/, "TIME")).to.equal("TIME  The plan failed. az-count is 9\n");
    const failed = await page();
    expect(failed)
      .to.contain('role="alert">The plan failed. az-count is 9</div>')
      .and.to.contain("the plan of 10.9.0.0/16");

    out = "";
    change();
    await until("the recovery", () => out !== "");
    expect(out.replace(/^\d\d:\d\d:\d\d/, "TIME")).to.equal("TIME  2 of 2 checks pass\n");
    expect(await page())
      .to.contain("the plan of 10.1.0.0/16")
      .and.not.to.contain('role="alert"');

    ended.abort();
    await watching;
    const error: unknown = await ask(address, "/").catch((reason: unknown) => reason);
    expect(error).to.have.property("code", "ECONNREFUSED");
    rmSync(folder, { recursive: true });
  });

  it("plans with the code as it is then, and says why a plan fails", async function () {
    this.timeout(SLOW);
    const copy = new Copy();
    try {
      const planOnce = planInChild(copy.folder, ["--set=dev:az-count=3", "--"]);
      const { signal } = new AbortController();
      const planned = await planOnce(signal);
      if ("error" in planned) throw new Error(planned.error);
      expect(planned.html).to.match(/^<!doctype html>/);
      expect(verdictOf(planned.checks)).to.match(/^(\d+) of \1 checks pass$/);
      const dev = planned.stacks.find(({ name }) => name === "dev");
      expect(dev?.resources.map(({ name }) => name)).to.include("dev-private-3");
      copy.configure("dev", "aws:region: ap-southeast-3", "piksel-network:az-count: 9");
      const refused = await planInChild(copy.folder, [])(signal);
      expect(refused).to.have.property("error").that.contains("az-count is 9");
    } finally {
      copy.remove();
    }
  });

  it("is refused beside options that end with one plan, and so is a port that is none", async () => {
    for (const [option, ...rest] of [
      ["--json", "-"],
      ["--picture", "x.svg"],
      ["--why", "cidrs-do-not-overlap"],
    ]) {
      expect(() => readArguments(["--watch", option ?? "", ...rest])).to.throw(
        UsageError,
        `--watch and ${option ?? ""} cannot be combined.`,
      );
    }
    expect(() => readArguments(["--port", "8080"])).to.throw(UsageError, "--port is for --watch.");
    const io = { folder: ".", out: () => undefined, err: () => undefined, paint: plainPaint };
    for (const port of ["65536", "-1", "http", "80.5", ""]) {
      const error: unknown = await watchCommand({ args: [], port }, io).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(UsageError);
      expect(String(error)).to.contain(`--port ${port}: must be a number from 0 to 65535`);
    }
    const server = await servePage({ html: PAGE, error: undefined }, 0);
    const { port } = new URL(server.address);
    const error: unknown = await watchCommand({ args: [], port }, io).catch((reason: unknown) => reason);
    expect(String(error)).to.contain(`Port ${port} is in use: name another with --port, or leave --port out.`);
    await server.close();
  });
});
