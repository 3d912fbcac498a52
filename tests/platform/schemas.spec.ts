import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { expect } from "chai";
import { CHARTS } from "../../components/facts/charts";
import type { PlatformContract } from "../../components/platform-contract";
import type { Json, PlannedResource } from "../../tools/planner/engine/resource";
import { autoContract, bothContract, contract, deployed, SAMPLE } from "./support";

const FOLDER = "tests/fixtures/crds";
/** Schema of the node pools of EKS Auto Mode, which differs from Karpenter's of the same kind. */
const OF_AUTO_MODE = "karpenter.sh-v1-NodePool-of-auto-mode";

interface SchemaFile {
  readonly source: string;
  readonly date: string;
  readonly schema: Json;
}

const files: Readonly<Record<string, SchemaFile>> = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .map((file) => [file.replace(/\.json$/, ""), JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as SchemaFile]),
);

/** Kubernetes drops or refuses fields that a schema does not name, so here they are faults. */
function strict(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(strict);
  if (schema === null || typeof schema !== "object") return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, strict(value)]));
  return "properties" in schema && !("additionalProperties" in schema)
    ? { ...inner, additionalProperties: false }
    : inner;
}

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
const validators = new Map<string, ValidateFunction>(
  Object.entries(files).map(([name, { schema }]) => [name, ajv.compile(strict(schema) as object)]),
);

/** Objects of Kubernetes that the program creates itself: everything but the charts. */
const objectsOf = async (of: PlatformContract): Promise<PlannedResource[]> =>
  (await deployed(of, SAMPLE)).resources.filter(
    ({ type }) => type.startsWith("kubernetes:") && type !== "kubernetes:helm.sh/v3:Release",
  );

/** Name of the schema of an object: `GROUP-VERSION-KIND`. */
function schemaOf({ name, inputs }: PlannedResource): string {
  const [group, version] = /\//.test(String(inputs["apiVersion"]))
    ? String(inputs["apiVersion"]).split("/")
    : ["core", inputs["apiVersion"]];
  const kind = String(inputs["kind"]);
  return kind === "NodePool" && name.includes("-auto-") ? OF_AUTO_MODE : `${group}-${String(version)}-${kind}`;
}

function faultsOf(object: PlannedResource): string[] {
  const validate = validators.get(schemaOf(object));
  if (validate === undefined) return [`${object.type} ${object.name}: no schema ${schemaOf(object)}`];
  if (validate(object.inputs)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${object.name}${instancePath} ${message ?? ""}`);
}

describe("every object of the platform has the structure of its kind", () => {
  const cases = { karpenter: contract, auto: autoContract, both: bothContract };
  for (const [name, of] of Object.entries(cases)) {
    it(`with ${name}`, async () => {
      expect((await objectsOf(of)).flatMap(faultsOf)).to.deep.equal([]);
    });
  }

  it("also where load balancers may face the internet", async () => {
    expect((await objectsOf({ ...bothContract, internetLoadBalancers: true })).flatMap(faultsOf)).to.deep.equal([]);
  });

  it("and an unknown field, a wrong value or a missing field is found", async () => {
    const objects = await objectsOf(contract);
    const pool = objects.find(({ name }) => name === "dev-node-pool-default")!;
    const spoilt = (spec: Json): string[] => faultsOf({ ...pool, inputs: { ...pool.inputs, spec } });
    const spec = pool.inputs["spec"] as Record<string, Json>;
    expect(spoilt({ ...spec, disruptions: {} })).to.deep.equal([
      "dev-node-pool-default/spec must NOT have additional properties",
    ]);
    expect(spoilt({ ...spec, disruption: { consolidateAfter: "soon" } })).to.deep.equal([
      'dev-node-pool-default/spec/disruption/consolidateAfter must match pattern "^(([0-9]+(s|m|h))+|Never)$"',
    ]);
    expect(spoilt({ limits: { cpu: "1" } })).to.deep.equal([
      "dev-node-pool-default/spec must have required property 'template'",
    ]);
  });
});

describe("the schemas", () => {
  it("have a source and a date, and each is of a kind that the program creates", async () => {
    for (const { source, date } of Object.values(files)) {
      expect(source).to.match(/https:\/\/\S+/);
      expect(date).to.match(/^\d{4}-\d{2}-\d{2}$/);
    }
    const objects = [...(await objectsOf(contract)), ...(await objectsOf(autoContract))];
    const used = new Set(objects.map(schemaOf));
    expect(Object.keys(files).sort()).to.deep.equal([...used].sort());
  });

  it("are of the charts that are pinned", () => {
    const of = (name: string): string => files[name]?.source ?? "";
    expect(of("karpenter.sh-v1-NodePool")).to.contain(`/v${CHARTS.karpenter.version}/`);
    expect(of("karpenter.k8s.aws-v1-EC2NodeClass")).to.contain(`/v${CHARTS["karpenter-crd"].version}/`);
    const controller = CHARTS["aws-load-balancer-controller"].version;
    expect(of("elbv2.k8s.aws-v1beta1-IngressClassParams")).to.contain(`/v${controller}/`);
  });
});
