import { expect } from "chai";
import { withSpokes } from "../../../tools/bench/spokes";
import { plan } from "../../../tools/planner/plan";
import type { Project } from "../../../tools/planner/project/project";
import { page } from "../../../tools/report/html/page";
import { checks } from "../../../tools/report/view/checks";
import { costs } from "../../../tools/report/view/costs";
import { project } from "../../support/plans";

/** Bytes of a megabyte. */
const MB = 1_000_000;

async function sizeOf(of: Project): Promise<number> {
  const planned = await plan(of);
  const shown = { plan: planned, changes: undefined, costs: costs(planned, []), checks: checks(planned), quotas: [] };
  return Buffer.byteLength(page(shown));
}

// Issue 13, "The page": 0.3, 1.1 and 5.4 MB before.
describe("the size of the page", () => {
  it("is below half a megabyte for four stacks", async () => {
    expect(await sizeOf(project)).to.be.below(0.5 * MB);
  });

  it("grows by at most 20 kilobytes with each further spoke", async () => {
    const [some, more] = [await sizeOf(withSpokes(project, 10)), await sizeOf(withSpokes(project, 30))];
    expect((more - some) / 20).to.be.below(20_000);
  });
});
