import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ConfigurationError } from "../../../components/settings/faults";
import type { Json } from "../../../tools/planner/engine/resource";
import { ProjectError } from "../../../tools/planner/project/config-files";
import {
  configForProgram,
  type Project,
  readProject,
  stackConfig,
  withSettings,
} from "../../../tools/planner/project/project";

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
    ["text", ["1"], "string"],
  ] as const) {
    it(`refuses ${JSON.stringify(value)} for a declared ${type}`, () => {
      const config = { [`net:${key}`]: value as string | number };
      expect(() => configForProgram(project, "dev", config)).to.throw(
        ConfigurationError,
        `${key} is ${JSON.stringify(value)}: must be of type ${type}, as Pulumi.yaml declares it`,
      );
    });
  }

  it("refuses every value of another type at once", () => {
    expect(() => configForProgram(project, "dev", { "net:zones": "3", "net:flag": "x" }))
      .to.throw(ConfigurationError)
      .with.property("faults")
      .that.has.length(2);
  });

  // Review F19: the CLI takes any scalar for text.
  it("takes a number for text where text is declared", () => {
    expect(stackConfig(project, { "net:text": 1.36 })["net:text"]).to.equal("1.36");
  });

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

  // Review F16.
  const encrypted: [where: string, value: Json][] = [
    ["is", { secure: "AAAB" }],
    ["has inside of it", { a: [{ secure: "AAAB" }] }],
  ];
  for (const [where, value] of encrypted) {
    it(`refuses a key of the project that ${where} an encrypted value, and leaves out those of other namespaces`, () => {
      expect(() => configForProgram(project, "dev", { "net:register": value })).to.throw(
        ConfigurationError,
        "register is encrypted: the plan cannot read it; try a value with --set dev:register=VALUE, or remove it",
      );
      expect(configForProgram(project, "dev", { "aws:httpProxy": value, "other:register": value })).to.deep.equal({});
    });
  }

  it("takes an object with secure and other keys for what it is", () => {
    const value = { secure: "AAAB", more: 1 };
    expect(configForProgram(project, "dev", { "net:register": value })).to.deep.equal({
      "net:register": JSON.stringify(value),
    });
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
      "--set dev.zones=2: the form is STACK:KEY=VALUE, for example --set dev:az-count=3",
    );
  });

  // Review F15.
  for (const stack of ["qa", "__proto__", "constructor"]) {
    it(`refuses the stack ${stack}, which has no file, and changes no object's prototype`, () => {
      expect(() => tried(`${stack}:zones=2`)).to.throw(
        `--set ${stack}:zones=2: there is no Pulumi.${stack}.yaml; stacks are hub, dev, or * for all`,
      );
      expect(({} as Record<string, unknown>)["net:zones"]).to.equal(undefined);
    });
  }

  it("sets a key that is called as a property of every object", () => {
    expect(Object.entries(tried("hub:__proto__=1")["hub"] ?? {})).to.deep.equal([["net:__proto__", 1]]);
  });

  // Review F19.
  for (const [text, value] of [
    ["1.36", "1.36"],
    ["1.30", "1.30"],
    ['"1.36"', "1.36"],
    ["true", "true"],
    ["", ""],
    ["*x", "*x"],
    ["[a", "[a"],
  ] as const) {
    it(`takes ${JSON.stringify(text)} as text where text is declared`, () => {
      expect(tried(`dev:text=${text}`)["dev"]?.["net:text"]).to.equal(value);
    });
  }

  // Review F13, M6.
  for (const value of ["[m7g.large", "*", "*x", "{a: ", "[".repeat(5000), `${"[".repeat(40)}${"]".repeat(40)}`]) {
    it(`refuses the value ${value.slice(0, 12)} of ${String(value.length)} characters in one sentence`, () => {
      expect(() => tried(`dev:names=${value}`))
        .to.throw(ProjectError)
        .with.property("message")
        .that.matches(
          /^--set dev:names=\S*.*: the value is not YAML: [^\n]+; write a list as \[a, b\], and put text .*$/,
        )
        .and.has.length.below(600);
    });
  }

  it("refuses a key of three parts", () => {
    expect(() => tried("dev:a:b:c=1")).to.throw('--set dev:a:b:c=1 has the key "a:b:c": must be KEY or NAMESPACE:KEY');
  });
});
