import { expect } from "chai";
import { plan, type Plan } from "../../tools/planner/plan";
import { changes, project, withConfig } from "../support/plans";
import type { Project } from "../../tools/planner/project/project";

const ROLE = "aws:iam/role:Role";
const boundary = (account: string): string => `arn:aws:iam::${account}:policy/pulumi-deployments/boundary`;
const BOUNDARIES = {
  hub: boundary("111111111111"),
  dev: boundary("222222222222"),
  staging: boundary("333333333333"),
  prod: boundary("444444444444"),
};

/** With everything that makes a role. */
const everything = withConfig(project, "hub", { "image-publishers": ["repo:acme/core:ref:refs/heads/main"] });
const bounded: Project = Object.entries(BOUNDARIES).reduce(
  (all, [stack, arn]) => withConfig(all, stack, { "permissions-boundary": arn }),
  everything,
);

const roles = (planned: Plan): string[] =>
  planned.flatMap(({ resources }) =>
    resources
      .filter(({ type }) => type === ROLE)
      .map(({ name, inputs }) => `${name} ${String(inputs["permissionsBoundary"])}`),
  );

const SPOKES = ["dev", "staging", "prod"];
const HUB_ROLES = ["access", "preview", "records"];
const SPOKE_ROLES = [
  "ebs-csi",
  "eksRole-role",
  "external-dns",
  "karpenter",
  "karpenter-node",
  "load-balancer-controller",
  "node",
  "transit-events",
  "vpc-cni",
];

describe("a permissions boundary", () => {
  for (const preview of [false, true]) {
    it(`is on every role of every stack that sets it, ${preview ? "in a preview" : "in an update"}`, async () => {
      const { hub, ...spokes } = BOUNDARIES;
      const expected = [
        `hub-publishing ${hub}`,
        ...SPOKES.flatMap((spoke) => HUB_ROLES.map((role) => `hub-spoke-${spoke}-${role} ${hub}`)),
        ...Object.entries(spokes).flatMap(([stack, arn]) => SPOKE_ROLES.map((role) => `${stack}-${role} ${arn}`)),
      ];
      expect(roles(await plan(bounded, { preview })).sort()).to.deep.equal(expected.sort());
    });
  }

  it("changes the roles, in place, and nothing else", async () => {
    const changed = await changes(everything, bounded);
    for (const { create, update, replace, delete: deleted } of Object.values(changed)) {
      expect([create, replace, deleted]).to.deep.equal([[], [], []]);
      for (const { name, properties } of update) {
        expect([name.split("::")[0], properties]).to.deep.equal([ROLE, ["permissionsBoundary"]]);
      }
    }
    expect(Object.entries(changed).map(([stack, { update }]) => [stack, update.length])).to.deep.equal([
      ["hub", 1 + SPOKES.length * HUB_ROLES.length],
      ["dev", SPOKE_ROLES.length],
      ["staging", SPOKE_ROLES.length],
      ["prod", SPOKE_ROLES.length],
    ]);
  });

  it("is in no input of a stack that does not set it", async () => {
    for (const { resources } of await plan(everything)) {
      for (const { name, inputs } of resources) expect(inputs, name).not.to.have.property("permissionsBoundary");
    }
  });
});
