import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { digest } from "../report/html/assets";
import { markup, Markup } from "../report/html/markup";

/** The only address that it listens on, so that no other machine reaches it. */
const LOOPBACK = "127.0.0.1";

const HEADERS = {
  "Cache-Control": "no-store",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
} as const;

export interface PageServer {
  /** `http://127.0.0.1:PORT/`. */
  readonly address: string;
  /** Shows something else; open pages reload. */
  readonly show: (shown: Shown) => void;
  readonly close: () => Promise<void>;
}

/**
 * Serves one page to this machine. Answers only GET and HEAD of `/` and `/events`, and only to a browser that requested
 * this machine by name, so that no other site reads the plan through a name that it points here (DNS rebinding).
 *
 * @param port 0 for one that is free
 * @throws Node's error when it cannot listen, EADDRINUSE for a port that is taken
 */
export async function servePage(shown: Shown, port: number): Promise<PageServer> {
  // Different for each server, so that pages of an earlier server reload.
  const run = `${String(Date.now())}-${String(process.pid)}`;
  let current = shown;
  let count = 0;
  const version = (): string => `${run}-${String(count)}`;
  const listeners = new Set<ServerResponse>();

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { port: own } = server.address() as AddressInfo;
    const end = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { ...HEADERS, "Content-Type": "text/plain; charset=utf-8", ...headers });
      response.end(request.method === "HEAD" ? undefined : text);
    };
    if (![`${LOOPBACK}:${String(own)}`, `localhost:${String(own)}`].includes(request.headers.host ?? "")) {
      end(403, "This server answers to 127.0.0.1 and localhost only.\n");
    } else if (request.method !== "GET" && request.method !== "HEAD") {
      end(405, "Only GET and HEAD are allowed.\n", { Allow: "GET, HEAD" });
    } else if (request.url === "/") {
      end(200, livePage(current, version()), { "Content-Type": "text/html; charset=utf-8" });
    } else if (request.url === "/events" && request.method === "GET") {
      response.writeHead(200, { ...HEADERS, "Content-Type": "text/event-stream" });
      response.write(event(version()));
      listeners.add(response);
      response.on("close", () => listeners.delete(response));
    } else {
      end(404, "There is nothing here but /.\n");
    }
  };

  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    address: `http://${LOOPBACK}:${String((server.address() as AddressInfo).port)}/`,
    show: (next) => {
      current = next;
      count += 1;
      for (const listener of listeners) listener.write(event(version()));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** A message of a stream of server-sent events (HTML Living Standard, "Server-sent events"). */
function event(data: string): string {
  return `data: ${data}\n\n`;
}

/** What a browser shows. */
interface Shown {
  /** The last page that was planned; undefined when there is none yet. */
  readonly html: string | undefined;
  /** Why the latest plan failed; undefined when it did not. */
  readonly error: string | undefined;
}

const STYLE = `
#watch-error { position: sticky; top: 0; z-index: 10; margin: 0; padding: 1rem; max-height: 50vh; overflow: auto;
  background: #8b0000; color: #fff; white-space: pre-wrap; font: 14px/1.5 ui-monospace, monospace; }
`;

const EMPTY = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;none&#39;; style-src &#39;none&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;">
<title>Network plan</title>
</head>
<body>
</body>
</html>
`;

/**
 * The page as it is served while it is watched: it reloads when the server has another version, and shows an error on top.
 * Its Content Security Policy allows what that needs: one more script, one more style, and a connection to its own server.
 *
 * @param version of this page, as the server's events name it
 */
export function livePage({ html, error }: Shown, version: string): string {
  const script = reloadScript(version);
  const banner =
    error === undefined ? "" : markup`<div id="watch-error" role="alert">The plan failed. ${error}</div>`.text;
  return withPolicy(html ?? EMPTY, script)
    .replace(/<\/head>/, () => `<style>${STYLE}</style>\n</head>`)
    .replace(/<body>/, () => `<body>\n${banner}`)
    .replace(/<\/body>/, () => `<script>${new Markup(script).text}</script>\n</body>`);
}

/** Reloads the page when an event names another version; the browser connects again by itself. */
function reloadScript(version: string): string {
  return `new EventSource("/events").onmessage = ({ data }) => { if (data !== ${JSON.stringify(version)}) location.reload(); };`;
}

/** @throws Error for a page without a policy of the form that this program writes */
function withPolicy(html: string, script: string): string {
  const found = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html);
  const [tag, content] = found ?? [];
  if (tag === undefined || content === undefined) throw new Error("the page has no Content Security Policy");
  const directives = new Map(
    content
      .replaceAll("&#39;", "'")
      .split(";")
      .map((directive) => directive.trim().split(/ (.*)/s))
      .map(([name = "", values = ""]) => [name, values] as const),
  );
  const allow = (directive: string, source: string): void => {
    const values = directives.get(directive) ?? "";
    directives.set(directive, values === "" || values === "'none'" ? source : `${values} ${source}`);
  };
  allow("script-src", digest(script));
  allow("style-src", digest(STYLE));
  allow("connect-src", "'self'");
  const policy = [...directives].map(([name, values]) => `${name} ${values}`.trim()).join("; ");
  return html.replace(tag, () => tag.replace(content, () => policy.replaceAll("'", "&#39;")));
}
