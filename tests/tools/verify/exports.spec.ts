import { expect } from "chai";
import { ExportError, UNKNOWN } from "../../../tools/verify/exports/export";
import { readExport, readExports } from "../../../tools/verify/exports/read";
import { project } from "../../support/plans";
import { deployedExports, type ExportFile, type ExportedResource } from "./support/exports";

const VPC = "aws:ec2/vpc:Vpc";
const VPC_ID = "vpc-4a0b";

/** An export of some resources. */
const exportOf = (...resources: ExportedResource[]): ExportFile => ({
  version: 3,
  deployment: { manifest: { time: "2026-11-25T07:12:04Z" }, resources },
});

const ROOT: ExportedResource = {
  urn: "urn:pulumi:dev::piksel-network::pulumi:pulumi:Stack::piksel-network-dev",
  custom: false,
  type: "pulumi:pulumi:Stack",
};
const raw = (type: string, name: string, more: Partial<ExportedResource> = {}): ExportedResource => ({
  ...{ urn: `urn:pulumi:dev::piksel-network::${type}::${name}`, custom: true, type, parent: ROOT.urn },
  ...more,
});

const read = (file: unknown) => readExport(JSON.stringify(file), "dev.json", "piksel-network");

function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ExportError) return error.message;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("an export of a stack", () => {
  it("is read with ids, inputs, outputs and parents, without entries of the engine", () => {
    const inside = {
      ...raw(VPC, "dev", { id: VPC_ID, inputs: { __defaults: ["name"], cidrBlock: "10.1.0.0/16" } }),
      urn: `urn:pulumi:dev::piksel-network::piksel:network:Network$${VPC}::dev`,
      parent: "urn:pulumi:dev::piksel-network::piksel:network:Network::dev",
      outputs: { __meta: "{}", arn: "arn:1" },
      protect: true,
    };
    expect(read(exportOf(ROOT, raw("piksel:network:Network", "dev", { custom: false }), inside))).to.deep.equal({
      file: "dev.json",
      stack: "dev",
      time: "2026-11-25T07:12:04Z",
      resources: [
        {
          type: VPC,
          name: "dev",
          parent: "piksel:network:Network::dev",
          id: VPC_ID,
          inputs: { cidrBlock: "10.1.0.0/16" },
          defaults: ["name"],
          outputs: { arn: "arn:1" },
          protect: true,
        },
      ],
      leftovers: [],
    });
  });

  it("is read without secrets, encrypted or not, at any depth", () => {
    const secret = (more: object) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      ...more,
    });
    const inputs = {
      policy: secret({ ciphertext: "v1:abc" }),
      list: [{ password: secret({ plaintext: '"swordfish"' }) }],
    };
    const [vpc] = read(exportOf(ROOT, raw(VPC, "dev", { inputs, outputs: inputs }))).resources;
    const expected = { policy: UNKNOWN, list: [{ password: UNKNOWN }] };
    expect([vpc?.inputs, vpc?.outputs]).to.deep.equal([expected, expected]);
  });

  it("separates resources pending deletion, and leaves out those that are deleted and pending replacement", () => {
    const { resources, leftovers } = read(
      exportOf(ROOT, raw(VPC, "dev", { id: "vpc-new" }), raw(VPC, "dev", { id: "vpc-old", delete: true }), {
        ...raw(VPC, "gone", { id: "vpc-gone" }),
        pendingReplacement: true,
      } as ExportedResource),
    );
    expect(resources.map(({ id }) => id)).to.deep.equal(["vpc-new"]);
    expect(leftovers.map(({ id }) => id)).to.deep.equal(["vpc-old"]);
  });

  it("is read without resources that the stack does not manage: external ones and default providers", () => {
    const { resources } = read(
      exportOf(
        ROOT,
        raw("pulumi:pulumi:StackReference", "organization/piksel-network/hub", { external: true }),
        raw("pulumi:providers:pulumi", "default"),
        raw("pulumi:providers:aws", "default_7_48_0"),
        raw("pulumi:providers:aws", "aws"),
        raw(VPC, "elsewhere", { external: true }),
      ),
    );
    expect(resources.map(({ type, name }) => `${type} ${name}`)).to.deep.equal(["pulumi:providers:aws aws"]);
  });

  it("may have version 4, which adds a list of features", () => {
    expect(read({ ...exportOf(ROOT), version: 4, features: ["refreshBeforeUpdate"] }).stack).to.equal("dev");
  });

  const pending = { pending_operations: [{ type: "creating", resource: { urn: raw(VPC, "dev").urn } }] };
  for (const [what, text, sentence] of [
    ["text that is not JSON", "{", "dev.json is not JSON: pulumi stack export --stack STACK --file FILE writes one"],
    ["null", "null", "dev.json is not a stack export: pulumi stack export --stack STACK --file FILE writes one"],
    [
      "a plan of npm start",
      '{"version":1,"stacks":{}}',
      "dev.json is not a stack export: pulumi stack export --stack STACK --file FILE writes one",
    ],
    [
      "another version",
      JSON.stringify({ ...exportOf(ROOT), version: 2 }),
      "dev.json is an export of version 2; supported are versions 3 and 4",
    ],
    [
      "a stack without resources",
      '{"version":3,"deployment":{"manifest":{}}}',
      "dev.json is the export of a stack without resources: there is nothing to verify",
    ],
    [
      "an update that was interrupted",
      JSON.stringify({ version: 3, deployment: { ...exportOf(ROOT).deployment, ...pending } }),
      'dev.json: an update was interrupted while creating aws:ec2/vpc:Vpc::dev, and its result is unknown. Run npm run strays to find what it created (docs/runbooks/restore.md, "An update was killed"), then export again',
    ],
    [
      "another project",
      JSON.stringify(exportOf(ROOT)).replaceAll("piksel-network", "shop"),
      "dev.json belongs to the project shop, but this project is piksel-network",
    ],
  ] as const) {
    it(`is refused if it is ${what}`, () => {
      expect(refusal(() => readExport(text, "dev.json", "piksel-network"))).to.equal(sentence);
    });
  }
});

describe("exports of several stacks", () => {
  const files = deployedExports([
    { name: "hub", resources: [] },
    { name: "dev", resources: [] },
    { name: "qa", resources: [] },
  ]);
  const file = (stack: string, name = `${stack}.json`) => ({ name, text: JSON.stringify(files[stack]) });

  it("are read in any order", () => {
    expect(readExports([file("dev"), file("hub")], project).map(({ stack }) => stack)).to.deep.equal(["dev", "hub"]);
  });

  for (const [what, given, sentence] of [
    [
      "a stack that the project does not have",
      [file("hub"), file("qa")],
      "qa.json is the export of stack qa, which has no Pulumi.qa.yaml; known stacks: dev, hub, prod, staging",
    ],
    [
      "two files of one stack",
      [file("hub"), file("hub", "b.json")],
      "hub.json and b.json are both exports of stack hub; pass one of them",
    ],
    [
      "no file of the hub",
      [file("dev")],
      "No file is an export of stack hub. Spokes (here dev) are verified together with the hub, so export it too",
    ],
  ] as const) {
    it(`are refused with ${what}`, () => {
      expect(refusal(() => readExports([...given], project))).to.equal(sentence);
    });
  }
});
