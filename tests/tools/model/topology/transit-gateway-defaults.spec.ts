import { expect } from "chai";
import type { Properties } from "../../../../tools/model/resource";
import * as aws from "../support/resources";
import { traced } from "../support/three-networks";
import { attachment, inTable, makeDefault, transitGateway, transitTable } from "../support/transit-gateways";

const TABLES = 'Amazon VPC Transit Gateways, "Transit gateway route tables in AWS Transit Gateway"';
const toGateway = { "10.0.0.0/8": "tgw" };

/** Two VPCs, each with one subnet, on a gateway whose tables are all that varies. */
function twoOnGateway(...parts: readonly aws.Part[]): ReturnType<typeof aws.topology> {
  return aws.topology(
    ...["one", "two"].map((name, index) => [
      ...aws.vpc(name, `10.${String(index + 1)}.0.0/16`),
      ...aws.table(`${name}-transit`, toGateway),
      ...aws.subnet(`${name}-transit-1`, `10.${String(index + 1)}.0.0/28`, `${name}-transit`),
    ]),
    ...parts,
  );
}

const attached = [attachment("one", ["one-transit-1"]), attachment("two", ["two-transit-1"])];
const toTwo = (...parts: readonly aws.Part[]): string => {
  const { hops, end, why } = traced(twoOnGateway(...parts), "one-transit-1", "10.2.0.10");
  return [...hops.slice(1), why ?? end].join("; ");
};

describe(`the default tables of a transit gateway (${TABLES})`, () => {
  it("are one table, with which every attachment is associated and into which it propagates", () => {
    expect(toTwo(transitGateway("tgw", {}), ...attached)).to.equal(
      "table tgw, default table: 10.2.0.0/16 → two (propagated); arrives",
    );
  });

  it("do not exist if the gateway disables them", () => {
    const set = [transitTable("read", { propagated: ["two"] }), makeDefault("Association", "read")];
    expect(toTwo(transitGateway("tgw"), ...attached, ...set)).to.equal(
      "the attachment is not associated with a route table",
    );
    expect(toTwo(transitGateway("tgw"), ...attached)).to.equal("the attachment is not associated with a route table");
  });

  it("are our own two tables if we set them", () => {
    const ours = [transitTable("read", {}), transitTable("written", {})];
    const set = [makeDefault("Association", "read"), makeDefault("Propagation", "written")];
    expect(toTwo(transitGateway("tgw", {}), ...attached, ...ours, ...set)).to.equal(
      "transit gateway route table read has no route to 10.2.0.10",
    );
    const written = inTable("read", { propagated: ["two"] });
    expect(toTwo(transitGateway("tgw", {}), ...attached, ...ours, ...set, written)).to.equal(
      "table read: 10.2.0.0/16 → two (propagated); arrives",
    );
  });

  it("do not apply to an attachment whose association replaces the existing one", () => {
    const association = (inputs: Properties) =>
      aws.resource("ec2transitgateway/routeTableAssociation:RouteTableAssociation", "moved", {
        ...{ transitGatewayAttachmentId: aws.ref("att-one"), transitGatewayRouteTableId: aws.ref("own") },
        ...inputs,
      });
    const parts = [transitGateway("tgw", {}), ...attached, transitTable("own", { propagated: ["two"] })];
    const moved = [association({ replaceExistingAssociation: true })];
    expect(toTwo(...parts, moved)).to.equal("table own: 10.2.0.0/16 → two (propagated); arrives");
    const associationsOfOne = (part: aws.Part): number =>
      twoOnGateway(...parts, part).transit.associations.filter(
        ({ attachmentId }) => attachmentId === aws.ref("att-one"),
      ).length;
    expect(associationsOfOne(moved)).to.equal(1);
    expect(associationsOfOne([association({})])).to.equal(2);
  });

  it("do not apply to an attachment that opts out of association or propagation", () => {
    const gateway = transitGateway("tgw", {});
    const reads = attachment("one", ["one-transit-1"], { transitGatewayDefaultRouteTableAssociation: false });
    const tells = attachment("two", ["two-transit-1"], { transitGatewayDefaultRouteTablePropagation: false });
    expect(toTwo(gateway, reads, attached[1]!)).to.equal("the attachment is not associated with a route table");
    expect(toTwo(gateway, attached[0]!, tells)).to.equal(
      "transit gateway route table tgw, default table has no route to 10.2.0.10",
    );
  });

  it("may contain our own routes", () => {
    const routes = inTable("tgw.defaultRouteTableId", { routes: { "10.2.0.0/16": "blackhole" } });
    expect(toTwo(transitGateway("tgw", {}), ...attached, routes)).to.equal(
      "table tgw, default table: 10.2.0.0/16 → blackhole (static); blackhole route",
    );
  });

  it("are two if AWS reports two", () => {
    const running = transitGateway("tgw", {}).map((each) => ({
      ...each,
      outputs: { associationDefaultRouteTableId: "tgw-rtb-a", propagationDefaultRouteTableId: "tgw-rtb-b" },
    }));
    expect(toTwo(running, ...attached)).to.equal(
      "transit gateway route table tgw, default table has no route to 10.2.0.10",
    );
  });
});
