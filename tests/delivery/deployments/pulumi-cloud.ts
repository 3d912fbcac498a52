import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { type Cloud, symbolicId } from "../../../tools/planner/engine/resource";
import { run, type Registered } from "../../../tools/planner/engine/run";
import setUpDeployments from "../../../delivery/deployments";
import { FIXTURE } from "../../support/fixture";

/** Pulumi Cloud, as far as the settings of deployments meet it: it gives ids and answers no questions. */
const pulumiCloud: Cloud = {
  create: (request) => ({ id: symbolicId(request), outputs: {}, children: [], dependencies: {} }),
  attributes: () => ({}),
  read: (type, id) => {
    throw new Error(`unexpected read of ${type} ${id}`);
  },
  call: (token) => {
    throw new Error(`unexpected lookup ${token}`);
  },
};

/** Defaults that `delivery/deployments/Pulumi.yaml` declares, as the CLI hands them to the program. */
function defaults(): Record<string, string> {
  const { config } = parse(readFileSync("delivery/deployments/Pulumi.yaml", "utf8")) as {
    config: Readonly<Record<string, { readonly default?: unknown }>>;
  };
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, { default: value }]) =>
      value === undefined ? [] : [[key, typeof value === "string" ? value : JSON.stringify(value)]],
    ),
  );
}

/** What the program of `delivery/deployments/` asks for; keys without a namespace are its own, and those not given have defaults. */
export function deployed(
  config: Readonly<Record<string, string>> = {},
  preview = false,
  folder = FIXTURE,
): Promise<Registered> {
  const all = { ...defaults(), repository: "acme/network", ...config };
  return run(() => setUpDeployments(folder), pulumiCloud, {
    project: "piksel-network-deploy",
    stack: "all",
    organization: "acme",
    config: Object.fromEntries(Object.entries(all).map(([key, value]) => [`piksel-network-deploy:${key}`, value])),
    preview,
  });
}
