import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { UserError } from "../../../tools/io/errors";
import { changesBetween } from "../../../tools/planner/changes/compare";
import type { Json } from "../../../tools/planner/engine/resource";
import { plan, type Plan } from "../../../tools/planner/plan";
import { ProjectError } from "../../../tools/planner/project/config-files";
import { notesOn, planOrRefuse } from "../../../tools/planner/project/faults";
import { type Project, readProject, withSettings } from "../../../tools/planner/project/project";
import { growthSteps, whatIf } from "../../../tools/planner/what-if";
import { project, stack, withConfig, withoutPlatforms } from "../../support/plans";

/** The fixture with some keys of a platform set anew. */
function withPlatform(spoke: string, config: Readonly<Record<string, Json>>): Project {
  const { platform } = project;
  if (platform === undefined) throw new Error("the fixture has no platform");
  return { ...project, platform: withConfig(platform, spoke, config) };
}

/** A project of these files. */
function read(files: Readonly<Record<string, string>>): Project {
  const folder = mkdtempSync(join(tmpdir(), "platform-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return readProject(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const NETWORK = { "Pulumi.yaml": "name: net\n", "Pulumi.hub.yaml": "", "Pulumi.dev.yaml": "" };

async function refusal(refused: Project): Promise<string> {
  try {
    await planOrRefuse(refused);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error("the plan was not refused");
}

describe("the project in platform/", () => {
  it("is read with its own name, declarations and stacks", () => {
    const { platform } = read({
      ...NETWORK,
      "platform/Pulumi.yaml": "name: apps\nconfig: { pools: { type: integer, default: 1 } }\n",
      "platform/Pulumi.dev.yaml": "config: { pools: 2 }\nenvironment: [secrets]\n",
    });
    expect(platform).to.deep.equal({
      name: "apps",
      path: "platform/",
      declared: { pools: { type: "integer", default: 1 } },
      stacks: { dev: { "apps:pools": 2 } },
      environments: new Map([["dev", ["secrets"]]]),
    });
  });

  it("is absent from a project without the folder, without its Pulumi.yaml and without a stack in it", () => {
    for (const files of [{}, { "platform/index.ts": "" }, { "platform/Pulumi.yaml": "name: apps\n" }]) {
      expect(read({ ...NETWORK, ...files })).not.to.have.property("platform");
    }
  });

  it("is refused with the path of the file that is wrong", () => {
    const platform = { "platform/Pulumi.yaml": "name: apps\n", "platform/Pulumi.dev.yaml": "" };
    for (const [files, message] of [
      [{ "platform/Pulumi.yaml": "name: [a]\n" }, /^name in platform\/Pulumi\.yaml is \["a"\]: must be/],
      [{ "platform/Pulumi.yaml": "name: apps\nconfig: {a: }\n" }, /^config\.a in platform\/Pulumi\.yaml is empty/],
      [{ "platform/Pulumi.dev.yaml": "a: [\n" }, /^platform\/Pulumi\.dev\.yaml is not YAML that can be read/],
      [
        { "platform/Pulumi.prod.yaml": "" },
        "platform/Pulumi.prod.yaml has no spoke: there is no Pulumi.prod.yaml; give it the name of a spoke's file, or delete it",
      ],
    ] as const) {
      expect(() => read({ ...NETWORK, ...platform, ...files })).to.throw(ProjectError, message);
    }
  });

  it("has environments that the plan does not read either", () => {
    const environments = new Map([["dev", ["secrets"]]]);
    expect(notesOn({ ...project, platform: { ...project.platform!, environments } })).to.deep.equal([
      "platform/Pulumi.dev.yaml imports the environment secrets, which only Pulumi Cloud can read: " +
        "what it sets is not in this plan. Try a value with --set dev/platform:KEY=VALUE.",
    ]);
  });
});

describe("--set of a platform", () => {
  it("sets a key of one platform, or of all", () => {
    const set = (...texts: string[]) => withSettings(project, texts).platform?.stacks;
    expect(set("dev/platform:protect=false")?.["dev"]).to.include({ "piksel-platform:protect": false });
    expect(set("dev/platform:protect=false")?.["prod"]).not.to.have.property("piksel-platform:protect");
    expect(
      Object.values(set("*/platform:protect=false") ?? {}).map((each) => each["piksel-platform:protect"]),
    ).to.deep.equal([...[false, false, false]]);
  });

  it("leaves the platforms as they are where it names a stack, or every stack", () => {
    expect(withSettings(project, ["*:protect=false"]).platform).to.equal(project.platform);
  });

  it("is named where a stack is given a key that only platforms have", () => {
    expect(() => withSettings(project, ["dev:namespaces={shop: {}}"])).to.throw(
      ProjectError,
      "--set dev:namespaces={shop: {}}: namespaces is a key of the platform; write dev/platform:namespaces=VALUE",
    );
  });

  it("is refused for a platform without a file", () => {
    const bare = withoutPlatforms();
    const set = (of: Project, text: string) => () => withSettings(of, [text]);
    expect(set(project, "hub/platform:protect=false")).to.throw(
      ProjectError,
      "--set hub/platform:protect=false: there is no platform/Pulumi.hub.yaml; stacks are dev, prod, staging, or * for all",
    );
    for (const target of ["dev/platform", "*/platform"]) {
      expect(set(bare, `${target}:protect=false`)).to.throw(
        ProjectError,
        /there is no platform\/Pulumi\..+\.yaml; there are none$/,
      );
    }
  });
});

describe("the plan of a platform", () => {
  let planned: Plan;
  before(async () => {
    planned = await plan(project);
  });

  it("comes with that of its spoke, from the spoke's outputs", () => {
    expect(planned.map(({ name, platform }) => [name, platform?.outputs])).to.deep.equal([
      ["hub", undefined],
      ["dev", { clusterName: "piksel-dev", namespaces: ["shop"] }],
      ["staging", { clusterName: "piksel-staging", namespaces: ["shop"] }],
      ["prod", { clusterName: "piksel-prod", namespaces: ["reports", "shop"] }],
    ]);
    const release = stack(planned, "dev").platform?.resources.find(({ name }) => name === "dev-karpenter");
    expect(release?.inputs["values"]).to.deep.include({
      settings: { clusterName: "piksel-dev", interruptionQueue: "piksel-dev" },
    });
  });

  it("has every default of its project in the configuration", () => {
    expect(stack(planned, "dev").platform?.config).to.deep.equal({
      "piksel-platform:spoke-stack": "",
      "piksel-platform:node-pools": { default: {} },
      "piksel-platform:namespaces": { shop: {} },
      "piksel-platform:protect": true,
    });
  });

  it("is absent without a stack in platform/, and the rest is the same", async () => {
    const bare = withoutPlatforms();
    const without = await plan(bare);
    expect(without.map((each) => Object.keys(each).includes("platform"))).to.deep.equal([false, false, false, false]);
    expect(without.map(({ resources }) => resources)).to.deep.equal(planned.map(({ resources }) => resources));
  });

  it("is the same object for the same configuration and spoke", async () => {
    expect(stack(await plan(project), "dev").platform).to.equal(stack(planned, "dev").platform);
  });

  it("is made in a first preview, too, with the outputs of a deployed spoke", async () => {
    const preview = await plan(project, { preview: true });
    const names = (of: Plan) => stack(of, "dev").platform?.resources.map(({ name }) => name);
    expect(names(preview)).to.deep.equal(names(planned));
  });
});

describe("a platform that cannot be deployed", () => {
  it("is reported with the faults of the stacks, under the path of its file", async () => {
    const wrong = withPlatform("dev", { protect: "maybe", "node-pools": { default: { "cpu-limit": 0 } } });
    expect(await refusal(withConfig(wrong, "staging", { "az-count": 7 }))).to.equal(
      [
        "The configuration cannot be deployed:",
        "  staging",
        "    - az-count is 7: must be a whole number from 2 to 3",
        "  platform/Pulumi.dev.yaml",
        '    - protect is "maybe": must be of type boolean, as platform/Pulumi.yaml declares it',
      ].join("\n"),
    );
    expect(await refusal(withPlatform("dev", { "node-pools": { default: { "cpu-limit": 0 } } }))).to.equal(
      [
        "The configuration cannot be deployed:",
        "  platform/Pulumi.dev.yaml",
        "    - node-pools.default.cpu-limit is 0: must be a whole number from 1 to 100000",
      ].join("\n"),
    );
  });

  it("is refused by the spoke's outputs in the program's own words", async () => {
    const newer = withPlatform("dev", { "spoke-stack": "organization/piksel-network/staging" });
    expect(await refusal(newer)).to.equal(
      [
        "The configuration cannot be deployed:",
        "  platform/Pulumi.dev.yaml",
        "    - There is no stack organization/piksel-network/staging, and the platform of dev reads it: deploy the spoke first " +
          "(pulumi up --stack dev in the folder of the network's Pulumi.yaml), or set spoke-stack to ORG/PROJECT/STACK of a " +
          "spoke that is deployed.",
      ].join("\n"),
    );
  });
});

describe("the platform of a spoke without a cluster", () => {
  const without = withConfig(project, "dev", { cluster: false });

  it("is not planned, and a sentence says so", async () => {
    expect((await planOrRefuse(without)).map(({ platform }) => platform !== undefined)).to.deep.equal([
      ...[false, false, true, true],
    ]);
    expect(notesOn(without)).to.deep.equal(["platform/Pulumi.dev.yaml is not in this plan: dev has no cluster."]);
    expect(notesOn(project)).to.deep.equal([]);
  });

  it("must be destroyed before the cluster", async () => {
    const { warnings = [] } = changesBetween(await plan(project), await plan(without))["dev/platform"] ?? {};
    expect(warnings.map(({ kind }) => kind)).to.deep.equal(["lost"]);
  });
});

describe("changes of a platform", () => {
  const isDeployed = (name: string): boolean => name.startsWith("kubernetes:");

  it("follow those of its spoke", async () => {
    const after = await plan(withPlatform("dev", { "node-pools": { default: { "cpu-limit": 20 }, batch: {} } }));
    const changes = changesBetween(await plan(project), after);
    expect(Object.keys(changes)).to.deep.equal([
      ...["hub", "dev", "dev/platform", "staging", "staging/platform", "prod", "prod/platform"],
    ]);
    expect(changes["dev/platform"]).to.deep.equal({
      warnings: [],
      create: ["kubernetes:karpenter.sh/v1:NodePool::dev-node-pool-batch"],
      update: [{ name: "kubernetes:karpenter.sh/v1:NodePool::dev-node-pool-default", properties: ["spec"] }],
      replace: [],
      delete: [],
    });
  });

  it("replace what gets another name, and what the Kubernetes API cannot change", async () => {
    const before = await plan(project);
    const [dev] = before.filter(({ name }) => name === "dev");
    const edited = dev!.platform!.resources.map((each) =>
      each.name === "dev-gp3" ? { ...each, inputs: { ...each.inputs, parameters: { type: "io2" } } } : each,
    );
    const after = [{ ...dev!, platform: { ...dev!.platform!, resources: edited } }];
    expect(changesBetween([dev!], after)["dev/platform"]?.replace).to.deep.equal([
      { name: "kubernetes:storage.k8s.io/v1:StorageClass::dev-gp3", properties: ["parameters"] },
    ]);
  });

  it("include what reads a resource of the spoke that is replaced", async () => {
    const [dev] = (await plan(project)).filter(({ name }) => name === "dev");
    const profile = "aws:iam/instanceProfile:InstanceProfile";
    const resources = dev!.resources.map((each) =>
      each.type === profile ? { ...each, inputs: { ...each.inputs, path: "/other/" } } : each,
    );
    const changes = changesBetween([dev!], [{ ...dev!, resources }]);
    expect(changes["dev"]?.replace.map(({ name }) => name)).to.deep.equal([`${profile}::dev-karpenter-node`]);
    expect(changes["dev/platform"]?.update).to.deep.equal([
      { name: "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass::dev-node-class", properties: ["spec"] },
    ]);
  });

  it("replace everything that is in a cluster with another identifier", async () => {
    const [dev] = (await plan(project)).filter(({ name }) => name === "dev");
    const resources = dev!.platform!.resources.map((each) =>
      each.type === "pulumi:providers:kubernetes"
        ? {
            ...each,
            inputs: { ...each.inputs, clusterIdentifier: "arn:aws:eks:ap-southeast-3:222222222222:cluster/b" },
          }
        : each,
    );
    const changes = changesBetween([dev!], [{ ...dev!, platform: { ...dev!.platform!, resources } }])["dev/platform"];
    expect(changes?.replace.filter(({ name }) => isDeployed(name))).to.have.length(22);
  });

  it("are refused where they delete a protected namespace", async () => {
    const changes = changesBetween(await plan(project), await plan(withPlatform("dev", { namespaces: {} })));
    expect(changes["dev/platform"]?.warnings?.map(({ kind, text }) => [kind, text])).to.deep.equal([
      [
        "refused",
        "pulumi up refuses to delete or replace Namespace dev-namespace-shop, ResourceQuota dev-namespace-shop-quota, " +
          "LimitRange dev-namespace-shop-requests and 3 more while protect is true. To do it anyway, set protect to false in " +
          "platform/Pulumi.dev.yaml and run pulumi up, and make this change in the update after that.",
      ],
    ]);
  });

  it("warn where its configuration is gone", async () => {
    const { stacks } = project.platform!;
    const rest = Object.fromEntries(Object.entries(stacks).filter(([name]) => name !== "dev"));
    const after = await plan({ ...project, platform: { ...project.platform!, stacks: rest } });
    const { warnings, delete: gone = [] } = changesBetween(await plan(project), after)["dev/platform"] ?? {};
    expect(gone.filter(isDeployed)).to.have.length(22);
    expect(warnings?.map(({ kind, text }) => [kind, text])).to.deep.equal([
      [
        "lost",
        "dev/platform has no configuration or no cluster any more. Destroy it first, with pulumi destroy --cwd platform " +
          "--stack dev: only its controllers delete the nodes, load balancers and volumes that they created.",
      ],
    ]);
  });

  it("are among those of growth, which replace nothing", async () => {
    const planned = await plan(project);
    const alternatives = await whatIf(project, planned);
    const [third] = alternatives.filter(({ what, stack: name }) => what === "third-zone" && name === "dev");
    if (third === undefined || !("after" in third.outcome)) throw new Error("no plan with a third AZ");
    expect(third.outcome.after.filter(({ type }) => isDeployed(type))).to.have.length(22);
    const steps = (await growthSteps(project, planned, alternatives)).filter(({ stack: name }) => name === "dev");
    expect(steps.flatMap(({ replaced }) => replaced)).to.deep.equal([]);
  });
});
