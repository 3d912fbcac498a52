import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { UserError } from "../../tools/io/errors";
import { ProjectError } from "../../tools/planner/project/config-files";
import { faultsInFiles, faultsInWords, notesOn, planOrRefuse } from "../../tools/planner/project/faults";
import { type Project, readProject, withSettings } from "../../tools/planner/project/project";
import { FIXTURE } from "../support/fixture";
import { mutateText, mutateTree, oddText, oddValue, type Tree } from "./mutate";
import type { Random } from "./random";
import { expectSentence, type Outcome, type Subject } from "./subject";

/** The files of the fixture project with only two networks: the smallest plan with every kind of resource. */
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

/** One in 40 accepted configurations is planned completely, which takes as long as reading 100. */
const PLANNED = 40;

/**
 * The configuration files, with mutated values, keys or text, and sometimes with `--set`. They are read and checked for
 * faults, and some are planned.
 */
export function configuration(): Subject & { readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  const originals = Object.entries(smallFiles()).map(([name, tree]) => ({ name, tree, text: stringify(tree) }));
  const run = async (random: Random): Promise<Outcome> => {
    const files = originals.map((file) => ({ ...file, isMutated: random.chance(0.3) }));
    for (const { name, tree, text, isMutated } of files) {
      const mutated = (): string =>
        random.chance(0.6) ? JSON.stringify(mutateTree(tree, random)) : mutateText(text, random);
      writeFileSync(join(folder, name), isMutated ? mutated() : text);
    }
    try {
      return await read(withRandomSetting(readProject(folder), random), random);
    } catch (error) {
      if (!(error instanceof UserError) && !(error instanceof ProjectError)) throw error;
      expectSentence(error.message);
      return "refused";
    }
  };
  return { name: "configuration", run, remove: () => rmSync(folder, { recursive: true }) };
}

/** Adds a setting, as `--set` does, to some of the projects. */
function withRandomSetting(project: Project, random: Random): Project {
  if (random.chance(0.6)) return project;
  const stack = random.pick(["dev", "hub", "*", "__proto__", "qa", ""]);
  const value = random.chance(0.5) ? oddText(random) : JSON.stringify(oddValue(random));
  const text = `${stack}:${random.pick(KEYS)}=${value}`;
  return withSettings(project, [random.chance(0.2) ? mutateText(text, random) : text]);
}

async function read(project: Project, random: Random): Promise<Outcome> {
  for (const note of notesOn(project)) expectSentence(note);
  if (random.below(PLANNED) === 0) {
    await planOrRefuse(project);
    return "planned";
  }
  const found = faultsInFiles(project);
  if (found.length === 0) return "accepted";
  throw new UserError(faultsInWords(found, project));
}
