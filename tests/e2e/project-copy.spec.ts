import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect } from "chai";
import { ProjectCopy } from "../../e2e/stacks";
import { cloud } from "../../tools/planner/doubles/cloud";
import { type Program, run } from "../../tools/planner/engine/run";
import { planStack } from "../../tools/planner/plan";
import { configForProgram, readProject, stackConfig } from "../../tools/planner/project/project";
import { project } from "../support/plans";

describe("the copy of the project that an end-to-end run deploys", () => {
  const copies: ProjectCopy[] = [];
  const copyOf = (from: string): ProjectCopy => {
    const copy = ProjectCopy.make(from, "e2e/networks.yaml");
    copies.push(copy);
    return copy;
  };
  afterEach(() => {
    for (const copy of copies.splice(0)) copy.remove();
  });

  it("is complete: its program plans the same hub and spoke with a cluster", async () => {
    const { folder } = copyOf(".");
    const program = require(join(folder, "index.ts")) as Program;
    const { outputs } = await planStack(project, "hub", {});
    for (const stack of ["hub", "dev"]) {
      const { resources } = await run(program, cloud({ hub: outputs }), {
        project: project.name,
        stack,
        organization: "organization",
        config: configForProgram(project, stack, stackConfig(project, project.stacks[stack] ?? {})),
      });
      expect(resources.length).to.equal((await planStack(project, stack, { hub: outputs })).resources.length);
    }
  });

  it("has the configuration of the project without stack files, and the account map of the run", () => {
    const copy = copyOf(".");
    copy.setNetworks({ hub: { name: "hub", cidr: "10.0.0.0/16", account: "000000000001" } });
    const own = readProject(".");
    const { name, declared, stacks } = readProject(copy.folder);
    expect(stacks).to.deep.equal({});
    expect(declared["networks"]?.default).to.deep.equal({ hub: { cidr: "10.0.0.0/16", account: "000000000001" } });
    expect({ ...declared, networks: {} }).to.deep.equal({ ...own.declared, networks: {} });
    expect(name).to.equal(own.name);
  });

  it("has the program for what runs in a cluster, without its stack files", () => {
    const { platformFolder, platformProject } = copyOf(".");
    expect(platformProject).to.equal("piksel-platform");
    expect(readdirSync(platformFolder).filter((name) => name.endsWith(".yaml"))).to.deep.equal(["Pulumi.yaml"]);
    const { deployPlatform } = require(join(platformFolder, "program.ts")) as Record<string, unknown>;
    expect(deployPlatform).to.be.a("function");
  });

  it("finds the packages of a project whose node_modules is a link", () => {
    const from = mkdtempSync(join(tmpdir(), "e2e-linked-"));
    try {
      for (const each of [
        "index.ts",
        "components",
        "platform",
        "package.json",
        "Pulumi.yaml",
        "Pulumi.README.md",
        "tools/cli/start.cjs",
      ]) {
        mkdirSync(dirname(join(from, each)), { recursive: true });
        symlinkSync(resolve(each), join(from, each));
      }
      mkdirSync(join(from, "elsewhere"));
      symlinkSync(resolve("node_modules"), join(from, "node_modules"));
      const { folder } = copyOf(from);
      expect(existsSync(join(folder, "node_modules", "@pulumi", "pulumi", "package.json"))).to.equal(true);
    } finally {
      rmSync(from, { recursive: true });
    }
  });

  it("does not change the project, and is removed completely", () => {
    const own = readProject(".");
    const copy = copyOf(".");
    copy.setNetworks({});
    expect(readProject(".")).to.deep.equal(own);
    copies.splice(0);
    copy.remove();
    expect([existsSync(copy.folder), existsSync("node_modules/@pulumi/pulumi")]).to.deep.equal([false, true]);
  });
});
