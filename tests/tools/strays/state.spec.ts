import { readFileSync } from "node:fs";
import { expect } from "chai";
import { key } from "../../../tools/planner/engine/resource";
import { plan } from "../../../tools/planner/plan";
import { readState } from "../../../tools/strays/find";
import { stack } from "../../support/plans";
import { type ExportedResource, findResource } from "../verify/support/exports";
import { asDeployed, recordedProject } from "../verify/support/recorded";
import { PROJECT_NAME, stateOf } from "./support";

const FILE = "tests/fixtures/exports/dev.json";
const recorded = readFileSync(FILE, "utf8");

/** A resource of the recording. */
const recordedDev = (type: string, name: string): ExportedResource => findResource(asDeployed(), "dev", type, name);

/** An export with these resources and operations. */
function written(resources: readonly object[], pending: readonly object[] = []): string {
  return JSON.stringify({ version: 3, deployment: { resources, pending_operations: pending } });
}

const urn = (rest: string): string => `urn:pulumi:dev::${PROJECT_NAME}::${rest}`;
const VPC = urn("piksel:spoke:Spoke$piksel:network:Network$awsx:ec2:Vpc$aws:ec2/vpc:Vpc::dev");

describe("the state of a stack", () => {
  it("has the URNs, ids and ARNs of a recorded deployment", () => {
    const state = readState(recorded, FILE, PROJECT_NAME);
    expect([state.stack, state.pending.size]).to.deep.equal(["dev", 0]);
    const vpc = recordedDev("aws:ec2/vpc:Vpc", "dev").id ?? "";
    const log = recordedDev("aws:ec2/flowLog:FlowLog", "dev").inputs ?? {};
    const association = recordedDev("aws:route53/zoneAssociation:ZoneAssociation", "dev-piksel.internal").id ?? "";
    expect([vpc.slice(0, 4), association.split(":").slice(1)]).to.deep.equal(["vpc-", [vpc, "ap-southeast-3"]]);
    expect(state.ids.get("aws:ec2/vpc:Vpc::dev")).to.equal(vpc);
    expect([...state.identifiers].filter((each) => each.includes("vpc/") || each.startsWith("vpc-"))).to.deep.equal([
      vpc,
      `arn:aws:ec2:ap-southeast-3:123456789012:vpc/${vpc}`,
    ]);
    // An ARN of something else, the archive of the hub, is not the resource's own.
    expect(log["logDestination"]).to.match(/^arn:aws:s3:::hub-logs-[0-9a-f]{7}$/);
    expect(state.identifiers.has(String(log["logDestination"]))).to.equal(false);
    expect(state.identifiers.has(association)).to.equal(true);
  });

  it("has the same URNs as the plan, so that an import matches the program", async () => {
    const { urns } = readState(recorded, FILE, PROJECT_NAME);
    const planned = stack(await plan(recordedProject), "dev").resources;
    const composed = stateOf(planned, "first", () => true).urns;
    const real = [...urns].filter((each) => !/::pulumi:(pulumi:Stack::|providers:[^:]+::default)/.test(each));
    expect(real.filter((each) => !composed.has(each))).to.deep.equal([]);
    expect(planned.map(key)).to.have.lengthOf(real.length);
  });

  it("has resources pending deletion, but no external ones", () => {
    const state = readState(
      written([
        { urn: VPC, type: "aws:ec2/vpc:Vpc", custom: true, id: "vpc-new" },
        { urn: VPC, type: "aws:ec2/vpc:Vpc", custom: true, id: "vpc-old", delete: true },
        { urn: urn("aws:ec2/eip:Eip::read"), type: "aws:ec2/eip:Eip", custom: true, external: true, id: "eipalloc-1" },
        {
          urn: urn("aws:cloudwatch/logGroup:LogGroup::l"),
          custom: true,
          id: "l",
          outputs: { arn: "arn:aws:logs:r:1:log-group:l:*" },
        },
      ]),
      "f.json",
      PROJECT_NAME,
    );
    expect([...state.identifiers]).to.deep.equal(["vpc-new", "vpc-old", "l", "arn:aws:logs:r:1:log-group:l"]);
    expect(state.ids.get("aws:ec2/vpc:Vpc::dev")).to.equal("vpc-new");
  });

  it("has the creations of an interrupted update, and no other operations", () => {
    const state = readState(
      written(
        [{ urn: urn("piksel:spoke:Spoke::dev"), type: "piksel:spoke:Spoke" }],
        [
          { type: "creating", resource: { urn: VPC, type: "aws:ec2/vpc:Vpc" } },
          { type: "updating", resource: { urn: urn("aws:sqs/queue:Queue::dev-karpenter") } },
        ],
      ),
      "f.json",
      PROJECT_NAME,
    );
    expect([...state.pending]).to.deep.equal([["aws:ec2/vpc:Vpc::dev", VPC]]);
  });

  it("may be empty if its stack is named", () => {
    const state = readState(written([]), "f.json", PROJECT_NAME, "dev");
    expect([state.stack, state.urns.size, state.time]).to.deep.equal(["dev", 0, ""]);
    expect(() => readState(written([]), "f.json", PROJECT_NAME)).to.throw(
      "f.json is the export of a stack without resources, so its stack is unknown: name exactly one stack.",
    );
  });

  it("is refused if it belongs to another stack or project", () => {
    expect(() => readState(recorded, FILE, PROJECT_NAME, "prod")).to.throw(
      `${FILE} is the export of stack dev, not of prod.`,
    );
    expect(() => readState(recorded, FILE, "other")).to.throw(
      `${FILE} belongs to the project ${PROJECT_NAME}, but this project is other.`,
    );
    expect(() => readState("{}", "f.json", PROJECT_NAME)).to.throw("f.json is not a stack export");
  });
});
