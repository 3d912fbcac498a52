import { expect } from "chai";
import type { PlannedResource } from "../../plan/engine/resource";
import { deployed } from "./pulumi-cloud";

const STACKS = ["hub", "dev", "staging", "prod"];
/** `TYPE NAME`, without the component's name that all begin with. */
const label = ({ type, name }: PlannedResource): string =>
  `${type.split(":").pop() ?? ""} ${name.replace(/^deployments-/, "")}`;
const names = (resources: readonly PlannedResource[]): string[] => resources.map(label).sort();
const inputs = (resources: readonly PlannedResource[], wanted: string) =>
  resources.find((resource) => label(resource) === wanted)?.inputs;

const made = [
  "Deployments deployments",
  ...STACKS.flatMap((stack) => [`DeploymentSettings ${stack}`, `DriftSchedule ${stack}`]),
  "Webhook dev-to-staging",
  "Webhook hub-to-dev",
];

describe("how Pulumi Deployments deploy the stacks", () => {
  for (const preview of [false, true]) {
    it(`is exactly the settings, edges and schedules that are listed, ${preview ? "in a preview" : "in an update"}`, async () => {
      const { resources } = await deployed({}, preview);
      expect(names(resources)).to.deep.equal([...made].sort());
    });
  }

  it("tells which stacks follow a merge and which wait for a person", async () => {
    expect((await deployed()).outputs).to.deep.equal({ chain: ["hub", "dev", "staging"], byHand: ["prod"] });
  });

  it("updates the hub alone on a push, and previews every stack for a pull request", async () => {
    const { resources } = await deployed();
    const sources = STACKS.map((stack) => {
      const { vcs } = inputs(resources, `DeploymentSettings ${stack}`) as unknown as {
        vcs: { deployCommits: boolean; previewPullRequests: boolean; pullRequestTemplate: boolean };
      };
      return [stack, vcs.deployCommits, vcs.previewPullRequests, vcs.pullRequestTemplate];
    });
    expect(sources).to.deep.equal([
      ["hub", true, true, false],
      ["dev", false, true, false],
      ["staging", false, true, false],
      ["prod", false, true, false],
    ]);
  });

  it("gives a stack these settings and no others", async () => {
    const { resources } = await deployed();
    const { operationContext, ...others } = inputs(resources, "DeploymentSettings dev") ?? {};
    expect(others).to.deep.equal({
      organization: "acme",
      project: "piksel-network",
      stack: "dev",
      sourceContext: { git: { branch: "main" } },
      vcs: {
        provider: "github",
        repository: "acme/network",
        deployCommits: false,
        previewPullRequests: true,
        pullRequestTemplate: false,
        paths: [
          "index.ts",
          "components/**",
          "package.json",
          "package-lock.json",
          "tsconfig.pulumi.json",
          ".nvmrc",
          "Pulumi.yaml",
          "Pulumi.README.md",
          "Pulumi.dev.yaml",
        ],
      },
      cacheOptions: { enable: true },
    });
    const { oidc, preRunCommands, options, ...rest } = operationContext as Record<string, unknown>;
    expect(rest).to.deep.equal({});
    expect(options).to.deep.equal({ skipIntermediateDeployments: true });
    expect(oidc).to.deep.equal({
      aws: {
        roleARN: "arn:aws:iam::222222222222:role/pulumi-deployments/piksel-network-dev-preview",
        sessionName: "${stack.name}-${deployment.version}",
        duration: "1h0m0s",
      },
    });
    expect(preRunCommands).to.have.lengthOf(2);
    const [take = "", refuse = ""] = preRunCommands as string[];
    expect(take).to.contain(
      "--role-arn arn:aws:iam::222222222222:role/pulumi-deployments/piksel-network-dev-deployment ",
    );
    expect(refuse).to.contain("arn:aws:sts::222222222222:assumed-role/piksel-network-dev-deployment/");
  });

  it("previews none that configuration leaves out", async () => {
    const { resources } = await deployed({ unpreviewed: '["hub","prod"]' });
    const previewed = STACKS.filter((stack) => {
      const { vcs } = inputs(resources, `DeploymentSettings ${stack}`) as unknown as {
        vcs: { previewPullRequests: boolean };
      };
      return vcs.previewPullRequests;
    });
    expect(previewed).to.deep.equal(["dev", "staging"]);
  });

  it("starts a stack when the one before it has been updated, and on nothing else", async () => {
    const { resources } = await deployed();
    expect(inputs(resources, "Webhook hub-to-dev")).to.deep.equal({
      organizationName: "acme",
      projectName: "piksel-network",
      stackName: "hub",
      displayName: "Update dev",
      format: "pulumi_deployments",
      payloadUrl: "piksel-network/dev",
      filters: ["update_succeeded"],
      active: true,
    });
  });

  it("has no webhook that starts prod", async () => {
    const { resources } = await deployed({ "slack-webhook": "https://hooks.slack.com/services/x" });
    const targets = resources.flatMap(({ type, inputs: each }) =>
      type.endsWith(":Webhook") && each["format"] === "pulumi_deployments" ? [each["payloadUrl"]] : [],
    );
    expect(targets).to.deep.equal(["piksel-network/dev", "piksel-network/staging"]);
  });

  it("searches each stack for drift, and repairs none by itself", async () => {
    const { resources } = await deployed();
    const schedules = resources.filter(({ type }) => type.endsWith(":DriftSchedule"));
    expect(
      schedules.map(({ inputs: { stack, scheduleCron, autoRemediate } }) => [stack, scheduleCron, autoRemediate]),
    ).to.deep.equal([
      ["hub", "0 20 * * *", false],
      ["dev", "5 20 * * *", false],
      ["staging", "10 20 * * *", false],
      ["prod", "15 20 * * *", false],
    ]);
  });

  it("tells Slack of deployments that fail, of drift, and that prod waits once staging is done", async () => {
    const { resources } = await deployed({ "slack-webhook": "https://hooks.slack.com/services/x" });
    const failures = ["deployment_failed", "drift_detected"];
    expect(STACKS.map((stack) => inputs(resources, `Webhook ${stack}-to-slack`)?.["filters"])).to.deep.equal([
      failures,
      failures,
      ["update_succeeded", ...failures],
      failures,
    ]);
  });

  it("comes after the settings, which webhooks and schedules need", async () => {
    const { resources } = await deployed();
    const settings = STACKS.map((stack) => `pulumiservice:index:DeploymentSettings::deployments-${stack}`).sort();
    const rest = resources.filter(({ type }) => /:(Webhook|DriftSchedule)$/.test(type));
    expect(rest).to.have.lengthOf(6);
    for (const { dependsOn } of rest) expect(dependsOn).to.deep.equal(settings);
  });

  for (const key of ["gated", "unpreviewed"]) {
    it(`refuses a stack in ${key} that is not in the register, before any resource`, async () => {
      const error = await deployed({ [key]: '["production"]' }).catch((failure: unknown) => failure);
      expect(String(error)).to.contain(`${key} names production: networks are hub, dev, staging, prod`);
    });
  }

  it("refuses an hour that no day has, before any resource", async () => {
    const error = await deployed({ "drift-hour": "24" }).catch((failure: unknown) => failure);
    expect(String(error)).to.contain("drift-hour is 24: must be a whole number from 0 to 23");
  });
});
