import type { EngineEvent, OpType } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { changesIn, changeInWords, countInWords, errorsIn } from "../../e2e/changes";

const urn = "urn:pulumi:dev::piksel-network::piksel:spoke:Spoke$aws:ec2/route:Route::dev-private-2";
const event = (op: OpType, more: object = {}): EngineEvent =>
  ({
    sequence: 1,
    timestamp: 1,
    resourcePreEvent: { metadata: { op, urn, type: "", provider: "", ...more } },
  }) as EngineEvent;

describe("the events of the engine", () => {
  it("tell what is done to a resource, and what differs", () => {
    const [change] = changesIn(event("update", { diffs: ["natGatewayId"] }));
    expect(change).to.deep.equal({
      operation: "update",
      resource: "aws:ec2/route:Route::dev-private-2",
      properties: ["natGatewayId"],
    });
    expect(change === undefined ? "" : changeInWords(change)).to.equal(
      "update aws:ec2/route:Route::dev-private-2 (natGatewayId)",
    );
  });

  it("tell what forces a replacement once", () => {
    expect(
      changesIn(event("replace", { keys: ["cidrBlock"], diffs: ["cidrBlock", "tags"] }))[0]?.properties,
    ).to.deep.equal(["cidrBlock", "tags"]);
  });

  it("are no change when a resource stays as it is, or is only read", () => {
    const quiet = (["same", "read", "refresh"] as const).flatMap((op) => changesIn(event(op)));
    expect([...quiet, ...changesIn({ sequence: 1, timestamp: 1 })]).to.deep.equal([]);
  });

  it("are counted by what is done", () => {
    const changes = (["create", "update", "create"] as const).flatMap((op) => changesIn(event(op)));
    expect([countInWords(changes), countInWords([])]).to.deep.equal(["create 2, update 1", "nothing to do"]);
  });

  it("tell errors with their resource, and no warning", () => {
    const diagnostic = (severity: string, of?: string): EngineEvent =>
      ({
        sequence: 1,
        timestamp: 1,
        diagnosticEvent: { urn: of, message: "no\n", color: "", severity },
      }) as EngineEvent;
    expect(["error", "warning", "info"].flatMap((severity) => errorsIn(diagnostic(severity, urn)))).to.deep.equal([
      "aws:ec2/route:Route::dev-private-2: no",
    ]);
    expect(errorsIn(diagnostic("error"))).to.deep.equal(["no"]);
  });
});
