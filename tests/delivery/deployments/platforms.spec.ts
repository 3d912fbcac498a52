import { expect } from "chai";
import { type NetworkToDeploy } from "../../../delivery/account-map";
import { platforms } from "../../../delivery/deployments/platforms";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
import { Copy } from "../../tools/cli/start";
import { deployed } from "./pulumi-cloud";

const ROLE = "arn:aws:iam::222222222222:role/platform-dev";
const POOL = "12345678-8102-447f-b246-e9ec85786e23";
const DEV: NetworkToDeploy = {
  stack: "dev",
  account: "222222222222",
  region: "ap-southeast-3",
  clusterAdmins: ["arn:aws:iam::222222222222:role/admin", ROLE],
};
const NETWORKS: readonly NetworkToDeploy[] = [{ ...DEV, stack: "hub" }, DEV, { ...DEV, stack: "prod" }];

describe("The key platforms", () => {
  it("names the role and the runner pool of a spoke's platform", () => {
    expect(platforms({ dev: { role: ROLE, "runner-pool": POOL } }, NETWORKS, "piksel")).to.deep.equal([
      { stack: "dev", region: "ap-southeast-3", clusterName: "piksel-dev", roleArn: ROLE, runnerPool: POOL },
    ]);
  });

  it("is empty by default, and then nothing of a platform is deployed", async () => {
    const { resources, outputs } = await deployed();
    expect(resources.filter(({ type, name }) => `${type} ${name}`.includes("latform"))).to.deep.equal([]);
    expect(outputs).not.to.have.property("platforms");
  });

  const faults: readonly (readonly [value: unknown, message: string])[] = [
    [{ qa: {} }, "platforms names qa, which is not a spoke (networks): it has dev, prod"],
    [{ hub: {} }, "platforms names hub, which is not a spoke (networks): it has dev, prod"],
    [[], "platforms is []: must be an object"],
    [{ dev: "x" }, 'platforms.dev is "x": must be an object'],
    [{ dev: { role: ROLE } }, "platforms.dev.runner-pool is missing: must be a string"],
    [{ dev: { role: 1, "runner-pool": POOL } }, "platforms.dev.role is 1: must be a string"],
    [{ dev: { role: ROLE, pool: POOL } }, "platforms.dev.pool is not a field: it has role and runner-pool"],
    [
      { dev: { role: "arn:aws:iam::222222222222:role/other", "runner-pool": POOL } },
      "platforms.dev.role is arn:aws:iam::222222222222:role/other, which does not administer the cluster: " +
        "add it to cluster-admins in Pulumi.dev.yaml, and update that stack",
    ],
  ];
  for (const [value, message] of faults) {
    it(`is refused with ${JSON.stringify(value)}`, () => {
      expect(() => platforms(value, NETWORKS, "piksel")).to.throw(message);
    });
  }
});

describe("how Pulumi Deployments deploy a platform", () => {
  let copy: Copy;
  let resources: readonly PlannedResource[];
  let outputs: Readonly<Record<string, unknown>>;
  before(async () => {
    copy = new Copy();
    copy.configure("dev", "aws:region: ap-southeast-3", `cluster-admins: [${ROLE}]`);
    const config = {
      platforms: JSON.stringify({ dev: { role: ROLE, "runner-pool": POOL } }),
      "slack-webhook": "https://hooks.slack.com/services/x",
    };
    ({ resources, outputs } = await deployed(config, false, copy.folder));
  });
  after(() => {
    copy.remove();
  });
  const ofPlatform = (): PlannedResource[] => resources.filter(({ name }) => name.startsWith("platforms"));
  const inputs = (type: string, name: string): PlannedResource["inputs"] | undefined =>
    resources.find((each) => each.type.endsWith(`:${type}`) && each.name === name)?.inputs;

  it("is exactly these resources", () => {
    expect(ofPlatform().map(({ type, name }) => `${type.split(":").pop() ?? ""} ${name}`)).to.deep.equal([
      "PlatformDeployments platforms",
      "DeploymentSettings platforms-dev",
      "Webhook platforms-dev",
      "Webhook platforms-dev-to-slack",
    ]);
    expect(outputs["platforms"]).to.deep.equal(["dev"]);
  });

  it("runs in the runner pool with the platform's role, and no pull request previews it", () => {
    expect(inputs("DeploymentSettings", "platforms-dev")).to.deep.equal({
      organization: "acme",
      project: "piksel-platform",
      stack: "dev",
      agentPoolId: POOL,
      sourceContext: { git: { branch: "main", repoDir: "platform" } },
      vcs: {
        provider: "github",
        repository: "acme/network",
        deployCommits: false,
        previewPullRequests: false,
        pullRequestTemplate: false,
      },
      operationContext: {
        oidc: { aws: { roleARN: ROLE, sessionName: "${stack.name}-${deployment.version}", duration: "1h0m0s" } },
        environmentVariables: {
          NPM_CONFIG_IGNORE_SCRIPTS: "true",
          AWS_STS_REGIONAL_ENDPOINTS: "regional",
          GITHUB_TOKEN: "none",
        },
        preRunCommands: [
          'cd "$(git rev-parse --show-toplevel)" && pulumi install --use-language-version-tools',
          "aws eks update-kubeconfig --region ap-southeast-3 --name piksel-dev",
        ],
        options: { skipIntermediateDeployments: true, skipInstallDependencies: true },
      },
      cacheOptions: { enable: false },
    });
  });

  it("follows a successful update of its spoke, and reports a failure", () => {
    expect(inputs("Webhook", "platforms-dev")).to.deep.equal({
      organizationName: "acme",
      projectName: "piksel-network",
      stackName: "dev",
      displayName: "Update the platform of dev",
      format: "pulumi_deployments",
      payloadUrl: "piksel-platform/dev",
      filters: ["update_succeeded"],
      active: true,
    });
    expect(inputs("Webhook", "platforms-dev-to-slack")).to.deep.include({
      projectName: "piksel-platform",
      stackName: "dev",
      filters: ["deployment_failed"],
    });
  });

  it("starts the chain with a push that changes the program of platforms, from the hub", () => {
    const paths = (stack: string): readonly string[] => {
      const { vcs } = inputs("DeploymentSettings", `deployments-${stack}`) as unknown as {
        vcs: { paths: readonly string[] };
      };
      return vcs.paths.filter((path) => path.startsWith("platform"));
    };
    expect(["hub", "dev", "staging", "prod"].map(paths)).to.deep.equal([["platform/**"], [], [], []]);
  });
});
