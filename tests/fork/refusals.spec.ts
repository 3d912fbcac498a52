import { expect } from "chai";
import { SetupError } from "../../delivery/account-map";
import { deploymentSettings } from "../../delivery/deployments/settings";
import { deploymentNames } from "../../delivery/identities";
import { planStack } from "../../tools/planner/plan";
import { faults, planOrFaults } from "../../tools/planner/project/faults";
import { project, withConfig } from "../support/plans";

describe("names that do not match", () => {
  it("are refused: a prefix that only one spoke sets", async () => {
    expect(await faults(withConfig(project, "dev", { prefix: "acme" }))).to.deep.equal([
      {
        stack: "dev",
        text:
          'prefix is "acme", and "piksel" in hub: it must be the same in every stack, so set it in Pulumi.yaml and in ' +
          "no stack's file; to try another, --set '*:prefix=VALUE'",
      },
    ]);
  });

  it("are refused: a prefix other than that of the deployed hub", async () => {
    const hub = await planStack(project, "hub", {});
    const renamed = withConfig(project, "dev", { prefix: "acme" });
    expect(await planOrFaults(renamed, "dev", { hub: hub.outputs })).to.deep.equal([
      {
        stack: "dev",
        text:
          'prefix of dev is "acme" and the hub was deployed with another, as its topic piksel-network-events shows: ' +
          "set prefix to the same value in every stack, best as its default in Pulumi.yaml",
      },
    ]);
  });

  it("are refused: a project name that makes the name of a deployment role longer than 64 characters", () => {
    const [longest, stack] = ["p".repeat(49), "dev"];
    expect(deploymentNames(longest, stack).deploymentRole).to.have.length(64);
    expect(() => deploymentNames(`${longest}x`, stack)).to.throw(
      SetupError,
      `name in Pulumi.yaml is "${longest}x": IAM takes 64 characters for the role ${longest}x-dev-deployment; ` +
        "choose a name of at most 49",
    );
  });

  it("do not occur in deployments, which set the environment variable with the project's prefix", () => {
    const deployed = {
      stack: "dev",
      account: "222222222222",
      region: "eu-west-1",
      starts: false,
      startsPlatforms: false,
      previewed: true,
    };
    const naming = { project: "acme-platform", prefix: "acme-net" };
    const source = { organization: "acme", repository: "acme/network", branch: "main" };
    const { operationContext, project: name } = deploymentSettings({ ...naming, ...deployed }, source);
    const commands = operationContext.preRunCommands.join("\n");
    expect(name).to.equal("acme-platform");
    expect(commands).to.contain("ACME_NET_HUB_ACCESS=read").and.to.contain("--stack acme/acme-platform/dev");
    expect(operationContext.oidc.aws.roleARN).to.equal(
      "arn:aws:iam::222222222222:role/pulumi-deployments/acme-platform-dev-preview",
    );
  });
});
