import { expect } from "chai";
import { deploymentPolicies, grantsOf, previewPolicies, type Deployment } from "../../bootstrap/deployment-policy";
import type { Calls, CallsByType } from "./calls/calls";
import { CLUSTER_CALLS } from "./calls/cluster";
import { NETWORK_CALLS } from "./calls/network";
import { SHARED_CALLS } from "./calls/shared";
import { asking } from "./requests";
import { dev, hub } from "./scopes";

const CALLS: CallsByType = { ...NETWORK_CALLS, ...CLUSTER_CALLS, ...SHARED_CALLS };
const OURS = { "aws:ResourceTag/Project": "piksel" };
const MAKING = { "aws:RequestTag/Project": "piksel" };

const list = (actions = ""): string[] => actions.split(" ").filter((action) => action !== "");
const typesOf = (deployment: Deployment): string[] => grantsOf(deployment).flatMap(({ types }) => types);

/** Calls that a role with these policies is refused. */
function refused(may: ReturnType<typeof asking>, deployment: Deployment, kinds: readonly (keyof Calls)[]): string[] {
  return typesOf(deployment).flatMap((type) =>
    (CALLS[type] ?? []).flatMap(({ make, change, read, arn, context }) => {
      const resource = arn?.(deployment) ?? "*";
      const asked = (actions: string | undefined, more: Readonly<Record<string, string>>): string[] =>
        list(actions).filter((action) => may(action, resource, { ...context?.(deployment), ...more }) !== "allowed");
      return [
        ...(kinds.includes("make") ? asked(make, MAKING) : []),
        ...(kinds.includes("change") ? asked(change, OURS) : []),
        ...(kinds.includes("read") ? asked(read, {}) : []),
      ].map((action) => `${type}: ${action} of ${resource}`);
    }),
  );
}

describe("what the provider calls", () => {
  it("is known for every type that the stacks consist of", () => {
    const types = [...new Set([hub, dev].flatMap(typesOf))].sort();
    expect(Object.keys(CALLS).sort()).to.deep.equal(types);
  });

  for (const [name, deployment] of Object.entries({ hub, dev })) {
    it(`is allowed to the deployment role of ${name}, to make, change and read`, () => {
      const may = asking(deploymentPolicies(deployment));
      expect(refused(may, deployment, ["make", "change", "read"])).to.deep.equal([]);
    });

    it(`is allowed to the preview role of ${name}, to read`, () => {
      expect(refused(asking(previewPolicies(deployment)), deployment, ["read"])).to.deep.equal([]);
    });

    it(`asks for every action that the deployment role of ${name} is granted, and is allowed none for nothing`, () => {
      const called = new Set(
        typesOf(deployment).flatMap((type) =>
          (CALLS[type] ?? []).flatMap(({ make, change, read }) => [...list(make), ...list(change), ...list(read)]),
        ),
      );
      const granted = grantsOf(deployment).flatMap(({ statements }) =>
        statements.flatMap(({ Action }) => [Action].flat()),
      );
      expect(granted.filter((action) => !called.has(action))).to.deep.equal([]);
    });
  }
});
