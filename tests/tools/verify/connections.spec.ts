import { expect } from "chai";
import { plan, type Plan } from "../../../tools/planner/plan";
import { hasNoDrift } from "../../../tools/verify/drift/drift";
import type { Verification } from "../../../tools/verify/verification";
import { withConnections } from "../../support/connections";
import { project } from "../../support/plans";
import { type ExportFiles, findResource, removeResource, setProperty } from "./support/exports";
import { failedChecks, verifyDeployed } from "./support/verify";

const TGW = "aws:ec2transitgateway";
const PROPAGATION = `${TGW}/routeTablePropagation:RouteTablePropagation`;
const ASSOCIATION = `${TGW}/routeTableAssociation:RouteTableAssociation`;

describe("npm run verify of deployed connections", () => {
  const connected = withConnections(project, [["dev", "staging"]]);
  let planned: Plan;
  before(async () => {
    planned = await plan(connected);
  });

  const verified = (edit?: (files: ExportFiles) => unknown): Verification => verifyDeployed(planned, connected, edit);

  it("passes every check, and finds no drift", () => {
    const found = verified();
    expect(failedChecks(found)).to.deep.equal([]);
    expect(found.drift.filter((each) => !hasNoDrift(each))).to.deep.equal([]);
  });

  it("passes without the export of a connected spoke", () => {
    expect(failedChecks(verified((files) => delete files["staging"]))).to.deep.equal([]);
  });

  it("fails without the export of a connected spoke if the connection has the attachment of a third", () => {
    const found = verified((files) => {
      const route = findResource(files, "hub", PROPAGATION, "hub-connection-dev.staging");
      const { id } = findResource(files, "prod", `${TGW}/vpcAttachment:VpcAttachment`, "prod");
      setProperty(route, "transitGatewayAttachmentId", id);
      delete files["staging"];
    });
    expect(failedChecks(found)).to.include.members(["spokes-are-isolated", "transit-routes-isolate-spokes"]);
  });

  it("fails for a connection without one direction", () => {
    const found = verified((files) => {
      removeResource(files, "hub", findResource(files, "hub", PROPAGATION, "hub-connection-staging.dev"));
    });
    expect(failedChecks(found).sort()).to.deep.equal([
      "return-paths-are-symmetric",
      "spokes-are-isolated",
      "transit-routes-isolate-spokes",
    ]);
  });

  it("fails for a connected spoke in the shared route table", () => {
    const found = verified((files) => {
      removeResource(files, "hub", findResource(files, "hub", ASSOCIATION, "hub-connection-dev"));
    });
    expect(failedChecks(found)).to.include.members(["spokes-are-isolated", "transit-routes-isolate-spokes"]);
  });
});
