import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { HUB } from "../../components/settings/networks";
import { readAccountMap, sentenceOf } from "../account-map";
import { Deployments } from "./deployments";
import { PlatformDeployments } from "./platform-deployments";
import { platforms as decodePlatforms } from "./platforms";
import { driftCrons, previewedStacks, rollout } from "./rollout";
import { PLATFORM_FOLDER } from "./settings";

/** Folder of the network's `Pulumi.yaml`. */
const NETWORK_PROJECT = join(__dirname, "..", "..");

/**
 * Sets up Pulumi Deployments for every stack of the account map. An administrator of the organization runs it once, and
 * again when the account map or this program changes.
 *
 * @param folder with the `Pulumi.yaml` of the network
 */
async function setUpDeployments(folder: string = NETWORK_PROJECT): Promise<Record<string, unknown>> {
  const config = new pulumi.Config();
  const { naming, stacks, order, previewed, crons, platforms } = readPlan(config, folder);
  const source = {
    organization: pulumi.getOrganization(),
    repository: config.require("repository"),
    branch: config.require("branch"),
  };
  const slackWebhook = config.getSecret("slack-webhook");
  const deployments = new Deployments("deployments", {
    naming,
    source,
    stacks,
    rollout: order,
    previewed,
    hasPlatforms: platforms.length > 0,
    driftCrons: crons,
    slackWebhook,
  });
  if (platforms.length > 0) {
    new PlatformDeployments(
      "platforms",
      { networkProject: naming.project, project: platformProject(), platforms, source, slackWebhook },
      { dependsOn: [deployments] },
    );
  }
  return {
    chain: order.chain,
    byHand: order.gated,
    previewed,
    ...(platforms.length === 0 ? {} : { platforms: platforms.map(({ stack }) => stack) }),
  };
}

/** The stacks, their order and their drift schedules. It turns faults of the configuration into messages. */
function readPlan(config: pulumi.Config, folder: string) {
  try {
    const { naming, networks: stacks } = readAccountMap(folder);
    const names = stacks.map(({ stack }) => stack);
    const gated = config.requireObject<string[]>("gated");
    const order = rollout(names, gated, HUB);
    const previewed = previewedStacks(names, {
      hub: HUB,
      gated,
      unpreviewed: config.requireObject<string[]>("unpreviewed"),
      pullRequestsMayAdminister: config.requireObject<string[]>("pull-requests-may-administer"),
    });
    const crons = driftCrons([...order.chain, ...order.gated], config.requireNumber("drift-hour"));
    const platforms = decodePlatforms(config.requireObject("platforms"), stacks, naming.prefix);
    return { naming, stacks, order, previewed, crons, platforms };
  } catch (error) {
    throw new pulumi.RunError(sentenceOf(error));
  }
}

/** Name of the project in `platform/`. */
function platformProject(): string {
  const file = join(NETWORK_PROJECT, PLATFORM_FOLDER, "Pulumi.yaml");
  return (parse(readFileSync(file, "utf8")) as { readonly name: string }).name;
}

export = setUpDeployments;
