import { expect } from "chai";
import { plan, type Plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { hasNoDrift } from "../../../tools/verify/drift/drift";
import type { Verification } from "../../../tools/verify/verification";
import { withConnections } from "../../support/connections";
import { project } from "../../support/plans";
import { deployedExports, type ExportFiles, findResource, removeResource, setProperty } from "./support/exports";
import { verifyExports } from "./support/verify";

const TGW = "aws:ec2transitgateway";
const PROPAGATION = `${TGW}/routeTablePropagation:RouteTablePropagation`;
const ASSOCIATION = `${TGW}/routeTableAssociation:RouteTableAssociation`;

describe("npm run verify of deployed connections", () => {
  const connected = withConnections(project, [["dev", "staging"]]);
  let planned: Plan;
  before(async () => {
    planned = await plan(connected);
  });

  const verified = (edit: (files: ExportFiles) => unknown = () => undefined): Verification => {
    const files = deployedExports(stacksOfPlan(planned).stacks);
    edit(files);
    return verifyExports(files, planned, connected);
  };
  const failedIn = ({ checks }: Verification): string[] => [
    ...new Set(checks.flatMap(({ name, passed }) => (passed ? [] : [name]))),
  ];

  it("passes every check, and finds no drift", () => {
    const found = verified();
    expect(failedIn(found)).to.deep.equal([]);
    expect(found.drift.filter((each) => !hasNoDrift(each))).to.deep.equal([]);
  });

  it("passes without the export of a connected spoke", () => {
    expect(failedIn(verified((files) => delete files["staging"]))).to.deep.equal([]);
  });

  it("fails without the export of a connected spoke if the connection has the attachment of a third", () => {
    const found = verified((files) => {
      const route = findResource(files, "hub", PROPAGATION, "hub-connection-dev.staging");
      const { id } = findResource(files, "prod", `${TGW}/vpcAttachment:VpcAttachment`, "prod");
      setProperty(route, "transitGatewayAttachmentId", id);
      delete files["staging"];
    });
    expect(failedIn(found)).to.include.members(["spokes-are-isolated", "transit-routes-isolate-spokes"]);
  });

  it("fails for a connection without one direction", () => {
    const found = verified((files) => {
      removeResource(files, "hub", findResource(files, "hub", PROPAGATION, "hub-connection-staging.dev"));
    });
    expect(failedIn(found).sort()).to.deep.equal([
      "return-paths-are-symmetric",
      "spokes-are-isolated",
      "transit-routes-isolate-spokes",
    ]);
  });

  it("fails for a connected spoke in the shared route table", () => {
    const found = verified((files) => {
      removeResource(files, "hub", findResource(files, "hub", ASSOCIATION, "hub-connection-dev"));
    });
    expect(failedIn(found)).to.include.members(["spokes-are-isolated", "transit-routes-isolate-spokes"]);
  });
});
