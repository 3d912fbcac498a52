import { expect } from "chai";
import {
  grantsOf,
  deploymentPolicies,
  previewPolicies,
  type Deployment,
} from "../../../delivery/bootstrap/deployment-policy";
import { readingStatements } from "../../../delivery/bootstrap/reading";
import { evaluate, type IamRequest } from "../../support/iam";
import { askedOfEc2, type Tags } from "./authorization";
import { ALARM_CALLS } from "./calls/alarms";
import type { Calls, CallsByType } from "./calls/calls";
import { CLUSTER_CALLS } from "./calls/cluster";
import { FIREWALL_CALLS } from "./calls/firewall";
import { NETWORK_CALLS } from "./calls/network";
import { SHARED_CALLS } from "./calls/shared";
import { SITE_CALLS } from "./calls/sites";
import { TRANSIT_CALLS } from "./calls/transit";
import { asking } from "./requests";
import { dev, hub, hubOnFirstUpdate, REGION, renamed } from "./scopes";

const CALLS: CallsByType = {
  ...NETWORK_CALLS,
  ...TRANSIT_CALLS,
  ...FIREWALL_CALLS,
  ...CLUSTER_CALLS,
  ...SHARED_CALLS,
  ...ALARM_CALLS,
  ...SITE_CALLS,
};
const KINDS = ["make", "change", "archiveChange", "read"] as const;

const list = (actions = ""): string[] => actions.split(" ").filter((action) => action !== "");
const typesOf = (deployment: Deployment): string[] => grantsOf(deployment).flatMap(({ types }) => types);
const callsOf = (deployment: Deployment): (Calls & { readonly type: string })[] =>
  typesOf(deployment).flatMap((type) =>
    (CALLS[type] ?? [])
      .filter(({ only = deployment.role }) => only === deployment.role)
      .map((calls) => ({ ...calls, type })),
  );

/** What a call comes down to: an action on each of its resources. */
function asked(action: string, { arn, tags = {}, context }: Calls, deployment: Deployment) {
  const more = context?.(deployment) ?? {};
  return action.startsWith("ec2:")
    ? askedOfEc2(action, deployment, typeof tags === "function" ? tags(deployment) : tags, more as Tags)
    : [{ action, resource: arn?.(deployment) ?? "*", context: more }];
}

/** Calls that a role with these policies is refused. */
function refused(
  may: ReturnType<typeof asking>,
  deployment: Deployment,
  kinds: readonly (typeof KINDS)[number][],
): string[] {
  return callsOf(deployment).flatMap((calls) =>
    kinds
      .flatMap((kind) => list(calls[kind]))
      .flatMap((each) => asked(each, calls, deployment))
      .filter(({ action, resource, context }) => {
        const request: IamRequest = { principal: "arn:aws:iam::any", action, resource, context };
        const own = calls.resourcePolicy?.(deployment);
        return (
          may(action, resource, context) !== "allowed" && (own === undefined || evaluate(own, request) !== "allowed")
        );
      })
      .map(({ action, resource }) => `${calls.type}: ${action} of ${resource}`),
  );
}

/** In a project with other names: a grant that had a name of its own would refuse these calls. */
const RENAMED = { "hub, renamed": renamed(hub), "dev, renamed": renamed(dev) };

describe("what the provider calls", () => {
  it("is known for every type that the stacks consist of", () => {
    const types = [...new Set([hub, dev].flatMap(typesOf))].sort();
    expect(Object.keys(CALLS).sort()).to.deep.equal(types);
  });

  for (const [name, deployment] of Object.entries({ hub, dev, ...RENAMED })) {
    it(`is allowed to the deployment role of ${name}, to make, change and read`, () => {
      const may = asking(deploymentPolicies(deployment));
      expect(refused(may, deployment, ["make", "change", "read"])).to.deep.equal([]);
    });

    it(`is allowed to the preview role of ${name}, to read`, () => {
      expect(refused(asking(previewPolicies(deployment)), deployment, ["read"])).to.deep.equal([]);
    });

    // Review M4.
    it(`asks for every action that the preview role of ${name} is granted: it reads nothing for nothing`, () => {
      const called = new Set(callsOf(deployment).flatMap(({ read }) => list(read)));
      const granted = readingStatements(deployment, deployment.role).flatMap(({ Action }) => [Action].flat());
      expect(granted.filter((action) => !called.has(action))).to.deep.equal([]);
    });
  }

  for (const [name, deployment] of Object.entries({ hubOnFirstUpdate, dev })) {
    it(`asks for every action that the deployment role of ${name} is granted, and is allowed none for nothing`, () => {
      const called = new Set(callsOf(deployment).flatMap((calls) => KINDS.flatMap((kind) => list(calls[kind]))));
      const granted = grantsOf(deployment)
        .flatMap(({ statements }) => statements)
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action }) => [Action].flat());
      // Tags of what is there already are changed by two calls for every type of EC2's.
      const known = (action: string): boolean => called.has(action) || /^ec2:(Create|Delete)Tags$/.test(action);
      expect(granted.filter((action) => !known(action))).to.deep.equal([]);
    });
  }

  // Review M3.
  it("of the log archive is allowed while an administrator lets it be changed, and refused else", () => {
    const changes = (deployment: Deployment): string[] =>
      refused(asking(deploymentPolicies(deployment)), deployment, ["archiveChange"]);
    expect(changes(hubOnFirstUpdate)).to.deep.equal([]);
    const all = callsOf(hub).flatMap((calls) => list(calls.archiveChange).map((action) => `${calls.type}: ${action}`));
    expect(changes(hub).map((each) => each.replace(/ of .*/, ""))).to.deep.equal(all);
    expect(all).to.have.lengthOf(13);
  });

  it("works in the stack's region alone", () => {
    const elsewhere = { "aws:RequestedRegion": "us-east-1" };
    const may = asking(deploymentPolicies(dev));
    const there = (arn: string): string => arn.replace(REGION, "us-east-1");
    const regional = callsOf(dev)
      .flatMap((calls) => list(calls.make).flatMap((action) => asked(action, calls, dev)))
      .filter(({ action }) => !/^(iam|route53|sts):/.test(action));
    const allowed = regional.filter(
      ({ action, resource, context }) => may(action, there(resource), { ...context, ...elsewhere }) === "allowed",
    );
    expect(allowed.map(({ action, resource }) => `${action} of ${resource}`)).to.deep.equal([]);
    expect(regional).to.have.length.greaterThan(60);
  });
});
