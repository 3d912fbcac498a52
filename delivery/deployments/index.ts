import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { HUB } from "../../components/settings/networks";
import { readAccountMap, sentenceOf } from "../account-map";
import { Deployments } from "./deployments";
import { driftCrons, previewedStacks, rollout } from "./rollout";

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
  const { naming, stacks, order, previewed, crons } = readPlan(config, folder);
  new Deployments("deployments", {
    naming,
    source: {
      organization: pulumi.getOrganization(),
      repository: config.require("repository"),
      branch: config.require("branch"),
    },
    stacks,
    rollout: order,
    previewed,
    driftCrons: crons,
    slackWebhook: config.getSecret("slack-webhook"),
  });
  return { chain: order.chain, byHand: order.gated, previewed };
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
    return { naming, stacks, order, previewed, crons };
  } catch (error) {
    throw new pulumi.RunError(sentenceOf(error));
  }
}

export = setUpDeployments;
