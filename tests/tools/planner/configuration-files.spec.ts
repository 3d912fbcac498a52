import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ProjectError } from "../../../tools/planner/project/config-files";
import { planOrRefuse } from "../../../tools/planner/project/faults";
import { type Project, readProject, stackConfig } from "../../../tools/planner/project/project";
import { stack } from "../../support/plans";
import { Copy } from "../cli/start";

/** A project of these files; a name that ends in / is a folder. */
function read(files: Readonly<Record<string, string>>): Project {
  const folder = mkdtempSync(join(tmpdir(), "project-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      if (name.endsWith("/")) mkdirSync(join(folder, name));
      else writeFileSync(join(folder, name), text);
    }
    return readProject(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const NAME = "name: net\n";
const stackFile = (text: string) => read({ "Pulumi.yaml": NAME, "Pulumi.dev.yaml": text });
const declaring = (config: string) => read({ "Pulumi.yaml": `${NAME}config:\n${config}`, "Pulumi.dev.yaml": "" });

describe("a stack's file", () => {
  // Review F2: keys without a namespace were dropped.
  it("sets keys of the project where they have no namespace, as in the Pulumi CLI", () => {
    const text = "config: { aws:region: r, az-count: 3, net:domain: d, 'net:config:cluster': false, empty: }";
    expect(stackFile(text).stacks["dev"]).to.deep.equal({
      "aws:region": "r",
      "net:az-count": 3,
      "net:domain": "d",
      "net:cluster": false,
      "net:empty": "",
    });
  });

  it("may be empty, begin with a byte order mark, and use anchors and merge keys", () => {
    for (const text of ["", "# nothing\n", "config:\n", "encryptionsalt: v1:x\n"]) {
      expect(stackFile(text).stacks["dev"]).to.deep.equal({});
    }
    const text = "\uFEFFconfig:\n  a: &a { x: 1 }\n  b: { <<: *a, y: 2 }\n";
    expect(stackFile(text).stacks["dev"]).to.deep.equal({ "net:a": { x: 1 }, "net:b": { x: 1, y: 2 } });
  });

  // Review F17, F18, M6.
  for (const [what, text, message] of [
    ["a list", "- a\n", "Pulumi.dev.yaml is a list: must be config: with KEY: VALUE on each line below it"],
    ["text", "hello\n", 'Pulumi.dev.yaml is "hello": must be config: with KEY: VALUE on each line below it'],
    [
      "a list below config",
      "config: [a]",
      "config in Pulumi.dev.yaml is a list: must be an object, KEY: VALUE on each line",
    ],
    ["text below config", "config: a", 'config in Pulumi.dev.yaml is "a": must be an object, KEY: VALUE on each line'],
    [
      "a key twice, with its namespace and without",
      "config: { az-count: 2, net:az-count: 3 }",
      "Pulumi.dev.yaml sets net:az-count twice, as az-count and as net:az-count: remove one of the two",
    ],
    [
      "a key of three parts",
      "config: { a:b:c: 3 }",
      'Pulumi.dev.yaml has the key "a:b:c": must be KEY or NAMESPACE:KEY',
    ],
    [
      "a bracket that is not closed",
      "config:\n  a: [\n",
      "Pulumi.dev.yaml is not YAML that can be read: line 3, column 1: Flow sequence in block collection must be " +
        "sufficiently indented and end with a ]",
    ],
    [
      "an alias without its anchor",
      "config:\n  a: *x\n",
      "Pulumi.dev.yaml is not YAML that can be read: Unresolved alias (the anchor must be set before the alias): x",
    ],
    [
      "a key twice",
      "config:\n  a: 1\n  a: 2\n",
      'Pulumi.dev.yaml is not YAML that can be read: line 3, column 3: the key "a" is there twice',
    ],
    [
      "5,000 levels of lists",
      `config:\n  a: ${"[".repeat(5000)}${"]".repeat(5000)}\n`,
      "Pulumi.dev.yaml is not YAML that can be read: lists and objects are nested more than 32 levels deep",
    ],
    // Found by npm run fuzz, seed 1008152: the parser throws it there, where it reports that of the next row.
    [
      "levels without a bracket after others",
      `${"- ".repeat(3000)}config:\n  a: ${"- ".repeat(3000)}\n`,
      "Pulumi.dev.yaml is not YAML that can be read: lists and objects are nested more than 32 levels deep",
    ],
    [
      "5,000 levels without a bracket",
      `config:\n  ${"- ".repeat(5000)}a\n`,
      "Pulumi.dev.yaml is not YAML that can be read: lists and objects are nested more than 32 levels deep",
    ],
    [
      "more than 250,000 characters",
      `# ${"x".repeat(250_000)}`,
      "Pulumi.dev.yaml is not YAML that can be read: it has 250,002 characters; a configuration has at most 250,000",
    ],
  ] as const) {
    it(`is refused by its name if it has ${what}`, () => {
      expect(() => stackFile(text))
        .to.throw(ProjectError)
        .with.property("message", message);
    });
  }

  it("is refused if it is a folder", () => {
    expect(() => read({ "Pulumi.yaml": NAME, "Pulumi.qa.yaml/": "" }))
      .to.throw(ProjectError)
      .with.property(
        "message",
        "Pulumi.qa.yaml is not a file: rename it, or write the configuration to a file of this name",
      );
  });

  it("is looked for in the folder that Pulumi.yaml names", () => {
    for (const key of ["stackConfigDir", "config"]) {
      const project = read({
        "Pulumi.yaml": `${NAME}${key}: stacks\n`,
        "stacks/": "",
        "stacks/Pulumi.dev.yaml": "config: {a: 1}",
      });
      expect(project.stacks).to.deep.equal({ dev: { "net:a": 1 } });
    }
  });

  // Review F11.
  it("says which Pulumi ESC environments it imports", () => {
    const environments = (text: string) => [...(stackFile(text).environments ?? [])];
    expect(environments("config: {}")).to.deep.equal([]);
    expect(environments("environment: [acme/net, other]")).to.deep.equal([["dev", ["acme/net", "other"]]]);
    expect(environments("environment: [{acme/net: {merge: false}}]")).to.deep.equal([["dev", ["acme/net"]]]);
    expect(environments("environment: {imports: [base], values: {}}")).to.deep.equal([["dev", ["(inline)", "base"]]]);
    expect(environments("environment: 5")).to.deep.equal([["dev", ["5"]]]);
  });
});

describe("Pulumi.yaml", () => {
  it("may declare keys in every form that the CLI takes", () => {
    const { declared, stacks } = declaring(
      "  a: {type: integer, default: 1}\n  b: two\n  net:c: [3]\n  d: {value: 4}\n  aws:region: r\n  aws:profile: {value: p}\n",
    );
    expect(declared).to.deep.equal({
      a: { type: "integer", default: 1 },
      b: { default: "two" },
      c: { default: [3] },
      d: { default: 4 },
    });
    expect(stacks).to.deep.equal({ dev: { "aws:region": "r", "aws:profile": "p" } });
  });

  it("gives way to the stack's own file", () => {
    const project = read({
      "Pulumi.yaml": `${NAME}config:\n  aws:region: r\n  b: two\n`,
      "Pulumi.dev.yaml": "config: {aws:region: s, b: three}",
    });
    expect(stackConfig(project, project.stacks["dev"] ?? {})).to.deep.equal({ "aws:region": "s", "net:b": "three" });
  });

  // Review M6.
  const WITHOUT_NAME = "must be 1 to 100 letters, digits, hyphens, underscores and dots";
  for (const [text, message] of [
    ["config: {}\n", `name in Pulumi.yaml is missing: ${WITHOUT_NAME}`],
    ["name: [a]\n", `name in Pulumi.yaml is ["a"]: ${WITHOUT_NAME}`],
    ["name: 'a b'\n", `name in Pulumi.yaml is "a b": ${WITHOUT_NAME}`],
    ["", "Pulumi.yaml is not an object: it must have a name and a config"],
    [`${NAME}config: [a]`, "config in Pulumi.yaml is a list: must be an object, KEY: {type, default}"],
    [`${NAME}config: {a: }`, "config.a in Pulumi.yaml is empty: must be {type, default}, or a value"],
    [
      `${NAME}config: {a: {type: text}}`,
      'config.a in Pulumi.yaml has the type "text": must be string, integer, boolean, array, object',
    ],
    [
      `${NAME}config: {a: {defualt: 1}}`,
      'config.a in Pulumi.yaml has the field "defualt": fields are type, default, value, items, description, secret; ' +
        "rename it to default, the nearest, or put the whole value below default",
    ],
    [
      `${NAME}config: {a: {default: 1, value: 2}}`,
      "config.a in Pulumi.yaml has a default and a value: remove one of the two",
    ],
    [
      `${NAME}config: {'aws:region': {type: string, default: r}}`,
      "config.aws:region in Pulumi.yaml has a type or a default: a key of another namespace must be {value: VALUE}",
    ],
    [`${NAME}stackConfigDir: 5`, "stackConfigDir in Pulumi.yaml is 5: must be a folder that is there"],
    // Found by npm run fuzz, seed 1006040.
    [`${NAME}stackConfigDir: no`, 'stackConfigDir in Pulumi.yaml is "no": must be a folder that is there'],
    [`${NAME}config: "a\\0b"`, 'stackConfigDir in Pulumi.yaml is "a\\u0000b": must be a folder that is there'],
  ] as const) {
    it(`is refused in a sentence if it reads ${JSON.stringify(text.slice(0, 60))}`, () => {
      expect(() => read({ "Pulumi.yaml": text }))
        .to.throw(ProjectError)
        .with.property("message", message);
    });
  }
});

describe("npm start", () => {
  let copy: Copy;
  beforeEach(() => {
    copy = new Copy();
  });
  afterEach(() => {
    copy.remove();
  });

  // Review F18.
  it("refuses a folder without stack files in a sentence", async () => {
    for (const stack of ["hub", "dev", "staging", "prod"]) rmSync(copy.path(`Pulumi.${stack}.yaml`));
    const { code, out, err } = await copy.start();
    expect([code, out]).to.deep.equal([1, ""]);
    expect(err).to.contain(
      'there is no Pulumi.hub.yaml, and every spoke reads the hub (stacks with a file: none): write one with "config:"',
    );
  });

  // Review F20.
  it("refuses a domain that differs between stacks, with advice that helps", async () => {
    const { code, err } = await copy.start("--set", "dev:domain=other.internal");
    expect(code).to.equal(1);
    expect(err).to.equal(
      "The configuration cannot be deployed:\n  dev\n" +
        '    - domain is "other.internal", and "piksel.internal" in hub: it must be the same in every stack, so set it in ' +
        "Pulumi.yaml and in no stack's file; to try another, --set '*:domain=VALUE'\n",
    );
  });

  // Review F11.
  it("warns of an environment, and names it where a value is missing", async () => {
    writeFileSync(copy.path("Pulumi.dev.yaml"), "environment: [acme/net]\n");
    const { code, err } = await copy.start();
    expect(code).to.equal(1);
    const [note, , , fault] = err.split("\n");
    expect(note).to.equal(
      "Pulumi.dev.yaml imports the environment acme/net, which only Pulumi Cloud can read: what it sets is not in this " +
        "plan. Try a value with --set dev:KEY=VALUE.",
    );
    expect(fault).to.match(
      /- aws:region is missing: .*\. The environment acme\/net may set it, and the plan does not read environments$/,
    );
  });

  // Review F2, F11, F16.
  it("plans keys without a namespace, an environment, and encrypted values that the program does not read", async () => {
    writeFileSync(
      copy.path("Pulumi.dev.yaml"),
      "environment: [acme/net]\nconfig: { aws:region: ap-southeast-3, az-count: 3, other:token: { secure: AAAB }, " +
        "aws:httpProxy: { secure: AAAB } }\n",
    );
    const planned = await planOrRefuse(readProject(copy.folder));
    const subnets = (name: string) =>
      stack(planned, name).resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet").length;
    expect([subnets("dev"), subnets("staging")]).to.deep.equal([9, 6]);
  });

  // Review F13, F15, M6.
  for (const [setting, words] of [
    ["dev:node-instance-types=[m7g.large", "is not YAML: line 1, column"],
    ["dev:cluster-admins=*", "is not YAML: "],
    ["dev:az-count=*x", "is not YAML: Unresolved alias"],
    ["__proto__:az-count=3", "there is no Pulumi.__proto__.yaml"],
    ["constructor:az-count=3", "there is no Pulumi.constructor.yaml"],
  ] as const) {
    it(`refuses --set ${setting} in one sentence, with exit code 2`, async () => {
      const { code, out, err } = await copy.start("--set", setting);
      expect([code, out]).to.deep.equal([2, ""]);
      expect(err.startsWith(`--set ${setting}: `)).to.equal(true);
      expect(err).to.contain(words);
      expect(err.trimEnd().split("\n")).to.have.length(2);
    });
  }

  for (const count of [9000, 30_000]) {
    it(`refuses ${String(count)} networks at once`, async () => {
      const networks = Array.from({ length: count }, (_, index) => `n${String(index)}: {}`);
      const { code, err } = await copy.start("--set", `*:networks={${networks.join(", ")}}`);
      expect(err).to.match(
        code === 1
          ? /- networks is "…": an object of 9000 networks; at most 8192 networks, each a \/21, fit in address-space 10\.0\.0\.0\/8; /
          : /: the value is not YAML: it has [\d,]+ characters; a configuration has at most 250,000; /,
      );
      expect([code, err.length < 5000]).to.deep.equal([count === 9000 ? 1 : 2, true]);
    }).timeout(10_000);
  }
});
