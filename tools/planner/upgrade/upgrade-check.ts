import { changesBetween, type Changes } from "../changes/changes";
import { planOrRefuse, readOrRefuse } from "../../cli/refusals";
import { codeAt } from "./code-at";
import { configureFor, otherDependencies } from "./configuration-for";
import { planWith } from "./plan-with";
import { inTemporaryFolder } from "./temporary-folder";

/** What an update from other code to the present code does to deployed stacks. */
export interface Upgrade {
  /** Full hash of the commit that the stacks are deployed with. */
  readonly commit: string;
  readonly changes: Readonly<Record<string, Changes>>;
  /** Keys of the configuration that the other code does not know: it is planned without them. */
  readonly unknownKeys: readonly string[];
  /** Packages with which the other code was released in another version: it is planned with the present ones. */
  readonly otherDependencies: readonly string[];
}

/**
 * Plans the configuration with the code at a commit and with the present code, and compares.
 *
 * @param project folder of the project, in the git repository that has the commit
 * @param configuration folder with `Pulumi.yaml` and the stack files. @default the project's own
 * @throws RefError for what names no commit, PlanningError when the code there refuses the configuration, Refused when the
 *   present code does
 */
export async function upgradeFrom(ref: string, project: string, configuration = project): Promise<Upgrade> {
  return inTemporaryFolder("upgrade-check-", async (target) => {
    const { commit, folder } = await codeAt(ref, project, target);
    const differences = otherDependencies(project, folder);
    const present = readOrRefuse(configuration);
    const unknownKeys = configureFor(configuration, folder);
    // At the same time; both are awaited, since the folder must outlast the other process.
    const [now, then] = await Promise.allSettled([planOrRefuse(present), planWith(folder)]);
    const [after, before] = [valueOf(now), valueOf(then)];
    return { commit, changes: changesBetween(before, after), unknownKeys, otherDependencies: differences };
  });
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === "rejected") throw settled.reason;
  return settled.value;
}
