import { expect } from "chai";
import program from "../../../index";
import { cloud } from "../../../tools/planner/doubles/cloud";
import { PlanningMonitor } from "../../../tools/planner/engine/monitor";
import { run } from "../../../tools/planner/engine/run";
import { configForProgram, stackConfig } from "../../../tools/planner/project/project";
import { project, withConfig } from "../../support/plans";
import { DATA_CENTRE, OFFICE, withSites } from "../../support/sites";

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own monitor below
const ORIGINAL = PlanningMonitor.prototype.registerResource;
const ROUTE = "aws:ec2transitgateway/route:Route";

/** Names of the transit gateway routes of the hub that Pulumi deletes before it creates their successors. */
async function deletedFirst(): Promise<string[]> {
  const sites = withSites(project, { office: OFFICE, "data-centre": DATA_CENTRE });
  const changed = withConfig(sites, "hub", { "central-egress": true });
  const config = configForProgram(changed, "hub", stackConfig(changed, changed.stacks["hub"] ?? {}));
  const names: string[] = [];
  const monitor = PlanningMonitor.prototype;
  monitor.registerResource = function (this: PlanningMonitor, request, callback) {
    if (request.getType() === ROUTE && request.getDeletebeforereplace()) names.push(request.getName());
    return ORIGINAL.call(this, request, callback);
  };
  try {
    await run(program, cloud({}), { project: project.name, stack: "hub", organization: "acme", config });
  } finally {
    monitor.registerResource = ORIGINAL;
  }
  return names.sort();
}

describe("routes to a site", () => {
  // AWS refuses a second route for a CIDR (RouteAlreadyExists), and another kind of link of a site replaces its attachment.
  it("are deleted before their successors, and no other route is", async () => {
    const routes = [...DATA_CENTRE.cidrs, ...OFFICE.cidrs].map((cidr) => cidr.replace("/", "-"));
    expect(await deletedFirst()).to.deep.equal(
      [
        ...routes.slice(0, 2).flatMap((cidr) => ["hub", "prod"].map((to) => `hub-site-data-centre.${to}.${cidr}`)),
        ...routes.slice(2).flatMap((cidr) => ["hub", "dev"].map((to) => `hub-site-office.${to}.${cidr}`)),
      ].sort(),
    );
  });
});
