import { expect } from "chai";
import { policies, PREVIEW_CHECKS } from "../../policy/stack-policies";
import { plan, type Plan } from "../../tools/planner/plan";
import { type Modification, withResource } from "../support/modifications";
import { withConnections } from "../support/connections";
import { projectThatPages as project, stack } from "../support/plans";
import { DATA_CENTRE, OFFICE, withSites } from "../support/sites";
import { MUTATIONS } from "../tools/checks/mutations";
import { OF_A_FIREWALL } from "../tools/checks/mutations/dns-firewall";
import { attachment, transitTable } from "../tools/checks/mutations/mutation";
import { SURVIVORS } from "../tools/checks/mutations/survivors";
import { BLIND_SPOTS } from "./blind-spots";
import { engineResources, FORMS, previewedStack, runPolicies, type Form, type PolicyResults } from "./preview";

const CHECK_NAMES = PREVIEW_CHECKS.map(({ check }) => check.name);

let plans: Record<Form, Plan>;
before(async () => {
  plans = { update: await plan(project), "first preview": await plan(project, { preview: true }) };
});

/** Runs all policies on a stack of the plan, changed on purpose. @throws Error if a modification finds nothing to change */
function runOn(form: Form, name: string, modifications: readonly Modification[] = []): Promise<PolicyResults> {
  const planned = stack(plans[form], name);
  return runPolicies(previewedStack(planned), engineResources(planned, form, ...modifications));
}

for (const form of FORMS) {
  describe(`the policies (${form === "update" ? "update of deployed stacks" : "first preview, without ids"})`, () => {
    it("all pass, except where they do not apply to one stack alone", async () => {
      const notApplicable: Record<string, readonly string[]> = {};
      for (const { name } of plans[form]) {
        const found = await runOn(form, name);
        expect(found.failed, name).to.deep.equal({});
        notApplicable[name] = found.notApplicable;
      }
      // Of several NAT gateways, or addresses of the Resolver endpoint, a first preview does not know which alarm has which.
      const several = form === "update" ? [] : ["faults-are-alarmed"];
      const off = "dns-firewall-covers-networks";
      const inSpokes = ["transit-routes-isolate-spokes", "hub-admits-the-address-space", off];
      expect(notApplicable).to.deep.equal({
        hub: [
          ...["nat-gateway-of-the-same-az", "s3-endpoint-allows-registries", "nodes-are-in-private-subnets", off],
          ...several,
        ],
        ...{ dev: inSpokes, staging: inSpokes, prod: [...inSpokes, ...several] },
      });
    });

    describe("after a mutation", () => {
      // A policy that fails without a mutation is reported above, once, and would fail every case here.
      before(async function () {
        for (const { name } of plans[form]) {
          if (Object.keys((await runOn(form, name)).failed).length > 0) this.skip();
        }
      });

      for (const { what, modifications, breaks } of MUTATIONS) {
        const [name = "", ...others] = Object.keys(modifications);
        const expected = breaks.filter((each) => CHECK_NAMES.includes(each));
        const blind = BLIND_SPOTS.find((each) => each.what === what && (each.form ?? form) === form);
        if (others.length > 0 || expected.length === 0) continue;
        const title = blind === undefined ? "fail" : `are blind, because ${blind.why},`;
        it(`${title} in ${name}: ${what}`, async () => {
          const run = (): Promise<PolicyResults> => runOn(form, name, modifications[name]);
          if (blind?.isUnknown === true) {
            // There is no text to change.
            expect(run).to.throw(/has no .* in policy/);
            return;
          }
          const { failed } = await run();
          expect(Object.keys(failed).sort()).to.deep.equal(blind?.fails ?? [...expected].sort());
        });
      }

      it("pass if it fails no check", async () => {
        for (const { what, modifications } of SURVIVORS) {
          const [name = ""] = Object.keys(modifications);
          expect((await runOn(form, name, modifications[name])).failed, what).to.deep.equal({});
        }
      });
    });
  });
}

