import { type FSWatcher, readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import type { CheckResult } from "../checks";
import { UsageError } from "../io/errors";
import { runChild } from "../io/processes";
import type { Io } from "../io/terminal";
import { knownToReplace } from "../planner/changes/changed-properties";
import { deployedChanges, isEmpty, type NamedResources } from "../planner/changes/changes";
import { changesBetween } from "../planner/changes/compare";
import { PlanFileError, readPlanFile } from "../report/markdown/plan-file";
import { changesSection } from "../report/terminal/changes";
import { verdictInWords, verdictOf } from "../report/view/checks";
import { servePage } from "./page-server";

interface WatchArguments {
  /** Stacks and `--set` options, as on the command line. */
  readonly args: readonly string[];
  /** Port of the page; 0 for a free one. */
  readonly port: number;
}

/**
 * Runs `npm start -- --watch` until Ctrl-C.
 *
 * @throws UsageError for a port that is taken
 */
export async function watchCommand({ args, port }: WatchArguments, io: Io): Promise<void> {
  const ended = new AbortController();
  const end = (): void => {
    // A second Ctrl-C ends the process at once.
    process.off("SIGINT", end);
    process.off("SIGTERM", end);
    ended.abort();
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  try {
    await watchProject({ planOnce: planInChild(io.folder, args), port, signal: ended.signal }, io);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE" || code === "EACCES") {
      const why = code === "EADDRINUSE" ? "is in use" : "is not allowed here";
      throw new UsageError(`Port ${String(port)} ${why}: name another with --port, or leave --port out.`);
    }
    throw error;
  } finally {
    end();
  }
}

interface WatchOptions {
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

/** The changes since the first plan, as `--set` shows them; empty when there are none. */
function sinceStart(first: readonly NamedResources[], now: readonly NamedResources[], io: Io): string[] {
  // The present code may have types that this process does not know.
  const changes = changesBetween(first, now, (type) => knownToReplace(type) ?? []);
  if (Object.values(changes).every((each) => isEmpty(deployedChanges(each)))) return [];
  // The page shows the plan and not what changed since the watch started.
  return changesSection(changes, io.paint, { title: "What changed since the start", onPage: false });
}

/** `14:03:59`. */
function time(): string {
  return new Date().toTimeString().slice(0, 8);
}

/** A plan, or the error. */
export type Planned =
  | {
      /** The page. */
      readonly html: string;
      readonly checks: readonly CheckResult[];
      readonly stacks: readonly NamedResources[];
    }
  | { readonly error: string };

const CODE = join(__dirname, "..", "..");
const LOADER = join(CODE, "tools", "cli", "start.cjs");

type PlanOnce = (signal: AbortSignal) => Promise<Planned>;

/**
 * Plans in a child process, which loads the present code: this process keeps the code that it started with.
 *
 * @param folder of the project
 * @param args of `npm start`: stacks and `--set`
 */
export function planInChild(folder: string, args: readonly string[]): PlanOnce {
  return async (signal) => {
    const command = ["--require", LOADER, join(CODE, "tools", "cli", "plan.ts"), "--json", "-", ...args];
    const { out, err } = await runChild(process.execPath, command, { folder, signal });
    if (out.trim() === "") return { error: reasonOf(err) };
    try {
      const { stacks, checks = [] } = readPlanFile(out, "the plan");
      const html = readFileSync(join(folder, "out", "plan.html"), "utf8");
      return { html, checks, stacks };
    } catch (error) {
      if (error instanceof PlanFileError) return { error: error.message };
      throw error;
    }
  };
}

/** Standard error of a process without the calls of a stack trace: the first lines name a fault in the code. */
export function reasonOf(err: string): string {
  const lines = err
    .trim()
    .split("\n")
    .filter((line) => !/^\s+at /.test(line));
  return lines.join("\n").trim() || "The plan ended without a message.";
}

interface WatchedFiles {
  /** Stops watching. */
  readonly close: () => void;
}

/** Milliseconds without a change after which changes are reported: an editor writes a file in several steps. */
const QUIET = 200;

/**
 * Calls back when configuration or code in a project changes, once for changes that follow each other closely. Folders that
 * are added later are watched, too.
 *
 * @throws Node's error when a folder cannot be watched, for instance ENOSPC when the system's limit of watches is reached
 */
export function watchFiles(project: string, changed: () => void): WatchedFiles {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      watchFolders();
      changed();
    }, QUIET);
  };
  const watchFolders = (): void => {
    const folders = foldersOf(project);
    for (const [folder, watcher] of watchers) {
      if (folders.includes(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      const watcher = watch(folder, (_event, name) => {
        if (name === null || PLANNED_FROM.test(name) || isFolder(join(folder, name))) later();
      });
      // A folder that is removed ends its own watch; its parent reports the change.
      watcher.on("error", () => {
        watcher.close();
        watchers.delete(folder);
      });
      watchers.set(folder, watcher);
    }
  };
  watchFolders();
  return {
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

/** Files that a plan and its page depend on: configuration, code, its data and the styles of the page. */
const PLANNED_FROM = /\.(?:[cm]?[jt]s|css|json|ya?ml)$/;
/** Folders without configuration and without code that a plan runs. */
const OTHER_FOLDERS: readonly string[] = ["docs", "e2e", "node_modules", "out", "tests"];

/** The project's folder and those below it that may have configuration or code. */
function foldersOf(project: string): readonly string[] {
  const below = (folder: string, isTop: boolean): string[] => [
    folder,
    ...entries(folder)
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .filter(({ name }) => !(isTop && OTHER_FOLDERS.includes(name)) && name !== "node_modules")
      .flatMap(({ name }) => below(join(folder, name), false)),
  ];
  return below(project, true);
}

function isFolder(path: string): boolean {
  const name = path.split(/[\\/]/).at(-1) ?? "";
  if (name.startsWith(".") || OTHER_FOLDERS.includes(name)) return false;
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Entries of a folder; none when it has just been removed. */
function entries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
