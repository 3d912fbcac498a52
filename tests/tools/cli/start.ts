import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../../tools/cli/plan";
import { plainPaint } from "../../../tools/io/terminal";
import { FIXTURE } from "../../support/fixture";

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A copy of the fixture project's configuration in a folder of its own, to plan and to spoil. */
export class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), "plan-"));

  /** @param alarms whether it has alarms, as the fixture project has. @default no */
  constructor({ alarms = false }: { readonly alarms?: boolean } = {}) {
    cpSync(FIXTURE, this.folder, { recursive: true });
    if (alarms) return;
    const declared = readFileSync(this.path("Pulumi.yaml"), "utf8");
    writeFileSync(this.path("Pulumi.yaml"), declared.replace(/(\n {2}alarms:\n[^]*?default: )true/, "$1false"));
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /** Writes the configuration of a stack anew, `KEY: VALUE` a line. */
  configure(stack: string, ...lines: readonly string[]): void {
    writeFileSync(this.path(`Pulumi.${stack}.yaml`), ["config:", ...lines.map((line) => `  ${line}`)].join("\n"));
  }

  /** What `npm start -- ARGV` does here. */
  async start(...argv: readonly string[]): Promise<Result> {
    let [out, err] = ["", ""];
    const code = await main(argv, {
      folder: this.folder,
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      paint: plainPaint,
    });
    return { code, out, err };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
