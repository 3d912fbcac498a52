import { expect } from "chai";
import { JUDGED_CHECKS, policies } from "../../policy/stack-policies";
import { plan, type Plan } from "../../tools/planner/plan";
import { project, stack } from "../support/plans";
import { MUTATIONS } from "../tools/checks/mutations";
import { SURVIVORS } from "../tools/checks/mutations/survivors";
import { BLIND_SPOTS } from "./blind-spots";
import { type Form, FORMS, shown, stackOf, verdict } from "./preview";

const JUDGED = JUDGED_CHECKS.map(({ check }) => check.name);

let plans: Record<Form, Plan>;
before(async () => {
  plans = { update: await plan(project), "first preview": await plan(project, { preview: true }) };
});

for (const form of FORMS) {
  describe(`the policies, against ${form === "update" ? "what runs" : "a first preview, which knows no id"},`, () => {
    it("are all kept, and silent where they are not about the stack alone", async () => {
      const silent: Record<string, readonly string[]> = {};
      for (const each of plans[form]) {
        const found = await verdict(stackOf(each), shown(each, form));
        expect(found.broken, each.name).to.deep.equal({});
        silent[each.name] = found.silent;
      }
      const inSpokes = ["transit-routes-isolate-spokes", "hub-admits-the-address-space"];
      expect(silent).to.deep.equal({
        hub: ["nat-gateway-of-the-same-az", "s3-endpoint-allows-registries", "nodes-are-in-private-subnets"],
        ...{ dev: inSpokes, staging: inSpokes, prod: inSpokes },
      });
    });

    for (const { what, bends, breaks } of MUTATIONS) {
      const [name = "", ...others] = Object.keys(bends);
      const judged = breaks.filter((each) => JUDGED.includes(each));
      const blind = BLIND_SPOTS.find((each) => each.what === what && (each.form ?? form) === form);
      if (others.length > 0 || judged.length === 0) continue;
      const sees = blind === undefined ? "are broken by" : `are blind, since ${blind.why}, to`;
      it(`${sees} a change in ${name}: ${what}`, async () => {
        const planned = stack(plans[form], name);
        const bend = (): Promise<object> =>
          verdict(stackOf(planned), shown(planned, form, ...bends[name]!)).then(({ broken }) => broken);
        if (blind?.isUnknown === true) {
          // There is no text to change.
          expect(bend).to.throw(/has no .* in policy/);
          return;
        }
        expect(Object.keys(await bend()).sort()).to.deep.equal(blind?.sees ?? [...judged].sort());
      });
    }

    it("are broken by no change that breaks no check", async () => {
      for (const { what, bends } of SURVIVORS) {
        const [name = ""] = Object.keys(bends);
        const planned = stack(plans[form], name);
        const { broken } = await verdict(stackOf(planned), shown(planned, form, ...bends[name]!));
        expect(broken, what).to.deep.equal({});
      }
    });
  });
}

describe("what AWS fills in of its own", () => {
  it("is not held against what was asked for: a queue's policy, a route's origin", async () => {
    const dev = stack(plans.update, "dev");
    const policy = JSON.stringify({
      Statement: [
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:root" }, Action: "sqs:*", Resource: "*" },
      ],
    });
    const told: Readonly<Record<string, object>> = {
      "aws:sqs/queue:Queue": { policy },
      "aws:ec2/route:Route": { instanceOwnerId: "", origin: "CreateRoute", state: "active" },
    };
    const resources = shown(dev, "update").map((each) => ({
      ...each,
      outputs: { ...told[each.type], ...each.outputs },
    }));
    expect((await verdict(stackOf(dev), resources)).broken).to.deep.equal({});
    const asked = resources.map((each) => ({ ...each, inputs: { ...told[each.type], ...each.inputs } }));
    const { broken } = await verdict(stackOf(dev), asked);
    expect(Object.keys(broken)).to.include("wildcards-are-allowlisted");
  });
});

describe("a configuration of the pack that disables", () => {
  it("all guards leaves no check silent: they take note of what is asked for, and nothing could be judged", async () => {
    const hub = stack(plans.update, "hub");
    const { broken } = await verdict(stackOf(hub), shown(hub, "update"), (policy) => "validateStack" in policy);
    expect(Object.keys(broken)).to.deep.equal(JUDGED);
    expect(new Set(Object.values(broken).flat())).to.deep.equal(
      new Set([
        "cannot be checked: all resource policies are disabled, and they collect the inputs; enable at least one of them",
      ]),
    );
  });

  it("all guards but one leaves every check judged", async () => {
    const hub = stack(plans.update, "hub");
    const { broken } = await verdict(
      stackOf(hub),
      shown(hub, "update"),
      (policy) => "validateStack" in policy || policy.name === "deletion-protection-is-on",
    );
    expect(broken).to.deep.equal({});
  });
});

describe("each policy", () => {
  it("is mandatory, with a name of its own and a sentence", () => {
    const all = policies(() => stackOf(plans.update[0]!));
    expect(all.filter(({ enforcementLevel }) => enforcementLevel !== "mandatory")).to.deep.equal([]);
    expect(new Set(all.map(({ name }) => name)).size).to.equal(all.length);
    expect(all.filter(({ description }) => !/^[A-Z].{20,95}\.$/.test(description))).to.deep.equal([]);
  });

  it("of a check is broken by at least one change, in a first preview too", () => {
    const seen = MUTATIONS.filter(({ what, bends }) => {
      return Object.keys(bends).length === 1 && !BLIND_SPOTS.some((each) => each.what === what);
    });
    const unbroken = JUDGED.filter((name) => !seen.some(({ breaks }) => breaks.includes(name)));
    expect(unbroken).to.deep.equal([]);
  });
});
