import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { environmentNotes, faultsInFiles, faultsInWords, planOrRefuse } from "../../tools/planner/project/faults";
import { UserError } from "../../tools/io/errors";
import { readProject, type Project } from "../../tools/planner/project/project";
import { ProjectError } from "../../tools/planner/project/config-files";
import { withSettings } from "../../tools/planner/project/stack-config";
import { FIXTURE } from "../support/fixture";
import { mutateText, mutateTree, oddText, oddValue, type Tree } from "./mutate";
import type { Random } from "./random";
import { expectSentence, type Outcome, type Subject } from "./subject";

/** The declarations of the fixture project, with two networks: the smallest plan that has every kind of resource. */
export function smallFiles(): Readonly<Record<string, Tree>> {
  const project = parse(readFileSync(join(FIXTURE, "Pulumi.yaml"), "utf8")) as {
    config: Record<string, { [key: string]: Tree }>;
  };
  const networks = {
    hub: { cidr: "10.0.0.0/16", account: "111111111111" },
    dev: { cidr: "10.1.0.0/16", account: "222222222222" },
  };
  const config = { ...project.config, networks: { ...project.config["networks"], default: networks } };
  return {
    "Pulumi.yaml": { ...project, name: "piksel-network", config },
    "Pulumi.hub.yaml": { config: { "aws:region": "ap-southeast-3", "piksel-network:az-count": 3 } },
    "Pulumi.dev.yaml": {
      environment: [],
      config: {
        "aws:region": "ap-southeast-3",
        "aws:maxRetries": 5,
        "piksel-network:node-instance-types": ["m7g.large"],
        "piksel-network:cluster-public-access-cidrs": ["203.0.113.0/24"],
        "piksel-network:cluster-admins": ["arn:aws:iam::222222222222:role/admin"],
        "az-count": 2,
      },
    },
  };
}

const KEYS: readonly [string, ...string[]] = [
  ...(["az-count", "networks", "domain", "node-instance-types", "cluster-admins", "kubernetes-version"] as const),
  ...["image-publishers", "cluster-public-access-cidrs", "aws:region", "aws:assumeRoles", "pulumi:tags", "__proto__"],
];

/** One in so many accepted configurations is planned as a whole: a plan takes as long as a hundred readings. */
const PLANNED = 40;

/**
 * The configuration files, spoiled in their values, in their keys or as text, and perhaps with `--set`: read, and planned
 * as far as every stack's own faults.
 */
export function configuration(): Subject & { readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  const good = smallFiles();
  const texts = new Map(Object.entries(good).map(([name, tree]) => [name, stringify(tree)]));
  const run = async (random: Random): Promise<Outcome> => {
    const spoiled = new Set(Object.keys(good).filter(() => random.chance(0.3)));
    for (const [name, tree] of Object.entries(good)) {
      const text = texts.get(name) ?? "";
      if (!spoiled.has(name)) writeFileSync(join(folder, name), text);
      else
        writeFileSync(
          join(folder, name),
          random.chance(0.6) ? written(mutateTree(tree, random)) : mutateText(text, random),
        );
    }
    try {
      return await read(tried(readProject(folder), random), random);
    } catch (error) {
      if (!(error instanceof UserError) && !(error instanceof ProjectError)) throw error;
      expectSentence(error.message);
      return "refused";
    }
  };
  return { name: "configuration", run, remove: () => rmSync(folder, { recursive: true }) };
}

function written(tree: Tree): string {
  return JSON.stringify(tree) ?? "";
}

/** Perhaps with a setting to try. */
function tried(project: Project, random: Random): Project {
  if (random.chance(0.6)) return project;
  const stack = random.pick(["dev", "hub", "*", "__proto__", "qa", ""]);
  const value = random.chance(0.5) ? oddText(random) : JSON.stringify(oddValue(random));
  const text = `${stack}:${random.pick(KEYS)}=${value}`;
  return withSettings(project, [random.chance(0.2) ? mutateText(text, random) : text]);
}

async function read(project: Project, random: Random): Promise<Outcome> {
  for (const note of environmentNotes(project)) expectSentence(note);
  if (random.below(PLANNED) === 0) {
    await planOrRefuse(project);
    return "planned";
  }
  const found = faultsInFiles(project);
  if (found.length === 0) return "accepted";
  throw new UserError(faultsInWords(found, project));
}
