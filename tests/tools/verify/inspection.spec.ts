import { expect } from "chai";
import { plan, type Plan } from "../../../tools/planner/plan";
import { hasNoDrift } from "../../../tools/verify/drift/drift";
import type { Verification } from "../../../tools/verify/verification";
import { project, withConfig } from "../../support/plans";
import { type ExportFiles, findResource, setOutput, setProperty } from "./support/exports";
import { failedChecks, verifyDeployed } from "./support/verify";

const FIREWALL = "aws:networkfirewall/firewall:Firewall";
const POLICY = "aws:networkfirewall/firewallPolicy:FirewallPolicy";
const LOGS = "aws:networkfirewall/loggingConfiguration:LoggingConfiguration";

describe("npm run verify of a deployed firewall", () => {
  const inspected = ["dev", "staging", "prod"].reduce(
    (base, spoke) => withConfig(base, spoke, { egress: "hub" }),
    withConfig(project, "hub", { "central-egress": true, inspection: true }),
  );
  let planned: Plan;
  before(async () => {
    planned = await plan(inspected);
  });

  const verified = (edit?: (files: ExportFiles) => unknown): Verification => verifyDeployed(planned, inspected, edit);
  const stacksWithDrift = ({ drift }: Verification): string[] =>
    drift.filter((each) => !hasNoDrift(each)).map(({ stack }) => stack);

  it("passes every check, and finds no drift", () => {
    const found = verified();
    expect(failedChecks(found)).to.deep.equal([]);
    expect(stacksWithDrift(found)).to.deep.equal([]);
  });

  it("finds no drift in what AWS sets itself", () => {
    const found = verified((files) => {
      const key = { keyId: "AWS_OWNED_KMS_KEY", type: "AWS_OWNED_KMS_KEY" };
      for (const [type, name] of [
        [FIREWALL, "hub-inspection"],
        [POLICY, "hub-inspection-policy"],
      ] as const) {
        const resource = findResource(files, "hub", type, name);
        setOutput(resource, "encryptionConfiguration", key);
        setOutput(resource, "updateToken", "1d4d4c2a-8f4e-4c4e-9d4f-0a1b2c3d4e5f");
      }
      const policy = findResource(files, "hub", POLICY, "hub-inspection-policy");
      const rules = policy.inputs?.["firewallPolicy"] as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      const options = { ...rules["statefulEngineOptions"], flowTimeouts: { tcpIdleTimeoutSeconds: 350 } };
      setOutput(policy, "firewallPolicy", { ...rules, statefulEngineOptions: options });
    });
    expect(stacksWithDrift(found)).to.deep.equal([]);
  });

  it("finds that another key, or the collection of domains, was turned on", () => {
    const changes: readonly (readonly [property: string, value: unknown])[] = [
      ["encryptionConfiguration", { keyId: "0a1b2c3d", type: "CUSTOMER_KMS" }],
      ["enabledAnalysisTypes", ["TLS_SNI"]],
    ];
    for (const [property, value] of changes) {
      const found = verified((files) => {
        setOutput(findResource(files, "hub", FIREWALL, "hub-inspection"), property, value);
      });
      expect([failedChecks(found), stacksWithDrift(found)]).to.deep.equal([[], ["hub"]]);
    }
  });

  it("fails for a policy that passes packets before the stateful rules, and finds the drift", () => {
    const found = verified((files) => {
      const policy = findResource(files, "hub", POLICY, "hub-inspection-policy");
      const rules = policy.inputs?.["firewallPolicy"] as Readonly<Record<string, unknown>>;
      setProperty(policy, "firewallPolicy", { ...rules, statelessDefaultActions: ["aws:pass"] });
    });
    expect([failedChecks(found), stacksWithDrift(found)]).to.deep.equal([["egress-is-inspected"], ["hub"]]);
  });

  it("fails for logs that go nowhere", () => {
    const found = verified((files) => {
      setProperty(findResource(files, "hub", LOGS, "hub-inspection"), "loggingConfiguration", {
        logDestinationConfigs: [],
      });
    });
    expect([failedChecks(found), stacksWithDrift(found)]).to.deep.equal([["egress-is-inspected"], ["hub"]]);
  });
});
