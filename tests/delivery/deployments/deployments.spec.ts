import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ENVIRONMENT, preRunCommands as preRunCommandsOf } from "../../../delivery/deployments/settings";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
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

  it("shows which stacks follow a merge, which wait for a person and which pull requests preview", async () => {
    expect((await deployed()).outputs).to.deep.equal({
      chain: ["hub", "dev", "staging"],
      byHand: ["prod"],
      previewed: ["dev", "staging"],
    });
  });

  // Review H3.
  it("updates the hub alone on a push, and previews neither the hub nor prod for a pull request", async () => {
    const { resources } = await deployed();
    const sources = STACKS.map((stack) => {
      const { vcs } = inputs(resources, `DeploymentSettings ${stack}`) as unknown as {
        vcs: { deployCommits: boolean; previewPullRequests: boolean; pullRequestTemplate: boolean };
      };
      return [stack, vcs.deployCommits, vcs.previewPullRequests, vcs.pullRequestTemplate];
    });
    expect(sources).to.deep.equal([
      ["hub", true, false, false],
      ["dev", false, true, false],
      ["staging", false, true, false],
      ["prod", false, false, false],
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
          ".npmrc",
          "tools/cli/start.cjs",
          ".nvmrc",
          "Pulumi.yaml",
          "Pulumi.README.md",
          "Pulumi.dev.yaml",
        ],
      },
      // Review H3: a pull request's preview cannot leave anything for an update to find.
      cacheOptions: { enable: false },
    });
    const { oidc, preRunCommands, environmentVariables, options, ...rest } = operationContext as Record<
      string,
      unknown
    >;
    expect(rest).to.deep.equal({});
    expect(options).to.deep.equal({ skipIntermediateDeployments: true });
    expect(oidc).to.deep.equal({
      aws: {
        roleARN: "arn:aws:iam::222222222222:role/pulumi-deployments/piksel-network-dev-preview",
        sessionName: "${stack.name}-${deployment.version}",
        duration: "1h0m0s",
      },
    });
    // Review H3, A7, M8.
    expect(environmentVariables).to.deep.equal({
      PULUMI_OPTION_POLICY_PACK: "policy",
      NPM_CONFIG_IGNORE_SCRIPTS: "true",
      AWS_STS_REGIONAL_ENDPOINTS: "regional",
      GITHUB_TOKEN: "none",
    });
    const role = {
      account: "222222222222",
      roleName: "piksel-network-dev-deployment",
      roleArn: "arn:aws:iam::222222222222:role/pulumi-deployments/piksel-network-dev-deployment",
      region: "ap-southeast-3",
      sessionSeconds: 7200,
    };
    expect(preRunCommands).to.deep.equal(
      preRunCommandsOf({ role, fullStackName: "acme/piksel-network/dev", hubAccess: "PIKSEL_HUB_ACCESS" }),
    );
  });

  it("runs the policy pack that is in the repository", () => {
    expect(existsSync(join(ENVIRONMENT.PULUMI_OPTION_POLICY_PACK, "PulumiPolicy.yaml"))).to.equal(true);
  });

  it("previews what configuration says", async () => {
    const { resources } = await deployed({ unpreviewed: '["dev"]', "pull-requests-may-administer": '["prod"]' });
    const previewed = STACKS.filter((stack) => {
      const { vcs } = inputs(resources, `DeploymentSettings ${stack}`) as unknown as {
        vcs: { previewPullRequests: boolean };
      };
      return vcs.previewPullRequests;
    });
    expect(previewed).to.deep.equal(["staging", "prod"]);
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

  for (const key of ["gated", "unpreviewed", "pull-requests-may-administer"]) {
    it(`refuses a stack in ${key} that is not in the account map, before any resource`, async () => {
      const error = await deployed({ [key]: '["production"]' }).catch((failure: unknown) => failure);
      expect(String(error)).to.contain(
        `${key} names production, which is not in the account map (networks): it has hub, dev, staging, prod`,
      );
    });
  }

  it("refuses an hour that no day has, before any resource", async () => {
    const error = await deployed({ "drift-hour": "24" }).catch((failure: unknown) => failure);
    expect(String(error)).to.contain("drift-hour is 24: must be a whole number from 0 to 23");
  });
});
