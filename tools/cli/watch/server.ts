import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { livePage, type Shown } from "./live-page";

/** The only address it listens on: nobody else on the network reaches it. */
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
 * Serves one page to this machine. Answers GET and HEAD of `/` and `/events` alone, and only to a browser that asked for
 * this machine by name, so that no other site reads the plan through a name that it points here (DNS rebinding).
 *
 * @param port 0 for one that is free
 * @throws Node's error when it cannot listen, EADDRINUSE for a port that is taken
 */
export async function servePage(shown: Shown, port: number): Promise<PageServer> {
  // Another one for each server, so that a page of an earlier one reloads, too.
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
