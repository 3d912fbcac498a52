import { expect } from "chai";
import { plan, type Plan } from "../../../tools/planner/plan";
import { hasNoDrift } from "../../../tools/verify/drift/drift";
import type { Verification } from "../../../tools/verify/verification";
import { project } from "../../support/plans";
import { DATA_CENTRE, OFFICE, withSites } from "../../support/sites";
import { type ExportFiles, findResource, removeResource, setProperty } from "./support/exports";
import { failedChecks, verifyDeployed } from "./support/verify";

const TGW = "aws:ec2transitgateway";
const VPN = "aws:ec2/vpnConnection:VpnConnection";
const RULE = "aws:route53/resolverRuleAssociation:ResolverRuleAssociation";

describe("npm run verify of deployed sites", () => {
  const connected = withSites(
    project,
    { office: OFFICE, "data-centre": DATA_CENTRE },
    { "corp.example": ["192.168.0.53"] },
  );
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

  it("passes without the export of a spoke that a site names", () => {
    expect(failedChecks(verified((files) => delete files["dev"]))).to.deep.equal([]);
  });

  it("fails for a site whose attachment leads to another spoke", () => {
    const found = verified((files) => {
      const route = findResource(
        files,
        "hub",
        `${TGW}/routeTablePropagation:RouteTablePropagation`,
        "hub-site-office.dev",
      );
      const { id } = findResource(files, "staging", `${TGW}/vpcAttachment:VpcAttachment`, "staging");
      setProperty(route, "transitGatewayAttachmentId", id);
    });
    expect(failedChecks(found)).to.deep.equal(["return-paths-are-symmetric", "sites-reach-only-named-spokes"]);
  });

  it("fails for a tunnel that was weakened, and shows it as critical drift", () => {
    const found = verified((files) => {
      setProperty(findResource(files, "hub", VPN, "hub-site-office"), "tunnel1IkeVersions", ["ikev1", "ikev2"]);
    });
    expect(failedChecks(found)).to.deep.equal(["data-and-access-are-protected"]);
    expect(found.drift.filter((each) => !hasNoDrift(each)).map(({ stack }) => stack)).to.deep.equal(["hub"]);
  });

  it("fails for a spoke that lost the association with a rule", () => {
    const found = verified((files) => {
      removeResource(files, "dev", findResource(files, "dev", RULE, "dev-corp.example"));
    });
    expect(failedChecks(found)).to.deep.equal(["names-resolve-consistently"]);
  });
});
