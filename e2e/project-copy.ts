import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseDocument } from "yaml";
import type { Register } from "./register";

/** What the program is made of, beside its packages. */
const PROGRAM = ["index.ts", "components", "package.json", "Pulumi.yaml", "Pulumi.README.md", "tools/cli/start.cjs"];

/**
 * The project in a folder of its own, with a register of its own and a backend beside it: what Pulumi writes into stack
 * files and states stays out of the repository.
 */
export class ProjectCopy {
  /** @param folder of a copy that was made */
  constructor(readonly folder: string) {}

  /** Copies the project in `from`, and the register of the run beside it. */
  static make(from: string, registerFile: string): ProjectCopy {
    const copy = new ProjectCopy(mkdtempSync(join(tmpdir(), "network-e2e-")));
    for (const each of PROGRAM) cpSync(join(from, each), copy.file(each), { recursive: true });
    symlinkSync(resolve(from, "node_modules"), copy.file("node_modules"));
    cpSync(registerFile, copy.registerFile);
    mkdirSync(copy.file("state"));
    return copy;
  }

  /** The register of the whole run. */
  get registerFile(): string {
    return this.file("networks.yaml");
  }

  get backendUrl(): string {
    return `file://${this.file("state")}`;
  }

  /** Where all goes that the engine says. */
  get log(): string {
    return this.file("pulumi.log");
  }

  /** Writes the register that the stacks read from now on. */
  setNetworks(networks: Register): void {
    const document = parseDocument(readFileSync(this.file("Pulumi.yaml"), "utf8"));
    const lines = Object.values(networks).map(({ name, cidr, account }) => [name, { cidr, account }] as const);
    document.setIn(["config", "networks", "default"], Object.fromEntries(lines));
    writeFileSync(this.file("Pulumi.yaml"), document.toString());
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private file(name: string): string {
    return join(this.folder, name);
  }
}
