import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, parseDocument } from "yaml";
import { pictureFile } from "../../tools/report/html/picture/picture";
import { plan, type Plan } from "../../tools/planner/plan";
import { FIXTURE } from "../support/fixture";
import { expectedFile, expectedText } from "../support/expected";
import { repositoryFiles } from "../support/files";
import { projectWithAlarms as project, stack } from "../support/plans";
import { deployed, expectedPlatformFile, PLATFORMS, SAMPLE } from "../platform/support";
import { withTables } from "./defaults";
import { withOutputs } from "./outputs";

/** A file, or a part of one, that is generated: what tests compare and what `npm run accept` writes. */
export interface Artefact {
  readonly file: string;
  /** What the file must be, from what it is: the parts that people write stay. */
  readonly produce: (current: string) => Promise<string>;
}

let planned: Promise<Plan> | undefined;
const fixturePlan = (): Promise<Plan> => (planned ??= plan(project));

/** All that is generated. The documentation shows the fixture project, so an edit of a fork leaves every file as it is. */
export const ARTEFACTS: readonly Artefact[] = [
  ...["Pulumi.yaml", "platform/Pulumi.yaml"].map((file) => ({
    file: join(FIXTURE, file),
    produce: (current: string) => Promise.resolve(fixtureProject(file, current)),
  })),
  ...Object.keys(project.stacks).map((name) => ({
    file: expectedFile(name),
    produce: async () => expectedText(stack(await fixturePlan(), name).resources),
  })),
  ...(["karpenter", "auto"] as const).map((platform) => ({
    file: expectedPlatformFile(platform),
    produce: async () => expectedText((await deployed(PLATFORMS[platform], SAMPLE)).resources),
  })),
  { file: "docs/network.svg", produce: async () => pictureFile(await fixturePlan()) },
  ...pages().map((file) => ({
    file,
    produce: async (current: string) => withOutputs(file, await withTables(file, current)),
  })),
];

/** Pages of the documentation. */
function pages(): string[] {
  const files = repositoryFiles().filter((file) => file.endsWith(".md") && !file.startsWith("tests"));
  return files.filter((file) => file !== "CHANGELOG.md").sort();
}

/**
 * A `Pulumi.yaml` of the fixture: the repository's, with the fixture's own name and defaults. A default that the fixture does
 * not have yet is taken over; one that it has stays, whatever a fork writes into its own.
 */
function fixtureProject(file: string, current: string): string {
  const document = parseDocument(readFileSync(file, "utf8"));
  const fixture = parseDocument(current);
  for (const key of ["name", "description"]) document.setIn([key], fixture.getIn([key]));
  document.deleteIn(["template"]);
  const top = document.contents;
  // The comment on the template would stay above what follows it.
  if (isMap(top)) for (const { key } of top.items) delete (key as { commentBefore?: string }).commentBefore;
  const config = document.getIn(["config"]);
  if (!isMap(config)) throw new Error("Pulumi.yaml has no config");
  // Keys of others, such as the tags that pulumi new adds.
  for (const key of config.items.map((item) => String(item.key)).filter((each) => each.includes(":")))
    config.delete(key);
  for (const { key } of config.items) {
    const path = ["config", String(key), "default"];
    if (fixture.hasIn(path)) document.setIn(path, fixture.getIn(path, true));
  }
  return document.toString({ lineWidth: 0 });
}
