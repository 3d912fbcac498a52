import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { expect } from "chai";
import { FIXTURE } from "../../support/fixture";
import { Machine, type Plugin } from "./support";

/** Starts the command as `npm run tunnel` does, in a process group of its own as a shell does. */
function start(machine: Machine, argv: readonly string[]): ChildProcess {
  const words = ["--require", resolve("tools/cli/start.cjs"), resolve("tools/tunnel/tunnel.ts"), ...argv];
  return spawn(process.execPath, words, {
    cwd: FIXTURE,
    env: { ...process.env, ...machine.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

/** Waits until a process has printed a text. */
function printed(child: ChildProcess, text: string): Promise<string> {
  return new Promise((done, fail) => {
    let out = "";
    child.stdout?.setEncoding("utf8").on("data", (part: string) => {
      out += part;
      if (out.includes(text)) done(out);
    });
    child.stderr?.setEncoding("utf8").on("data", (part: string) => (out += part));
    child.on("close", () => {
      fail(new Error(`It ended before it printed "${text}": ${out}`));
    });
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.on("close", done));
}

describe("npm run tunnel leaves no process and no folder behind", () => {
  let machine: Machine;
  afterEach(() => {
    machine.remove();
  });

  const cases: readonly (readonly [NodeJS.Signals, Plugin])[] = [
    ["SIGINT", "open"],
    ["SIGTERM", "open"],
    ["SIGHUP", "open"],
    ["SIGINT", "deaf"],
  ];
  for (const [signal, plugin] of cases) {
    it(`after ${signal} to its process group, with a plugin that is ${plugin === "deaf" ? "deaf to it" : "in order"}`, async () => {
      machine = new Machine({ plugin });
      const child = start(machine, ["dev"]);
      const end = ended(child);
      await printed(child, "Ctrl-C closes the tunnel.\n");
      expect(machine.processes.length).to.equal(2);
      expect(machine.temporaryFiles.length).to.equal(1);
      // A terminal signals the group, and npm signals its child once more.
      process.kill(-(child.pid ?? 0), signal);
      process.kill(child.pid ?? 0, signal);
      expect(await end).to.equal(0);
      expect({ processes: machine.processes, files: machine.temporaryFiles }).to.deep.equal({
        processes: [],
        files: [],
      });
    });
  }

  it("after SIGTERM while a command runs, which gets the signal too", async () => {
    machine = new Machine();
    const child = start(machine, [
      "dev",
      "--",
      process.execPath,
      "-e",
      "console.log('runs'); setInterval(() => 0, 9999)",
    ]);
    const end = ended(child);
    await printed(child, "runs\n");
    process.kill(child.pid ?? 0, "SIGTERM");
    expect(await end).to.equal(143);
    expect({ processes: machine.processes, files: machine.temporaryFiles }).to.deep.equal({ processes: [], files: [] });
  });

  it("after Ctrl-C while the session opens", async () => {
    machine = new Machine({ plugin: "silent" });
    const child = start(machine, ["dev"]);
    const end = ended(child);
    while (machine.processes.length < 2) await new Promise((next) => setTimeout(next, 50));
    process.kill(-(child.pid ?? 0), "SIGINT");
    expect(await end).to.equal(0);
    expect({ processes: machine.processes, files: machine.temporaryFiles }).to.deep.equal({ processes: [], files: [] });
  });
}).timeout(30_000);