describe("values that AWS adds", () => {
  it("are not checked as if the program had set them: a queue's policy, a route's origin", async () => {
    const dev = stack(plans.update, "dev");
    const policy = JSON.stringify({
      Statement: [
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:root" }, Action: "sqs:*", Resource: "*" },
      ],
    });
    const added: Readonly<Record<string, object>> = {
      "aws:sqs/queue:Queue": { policy },
      "aws:ec2/route:Route": { instanceOwnerId: "", origin: "CreateRoute", state: "active" },
    };
    const asOutputs = engineResources(dev, "update").map((each) => ({
      ...each,
      outputs: { ...added[each.type], ...each.outputs },
    }));
    expect((await runPolicies(previewedStack(dev), asOutputs)).failed).to.deep.equal({});
    const asInputs = asOutputs.map((each) => ({ ...each, inputs: { ...added[each.type], ...each.inputs } }));
    const { failed } = await runPolicies(previewedStack(dev), asInputs);
    expect(Object.keys(failed)).to.include("wildcards-are-allowlisted");
  });
});

describe("a configuration of the pack that disables", () => {
  const failedWith = async (isEnabled: Parameters<typeof runPolicies>[2]): Promise<PolicyResults["failed"]> => {
    const hub = stack(plans.update, "hub");
    return (await runPolicies(previewedStack(hub), engineResources(hub, "update"), isEnabled)).failed;
  };

  it("all resource policies fails every check, because nothing collects the inputs", async () => {
    const failed = await failedWith((policy) => "validateStack" in policy);
    expect(Object.keys(failed)).to.deep.equal(CHECK_NAMES);
    expect(new Set(Object.values(failed).flat())).to.deep.equal(
      new Set([
        "cannot be checked: all resource policies are disabled, and they collect the inputs; enable at least one of them",
      ]),
    );
  });

  it("all resource policies except one leaves every check working", async () => {
    const failed = await failedWith(
      (policy) => "validateStack" in policy || policy.name === "deletion-protection-is-on",
    );
    expect(failed).to.deep.equal({});
  });
});

describe("with connections", () => {
  for (const form of FORMS) {
    it(`all policies pass in every stack (${form})`, async () => {
      for (const connections of [[["dev", "staging"]], [["prod", "all"]]]) {
        for (const planned of await plan(withConnections(project, connections), { preview: form !== "update" })) {
          const { failed } = await runPolicies(previewedStack(planned), engineResources(planned, form));
          expect(failed, planned.name).to.deep.equal({});
        }
      }
    });
  }
});

describe("with sites", () => {
  for (const form of FORMS) {
    it(`all policies pass in every stack (${form})`, async () => {
      const sites = { office: OFFICE, "data-centre": DATA_CENTRE };
      const base = withSites(withConnections(project, [["dev", "staging"]]), sites, {
        "corp.example": ["192.168.0.53"],
      });
      for (const planned of await plan(base, { preview: form !== "update" })) {
        const { failed } = await runPolicies(previewedStack(planned), engineResources(planned, form));
        expect(failed, planned.name).to.deep.equal({});
      }
    });
  }
});

describe("with connections, a propagation that they do not have", () => {
  it("fails in the hub, where the attachments of spokes are not known", async () => {
    const hub = stack(await plan(withConnections(project, [["dev", "staging"]])), "hub");
    const leak = withResource("aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation", "leak", {
      transitGatewayAttachmentId: attachment("prod"),
      transitGatewayRouteTableId: transitTable("hub-connection-dev"),
    });
    const { failed } = await runPolicies(previewedStack(hub), engineResources(hub, "update", leak));
    expect(Object.keys(failed)).to.deep.equal(["paths-are-fully-modeled"]);
  });
});

describe("each policy", () => {
  it("is mandatory, with a unique name and a sentence", () => {
    const all = policies(() => previewedStack(plans.update[0]!));
    expect(all.filter(({ enforcementLevel }) => enforcementLevel !== "mandatory")).to.deep.equal([]);
    expect(new Set(all.map(({ name }) => name)).size).to.equal(all.length);
    expect(all.filter(({ description }) => !/^[A-Z].{20,95}\.$/.test(description))).to.deep.equal([]);
  });

  it("of a check fails for at least one mutation, in a first preview too", () => {
    const seen = MUTATIONS.filter(({ what, modifications }) => {
      return Object.keys(modifications).length === 1 && !BLIND_SPOTS.some((each) => each.what === what);
    });
    // tests/policy/dns-firewall.spec.ts has the mutations of a plan with a firewall.
    const never = CHECK_NAMES.filter(
      (name) => ![...seen, ...OF_A_FIREWALL].some(({ breaks }) => breaks.includes(name)),
    );
    expect(never).to.deep.equal([]);
  });
});
