import { createServer } from "node:net";
import { UsageError, UserError } from "../io/errors";

/** Ports that need no special rights. */
const FIRST = 1024;
const LAST = 65_535;

/**
 * Port of a tunnel on this machine: the named one, or a free one that the operating system chooses.
 *
 * @param named as it was typed
 * @throws UsageError for a port out of range, UserError for one that is in use
 */
export async function localPort(named: string | undefined): Promise<number> {
  const port = named === undefined ? 0 : Number(named);
  if (named !== undefined && (port < FIRST || port > LAST)) {
    throw new UsageError(`--port is "${named}": must be a number from ${String(FIRST)} to ${String(LAST)}.`);
  }
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      reject(isTaken ? new UserError(`Port ${String(port)} is in use: pass another --port, or none.`) : error);
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  });
}
