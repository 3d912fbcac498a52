import { changesBetween, isEmpty, type NamedResources } from "../../planner/changes/changes";
import { awsChanges } from "../../planner/changes/aws-changes";
import { knownToReplace } from "../../planner/changes/replacement";
import { changesSection } from "../../report/terminal/changes";
import type { Io } from "../terminal";
import { watchFiles } from "./files";
import type { Planned, PlanOnce } from "./plan-once";
import { servePage } from "./server";
import { verdictInWords, verdictOf } from "../../report/view/checks";

export interface WatchOptions {
  readonly planOnce: PlanOnce;
  /** Port of the page on this machine; 0 for one that is free. */
  readonly port: number;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/**
 * Plans now and whenever configuration or code changes: prints the verdict and what has changed since the first plan, and
 * serves the page, which reloads itself. When a plan fails, the last good page stays, with the error on top.
 *
 * @returns when the signal is aborted
 * @throws Node's error when files cannot be watched or the port is taken
 */
export async function watchProject({ planOnce, port, signal }: WatchOptions, io: Io): Promise<void> {
  const server = await servePage({ html: undefined, error: undefined }, port);
  let html: string | undefined;
  let first: readonly NamedResources[] | undefined;
  const show = (planned: Planned): void => {
    if ("error" in planned) {
      io.err(`${time()}  The plan failed. ${planned.error}\n`);
      server.show({ html, error: planned.error });
      return;
    }
    html = planned.html;
    first ??= planned.stacks;
    io.out(
      [`${time()}  ${verdictInWords(verdictOf(planned.checks))}`, ...sinceStart(first, planned.stacks, io), ""].join(
        "\n",
      ),
    );
    server.show({ html, error: undefined });
  };

  let isDirty = true;
  let wake: () => void = () => undefined;
  const changed = (): void => {
    isDirty = true;
    wake();
  };
  try {
    const files = watchFiles(io.folder, changed);
    try {
      io.out(`Watching the configuration and the code. ${server.address} shows the plan. Ctrl-C ends.\n`);
      signal.addEventListener("abort", () => {
        wake();
      });
      while (!signal.aborted) {
        if (!isDirty) await new Promise<void>((resolve) => (wake = resolve));
        if (signal.aborted) break;
        isDirty = false;
        const planned = await planOnce(signal).catch((error: unknown) => ({ error: String(error) }));
        if (!signal.aborted) show(planned);
      }
    } finally {
      files.close();
    }
  } finally {
    await server.close();
  }
}

/** What has changed since the first plan, as `--set` shows it; nothing when nothing has. */
function sinceStart(first: readonly NamedResources[], now: readonly NamedResources[], io: Io): string[] {
  // The code may have got types since that this process does not know.
  const changes = changesBetween(first, now, (type) => knownToReplace(type) ?? []);
  if (Object.values(changes).every((each) => isEmpty(awsChanges(each)))) return [];
  // The page shows the plan and not what changed since the watch started.
  return changesSection(changes, io.paint, { title: "What changed since the start", onPage: false });
}

/** `14:03:59`. */
function time(): string {
  return new Date().toTimeString().slice(0, 8);
}
