import { writeFileSync } from "node:fs";
import { expect } from "chai";
import { forTerminal, plainPaint } from "../../../tools/io/terminal";
import { plan, type Plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { ExportError } from "../../../tools/verify/exports/export";
import { readExports } from "../../../tools/verify/exports/read";
import { verificationAsJson, verifyStacks } from "../../../tools/verify/verification";
import { main, verificationReport } from "../../../tools/verify/verify";
import { project } from "../../support/plans";
import { Copy } from "../cli/start";
import {
  addResource,
  deployedExports,
  type ExportedResource,
  type ExportFile,
  findResource,
  setOutput,
} from "./support/exports";
import { type Edit, verifyExports } from "./support/verify";

let planned: Plan;
let texts: Readonly<Record<"hub" | "dev", string>>;
before(async () => {
  planned = await plan(project);
  const files = deployedExports(stacksOfPlan(planned).stacks);
  texts = { hub: JSON.stringify(files["hub"]), dev: JSON.stringify(files["dev"]) };
});

const VPC = "aws:ec2/vpc:Vpc";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** The message about an export of dev, or of the hub; empty if it is accepted. */
function refusal(text: string, stack: "hub" | "dev" = "dev"): string {
  const given = (["hub", "dev"] as const).map((name) => ({
    name: `${name}.json`,
    text: name === stack ? text : texts[name],
  }));
  try {
    verifyStacks(readExports(given, project), planned);
    return "";
  } catch (error) {
    if (error instanceof ExportError) return error.message;
    throw error;
  }
}

/** The message about an edited export. */
function refusalOf(edit: Edit, stack: "hub" | "dev" = "dev"): string {
  const files = { [stack]: JSON.parse(texts[stack]) as ExportFile };
  edit(files);
  return refusal(JSON.stringify(files[stack]), stack);
}

const withVpc = (change: (vpc: ExportedResource & Record<string, unknown>) => void): string =>
  refusalOf((files) => {
    change(findResource(files, "dev", VPC, "dev") as ExportedResource & Record<string, unknown>);
  });

describe("a malformed export", () => {
  it("is read with a byte order mark before it", () => {
    expect(refusal(`\uFEFF${texts.dev}`)).to.equal("");
  });

  const cases: readonly (readonly [string, () => string, string])[] = [
    ["JSON that ends too soon", () => refusal(texts.dev.slice(0, -1)), "dev.json is not JSON: pulumi stack export"],
    ["5,000 levels", () => refusal(deep(5000)), "dev.json is nested more than 100 levels deep, deeper than any export"],
    [
      "resources that are no list",
      () => refusalOf((files) => Object.assign(files["dev"]?.deployment ?? {}, { resources: {} })),
      "dev.json cannot be read: its resources are an object, not a list",
    ],
    [
      "pending operations that are no list",
      () => refusalOf((files) => Object.assign(files["dev"]?.deployment ?? {}, { pending_operations: 5 })),
      "dev.json cannot be read: its pending_operations are a number, not a list",
    ],
    [
      "a resource that is null",
      () => refusalOf((files) => addResource(files, "dev", null as unknown as ExportedResource)),
      "is null, not an object",
    ],
    ["a URN that is no text", () => withVpc((vpc) => Object.assign(vpc, { urn: 5 })), "has no URN, urn:pulumi:STACK"],
    ["a URN of one part", () => withVpc((vpc) => Object.assign(vpc, { urn: "urn" })), "has no URN, urn:pulumi:STACK"],
    ...["constructor", "__proto__", "", "x".repeat(10_000)].map(
      (type) =>
        [
          `the type "${type.slice(0, 12)}" of ${String(type.length)} characters`,
          () => withVpc((vpc) => Object.assign(vpc, { type })),
          "has no type such as aws:ec2/vpc:Vpc",
        ] as const,
    ),
    [
      "a type that the URN does not name",
      () => withVpc((vpc) => Object.assign(vpc, { type: "aws:ec2/subnet:Subnet" })),
      "has the type aws:ec2/subnet:Subnet, but the URN of aws:ec2/vpc:Vpc::dev",
    ],
    ...[null, [], "text", 5, true].map(
      (outputs) =>
        [
          `outputs that are ${JSON.stringify(outputs)}`,
          () => withVpc((vpc) => Object.assign(vpc, { outputs })),
          "outputs of aws:ec2/vpc:Vpc::dev is ",
        ] as const,
    ),
    [
      "an id that is a list",
      () => withVpc((vpc) => Object.assign(vpc, { id: [] })),
      "id of aws:ec2/vpc:Vpc::dev is a list",
    ],
    [
      "a protection that is a text",
      () => withVpc((vpc) => Object.assign(vpc, { protect: "no" })),
      "protect of aws:ec2/vpc:Vpc::dev is a text, not true or false",
    ],
    [
      "a URN twice",
      () => refusalOf((files) => addResource(files, "dev", structuredClone(findResource(files, "dev", VPC, "dev")))),
      "aws:ec2/vpc:Vpc::dev occurs twice, with the same URN",
    ],
    [
      "a resource of another stack",
      () => withVpc((vpc) => Object.assign(vpc, { urn: vpc.urn.replace(":dev::", ":prod::") })),
      "it is the export of stack dev, but aws:ec2/vpc:Vpc::dev belongs to piksel-network, prod",
    ],
    [
      "a terminal escape in a name",
      () => withVpc((vpc) => Object.assign(vpc, { urn: `${vpc.urn}\u001b[2J` })),
      "has no URN, urn:pulumi:STACK",
    ],
    [
      "a secret in the place of all outputs",
      () =>
        withVpc((vpc) =>
          Object.assign(vpc, { outputs: { "4dabf18193072939515e22adb298388d": "1b47", plaintext: "swordfish" } }),
        ),
      "outputs of aws:ec2/vpc:Vpc::dev are one secret",
    ],
    ...(
      [
        ["text", "the policy is not a JSON object"],
        ["[]", "the policy is not a JSON object"],
        [`{"Statement":${deep(5000)}}`, "the policy is nested more than 100 levels deep"],
        ['{"Statement":[null]}', "the policy has a statement that the IAM policy grammar does not allow"],
        ['{"Statement":5}', "the policy has a statement that the IAM policy grammar does not allow"],
        [
          '{"Statement":{"Effect":"Allow","Action":{}}}',
          "the policy has a statement that the IAM policy grammar does not allow",
        ],
        [
          '{"Statement":{"Effect":"Allow","Condition":{"Bool":5}}}',
          "the policy has a statement that the IAM policy grammar does not allow",
        ],
      ] as const
    ).map(
      ([policy, expected]) =>
        [
          `the policy ${policy.slice(0, 56)}`,
          () =>
            refusalOf((files) => {
              setOutput(findResource(files, "hub", POLICY, "hub-logs"), "policy", policy);
            }, "hub"),
          `${expected} (${POLICY}::hub-logs)`,
        ] as const,
    ),
  ];
  for (const [what, said, expected] of cases) {
    it(`is refused with a sentence that does not quote it, if it has ${what}`, () => {
      expect(said()).to.contain(expected);
      expect(said()).not.to.match(/swordfish|x{300}|\n|\u001b/);
    });
  }

  it("sends no control characters to the terminal, and no line breaks into the report", () => {
    const evil = "10.0.0.0/16\u001b[2J\u009b2J\u202e\r\n  FAILED  nothing";
    const files = { hub: JSON.parse(texts.hub) as ExportFile, dev: JSON.parse(texts.dev) as ExportFile };
    const vpc = findResource(files, "dev", VPC, "dev");
    vpc.outputs = { ...vpc.outputs, cidrBlock: evil, [evil]: evil, tags: { [evil]: evil } };
    const found = verifyExports(files, planned);
    const report = verificationReport(found, { verbose: true }, plainPaint);
    expect(report).to.contain("\\u001b[2J");
    expect(report).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(report).not.to.match(/^ {2}FAILED {2}nothing/m);
    expect(forTerminal(JSON.stringify(verificationAsJson(found)))).not.to.match(/[\u007f-\u009f\u202e]/);
  });
});

describe("npm run verify, of a malformed file,", () => {
  it("ends with 2 and a sentence, and reads what Windows PowerShell redirects", async () => {
    const copy = new Copy();
    try {
      let err = "";
      const io = {
        folder: copy.folder,
        out: () => undefined,
        err: (text: string) => void (err += text),
        paint: plainPaint,
      };
      writeFileSync(copy.path("hub.json"), Buffer.from(`\uFEFF${texts.hub}`, "utf16le"));
      writeFileSync(copy.path("dev.json"), `\uFEFF${texts.dev}`);
      expect([await main(["hub.json", "dev.json"], io), err]).to.deep.equal([0, ""]);
      // Found by npm run fuzz, seed 5117.
      expect(await main(["hub.json", "."], io)).to.equal(2);
      expect(err).to.equal(
        ". is a folder: name the files in it; pulumi stack export --stack STACK --file FILE writes them\n",
      );
      err = "";
      writeFileSync(copy.path("dev.json"), deep(5000));
      expect(await main(["hub.json", "dev.json"], io)).to.equal(2);
      expect(err).to.match(/^dev\.json is nested more than 100 levels deep, .*\n$/);
    } finally {
      copy.remove();
    }
  });
});
