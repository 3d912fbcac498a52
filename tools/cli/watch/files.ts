import { readdirSync, watch, type FSWatcher } from "node:fs";
import { join } from "node:path";

/** Milliseconds without a change after which changes are reported: an editor writes a file in several steps. */
const QUIET = 200;

/** Folders that hold neither configuration nor code that a plan runs. */
const OTHER_FOLDERS: readonly string[] = ["docs", "e2e", "node_modules", "out", "tests"];

/** Files that a plan and its page depend on: configuration, code, its data and the styles of the page. */
const PLANNED_FROM = /\.(?:[cm]?[jt]s|css|json|ya?ml)$/;

export interface WatchedFiles {
  /** Stops watching. */
  readonly close: () => void;
}

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

/** The project's folder and those below it that may hold configuration or code. */
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
