import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { plainPaint } from "../../../tools/report/terminal/paint";
import type { Clients } from "../../../tools/versions/offers";
import { main } from "../../../tools/versions/versions";
import content from "../../fixtures/cluster-versions.json";
import { Copy, type Result } from "../cli/start";
import type { Offered } from "./fake-aws";

export const PATH = "components/facts/cluster-versions.json";
/** Pins that stay as they are, whatever the program's become. */
export const FIXTURE = "tests/fixtures/cluster-versions.json";
export const pinned = content.kubernetes["1.35"];

/** What AWS offers where nothing has changed since the pins were made. */
export const asPinned: Offered = {
  addons: Object.fromEntries(Object.entries(pinned.addons).map(([name, version]) => [name, [version]])),
  arm64: [pinned.amiRelease],
  x86_64: [pinned.amiRelease],
};

/** A copy of the project's configuration and of the pins, on 2026-11-25. */
export class PinnedCopy extends Copy {
  constructor() {
    super();
    mkdirSync(this.path("components", "spoke"), { recursive: true });
    cpSync(FIXTURE, this.path(PATH));
  }

  /** The pins as they stand in the copy. */
  get text(): string {
    return readFileSync(this.path(PATH), "utf8");
  }

  set text(text: string) {
    writeFileSync(this.path(PATH), text);
  }

  /** What `npm run versions -- ARGV` does here. */
  async versions(clients: Clients, ...argv: readonly string[]): Promise<Result> {
    let [out, err] = ["", ""];
    const io = {
      folder: this.folder,
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      paint: plainPaint,
    };
    const code = await main(argv, io, { clients: () => clients, today: () => "2026-11-25" });
    return { code, out, err };
  }
}
