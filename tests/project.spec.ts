import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { configForProgram, ProjectError, readProject, stackConfig, type Project } from "../plan/project";
import { withSettings } from "../plan/settings-to-try";

const project: Project = {
  name: "net",
  declared: {
    zones: { type: "integer", default: 2 },
    names: { type: "array", default: ["a"] },
    flag: { type: "boolean", default: false },
    register: { type: "object", default: { hub: 1 } },
    text: { type: "string" },
  },
  stacks: { hub: {}, dev: { "aws:region": "r", "net:zones": 3 } },
};

describe("a project's configuration is read as the Pulumi CLI reads it", () => {
  it("lays a stack's values over the defaults", () => {
    expect(stackConfig(project, project.stacks["dev"]!)).to.deep.equal({
      "net:zones": 3,
      "net:names": ["a"],
      "net:flag": false,
      "net:register": { hub: 1 },
      "aws:region": "r",
    });
  });

  it("hands values over as text, structured ones as JSON", () => {
    const config = { "net:zones": 3, "net:names": ["a"], "net:flag": true, "net:text": "x", "aws:region": "r" };
    expect(configForProgram(project, "dev", config)).to.deep.equal({
      "net:zones": "3",
      "net:names": '["a"]',
      "net:flag": "true",
      "net:text": "x",
      "aws:region": "r",
    });
  });

  // Review, first contact 2: the stack files of a project with another name lost every key.
  it("takes a key of a stack file without a namespace for the project's, and keeps the namespace of others", () => {
    const folder = mkdtempSync(join(tmpdir(), "project-"));
    try {
      writeFileSync(join(folder, "Pulumi.yaml"), "name: net\nconfig:\n  zones: { type: integer, default: 2 }\n");
      writeFileSync(join(folder, "Pulumi.dev.yaml"), 'config:\n  aws:region: r\n  zones: 3\n  "net:flag": true\n');
      expect(readProject(folder).stacks).to.deep.equal({
        dev: { "aws:region": "r", "net:zones": 3, "net:flag": true },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const [key, value, type] of [
    ["zones", "3", "integer"],
    ["zones", 2.5, "integer"],
    ["flag", "true", "boolean"],
    ["names", "a", "array"],
    ["register", ["a"], "object"],
    ["text", 1, "string"],
  ] as const) {
    it(`refuses ${JSON.stringify(value)} for a declared ${type}, in the CLI's words`, () => {
      const config = { [`net:${key}`]: value as string | number };
      expect(() => configForProgram(project, "dev", config)).to.throw(
        ProjectError,
        `Stack 'dev' with configuration key '${key}' must be of type '${type}'`,
      );
    });
  }

  it("takes numbers and booleans in quotes, as pulumi config set writes them, for what they are declared", () => {
    const declared = { zones: { type: "integer" }, guard: { type: "boolean" }, text: { type: "string" } } as const;
    const set = { "net:zones": "3", "net:guard": "false", "net:text": "3", "aws:region": "eu-west-1" };
    expect(stackConfig({ name: "net", declared, stacks: {} }, set)).to.deep.equal({
      ...set,
      ...{ "net:zones": 3, "net:guard": false },
    });
    expect(
      stackConfig({ name: "net", declared, stacks: {} }, { "net:zones": "three", "net:guard": "no" }),
    ).to.deep.equal({ "net:zones": "three", "net:guard": "no" });
  });

  it("says that it cannot read an encrypted value", () => {
    expect(() => configForProgram(project, "dev", { "net:text": { secure: "AAAB" } })).to.throw(
      "Stack 'dev': net:text is encrypted; try a value with --set dev:net:text=VALUE, or plan without it",
    );
  });
});

describe("--set", () => {
  const tried = (...texts: string[]): Project["stacks"] => withSettings(project, texts).stacks;

  it("sets a key of the project's namespace, read as YAML", () => {
    expect(tried("dev:zones=2", "dev:names=[a, b]")["dev"]).to.deep.equal({
      "aws:region": "r",
      "net:zones": 2,
      "net:names": ["a", "b"],
    });
  });

  it("sets a key of another namespace", () => {
    expect(tried("dev:aws:region=eu-west-1")["dev"]?.["aws:region"]).to.equal("eu-west-1");
  });

  it("sets a key in every stack", () => {
    expect(Object.values(tried("*:flag=true")).map((config) => config["net:flag"])).to.deep.equal([true, true]);
  });

  it("leaves the project as it was", () => {
    withSettings(project, ["dev:zones=2"]);
    expect(project.stacks["dev"]?.["net:zones"]).to.equal(3);
  });

  it("refuses text of another form", () => {
    expect(() => tried("dev.zones=2")).to.throw(
      "--set dev.zones=2: the form is STACK:KEY=VALUE, for instance --set dev:az-count=3",
    );
  });

  it("refuses a stack without a file", () => {
    expect(() => tried("qa:zones=2")).to.throw(
      "--set qa:zones=2: there is no Pulumi.qa.yaml; stacks are hub, dev, or * for all",
    );
  });
});
