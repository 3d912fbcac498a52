import { expect } from "chai";
import { request } from "node:http";
import { networkInterfaces } from "node:os";
import { livePage, servePage, type PageServer } from "../../../tools/cli/page-server";
import { ask, PAGE, until } from "./watching";

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
