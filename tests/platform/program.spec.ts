import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import program from "../../platform/index";
import { unreadableSpoke } from "../../platform/spoke-contract";
import { cloud } from "../../tools/planner/doubles/cloud";
import type { Json, Properties } from "../../tools/planner/engine/resource";
import { type Registered, run } from "../../tools/planner/engine/run";
import { configOf, contract, deployed, find, PROJECT } from "./support";

const PROVIDER = "pulumi:providers:kubernetes";
/** The stack of the spoke: its project is the one of the repository, which a fork renames. */
const SPOKE = `acme/${(parse(readFileSync("Pulumi.yaml", "utf8")) as { readonly name: string }).name}/dev`;
const of = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Settings of the SDK and of the shell that must not reach the state. */
const AMBIENT = {
  KUBECONFIG: "",
  PULUMI_K8S_DELETE_UNREACHABLE: "true",
  PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE: "false",
  PULUMI_K8S_ENABLE_PATCH_FORCE: "true",
  PULUMI_K8S_ENABLE_SECRET_MUTABLE: "false",
  PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY: "false",
  PULUMI_K8S_SKIP_UPDATE_UNREACHABLE: "true",
  PULUMI_K8S_SUPPRESS_DEPRECATION_WARNINGS: "true",
  PULUMI_K8S_SUPPRESS_HELM_HOOK_WARNINGS: "true",
  PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true",
  PULUMI_K8S_HELM_DRIVER: "configmap",
  PULUMI_K8S_CLIENT_TIMEOUT: "5",
};

/** Runs `action` with environment variables; undefined removes one. */
async function withEnvironment<T>(given: Record<string, string | undefined>, action: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  try {
    return await action();
  } finally {
    process.env = before;
  }
}

type Config = Readonly<Record<string, string>>;

let folder: string;
let kubeconfig: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "platform-"));
  kubeconfig = join(folder, "config");
});
after(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the whole program as the CLI does, with a kubeconfig of a cluster with this certificate authority. */
async function started(
  stacks: Readonly<Record<string, Properties>>,
  given: Readonly<Record<string, Json>> = {},
  authority: string = contract.clusterCertificateAuthority,
): Promise<Registered> {
  const cluster = { server: "https://127.0.0.1:6443", "certificate-authority-data": authority };
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      contexts: [{ name: contract.clusterArn, context: { cluster: "here" } }],
      clusters: [{ name: "here", cluster }],
    }),
  );
  const config = Object.entries(configOf(given)).map(([key, value]) => [[PROJECT, key].join(":"), value]);
  const options = {
    project: PROJECT,
    stack: "dev",
    organization: "acme",
    config: Object.fromEntries(config) as Config,
  };
  return withEnvironment({ KUBECONFIG: kubeconfig }, () => run(program, cloud(stacks), options));
}
const failure = async (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "no failure",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describe("the program of the platform", () => {
  it("reads the spoke of its own name and creates its platform", async () => {
    const registered = await started({ dev: { platform: of(contract) } }, { namespaces: { shop: {} } });
    const direct = await deployed(contract, { namespaces: { shop: {} } });
    const own = registered.resources.filter(({ type }) => type !== "pulumi:pulumi:StackReference");
    expect(own).to.deep.equal(direct.resources);
    expect(registered.outputs).to.deep.equal({ clusterName: "piksel-dev", namespaces: ["shop"] });
  });

  it("reads the spoke in the network's project, or the stack that spoke-stack names", async () => {
    const names = async (given: Readonly<Record<string, Json>>): Promise<string[]> =>
      (await started({ dev: { platform: of(contract) } }, given)).resources
        .filter(({ type }) => type === "pulumi:pulumi:StackReference")
        .map(({ name }) => name);
    expect(await names({})).to.deep.equal([SPOKE]);
    expect(await names({ "spoke-stack": "other/network/dev" })).to.deep.equal(["other/network/dev"]);
  });

  it("refuses a kubeconfig of another cluster before the first resource", async () => {
    const message = await failure(
      started({ dev: { platform: of(contract) } }, {}, Buffer.from("another").toString("base64")),
    );
    expect(message).to.contain(`${contract.clusterArn} is for another one (https://127.0.0.1:6443)`);
  });

  it("reports faults of the configuration before it reads the spoke", async () => {
    expect(await failure(started({}, { protect: "no" }))).to.equal(
      'The configuration of stack dev has 1 fault:\n  - protect is "no": must be true or false',
    );
  });

  it("says what to do about a spoke that is not deployed, has no cluster, or cannot be read", async () => {
    expect(await failure(started({}))).to.equal(
      `There is no stack ${SPOKE}, and the platform of dev reads it: deploy the spoke first (pulumi up ` +
        "--stack dev in the folder of the network's Pulumi.yaml), or set spoke-stack to ORG/PROJECT/STACK of a spoke " +
        "that is deployed.",
    );
    expect(await failure(started({ dev: {} }))).to.contain(`The stack ${SPOKE} has no output "platform"`);
    expect(unreadableSpoke("acme/net/dev", "dev", "[403] Forbidden")).to.equal(
      "The stack acme/net/dev cannot be read: [403] Forbidden. Log in as somebody who may read it, or set spoke-stack " +
        "to ORG/PROJECT/STACK of the spoke.",
    );
  });
});

describe("the provider of the platform", () => {
  it("is identified by the cluster, and has no kubeconfig", async () => {
    const { inputs } = find(await deployed(contract), PROVIDER, "kubernetes");
    expect([inputs["clusterIdentifier"], inputs["kubeconfig"]]).to.deep.equal([contract.clusterArn, ""]);
  });

  it("uses the cluster's own context, so that a destroy, which does not run the program, reaches no other cluster", async () => {
    const { inputs } = find(await deployed(contract), PROVIDER, "kubernetes");
    expect(inputs["context"]).to.equal("arn:aws:eks:ap-southeast-3:222222222222:cluster/piksel-dev");
  });

  it("is the same on every machine, whatever its environment", async () => {
    const none = Object.fromEntries(Object.keys(AMBIENT).map((name) => [name, undefined]));
    const here = await withEnvironment(none, () => deployed(contract));
    const there = await withEnvironment({ ...AMBIENT, KUBECONFIG: "/elsewhere" }, () => deployed(contract));
    expect(there).to.deep.equal(here);
  });
});
