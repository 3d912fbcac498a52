import type { EngineEvent, OpType } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { changesIn, errorsIn, formatChange, formatCounts } from "../../e2e/stacks";

const urn = "urn:pulumi:dev::piksel-network::piksel:spoke:Spoke$aws:ec2/route:Route::dev-private-2";
const event = (op: OpType, more: object = {}): EngineEvent => ({
  sequence: 1,
  timestamp: 1,
  resourcePreEvent: { metadata: { op, urn, type: "", provider: "", ...more } },
});

describe("events of the Pulumi engine", () => {
  it("have the operation of a resource and the properties that differ", () => {
    const [change] = changesIn(event("update", { diffs: ["natGatewayId"] }));
    expect(change).to.deep.equal({
      operation: "update",
      resource: "aws:ec2/route:Route::dev-private-2",
      properties: ["natGatewayId"],
    });
    expect(change === undefined ? "" : formatChange(change)).to.equal(
      "update aws:ec2/route:Route::dev-private-2 (natGatewayId)",
    );
  });

  it("have each property once that forces a replacement", () => {
    expect(
      changesIn(event("replace", { keys: ["cidrBlock"], diffs: ["cidrBlock", "tags"] }))[0]?.properties,
    ).to.deep.equal(["cidrBlock", "tags"]);
  });

  it("are no change if a resource stays the same or is only read", () => {
    const unchanged = (["same", "read", "refresh"] as const).flatMap((op) => changesIn(event(op)));
    expect([...unchanged, ...changesIn({ sequence: 1, timestamp: 1 })]).to.deep.equal([]);
  });

  it("are counted by operation", () => {
    const changes = (["create", "update", "create"] as const).flatMap((op) => changesIn(event(op)));
    expect([formatCounts(changes), formatCounts([])]).to.deep.equal(["create 2, update 1", "nothing to do"]);
  });

  it("have errors with their resource; warnings are ignored", () => {
    const diagnostic = (severity: string, resource?: string): EngineEvent =>
      ({
        sequence: 1,
        timestamp: 1,
        diagnosticEvent: { urn: resource, message: "no\n", color: "", severity },
      }) as EngineEvent;
    expect(["error", "warning", "info"].flatMap((severity) => errorsIn(diagnostic(severity, urn)))).to.deep.equal([
      "aws:ec2/route:Route::dev-private-2: no",
    ]);
    expect(errorsIn(diagnostic("error"))).to.deep.equal(["no"]);
  });
});
