import { expect } from "chai";
import { stackChanges } from "../../../tools/planner/changes/compare";
import type { Changes } from "../../../tools/planner/changes/changes";
import { plan, type StackPlan } from "../../../tools/planner/plan";
import { expectedNames } from "../../support/expected";
import { OF_AUTO_MODE, OF_MANAGED_NODES } from "../../support/node-autoscaling";
import { project, stack, withConfig } from "../../support/plans";
import { ofDev } from "./changes-of-stacks";

const move = (from: string, to: string): Promise<Changes> =>
  ofDev({ "node-autoscaling": to }, { "node-autoscaling": from });
const warnings = ({ warnings: all = [] }: Changes): string[][] => all.map(({ kind, text }) => [kind, text]);

const CLUSTER = "aws:eks/cluster:Cluster::dev-eksCluster";
const SWITCHED = [{ name: CLUSTER, properties: ["computeConfig", "kubernetesNetworkConfig", "storageConfig"] }];
const RUNBOOK = "docs/runbooks/switch-node-autoscaling.md";
const VOLUMES =
  "A pod with a volume of the EBS CSI driver starts only after its volume has moved to EKS Auto Mode (Amazon EKS User " +
  'Guide, "Prepare for EKS Auto Migration").';
const ENDS =
  "EKS turns EKS Auto Mode of piksel-dev off: it terminates every instance and deletes every load balancer that EKS Auto " +
  'Mode created, and leaves the EBS volumes (Amazon EKS User Guide, "Disable EKS Auto Mode").';

const resources = (lines: readonly string[]): string[] => lines.map((line) => line.replace(" ", "::"));
const AUTO_MODE = resources(OF_AUTO_MODE);
/** AWS resources of managed nodes, their add-ons and Karpenter. */
const MANAGED = resources(
  expectedNames("dev").filter((line) => line.startsWith("aws:") && OF_MANAGED_NODES.test(line)),
).sort();
const ofAws = (names: readonly string[]): string[] => names.filter((name) => name.startsWith("aws:"));

describe("a move from Karpenter to EKS Auto Mode", () => {
  it("first adds EKS Auto Mode, and updates only the cluster, in place", async () => {
    const changes = await move("karpenter", "karpenter-and-auto");
    expect(ofAws(changes.create)).to.deep.equal(AUTO_MODE);
    expect([changes.update, changes.replace, changes.delete]).to.deep.equal([SWITCHED, [], []]);
    expect(warnings(changes)).to.deep.equal([
      [
        "note",
        `EKS Auto Mode is turned on beside Karpenter in piksel-dev, and no pod moves yet: ${RUNBOOK} has the next step.`,
      ],
    ]);
  });

  it("then only deletes managed nodes, add-ons and Karpenter's resources", async () => {
    const changes = await move("karpenter-to-auto", "auto");
    expect([changes.create, changes.update, changes.replace]).to.deep.equal([[], [], []]);
    expect(ofAws(changes.delete).sort()).to.deep.equal(MANAGED);
    expect(warnings(changes)).to.deep.equal([
      [
        "interrupted",
        "EKS drains and deletes the managed nodes of dev-system-1 and dev-system-2, and Karpenter loses its permissions. " +
          "Before this change, the nodes that Karpenter launched must be gone, and load balancers and volumes must have moved: see " +
          `${RUNBOOK}. ${VOLUMES}`,
      ],
    ]);
  });

  it("in one step loses the pods on nodes of Karpenter, and still replaces nothing", async () => {
    const changes = await move("karpenter", "auto");
    expect(ofAws(changes.create)).to.deep.equal(AUTO_MODE);
    expect([changes.update, changes.replace]).to.deep.equal([SWITCHED, []]);
    expect(ofAws(changes.delete).sort()).to.deep.equal(MANAGED);
    expect(warnings(changes)).to.deep.equal([
      [
        "lost",
        "Nodes that Karpenter launched in piksel-dev lose their role and their access to the cluster: their pods are lost " +
          "without being drained, and the instances stay, incur charges and block the deletion of subnets. EKS also drains " +
          "and deletes the managed nodes of dev-system-1 and dev-system-2. Set node-autoscaling to karpenter-and-auto and run " +
          `pulumi up before this change: see ${RUNBOOK}. ${VOLUMES}`,
      ],
    ]);
  });
});

describe("a move from EKS Auto Mode to Karpenter", () => {
  it("first adds managed nodes, add-ons and Karpenter's resources, and updates nothing", async () => {
    const changes = await move("auto", "karpenter-and-auto");
    expect([changes.update, changes.replace, changes.delete]).to.deep.equal([[], [], []]);
    expect(ofAws(changes.create).sort()).to.deep.equal(MANAGED);
    expect(warnings(changes)).to.deep.equal([
      [
        "note",
        "Managed nodes and Karpenter are added beside EKS Auto Mode in piksel-dev, and no pod moves yet: " +
          `${RUNBOOK} has the next step.`,
      ],
    ]);
  });

  it("then turns EKS Auto Mode off in place, and deletes its roles", async () => {
    const changes = await move("auto-to-karpenter", "karpenter-auto-off");
    expect([changes.create, changes.update, changes.replace]).to.deep.equal([[], SWITCHED, []]);
    expect(ofAws(changes.delete).sort()).to.deep.equal([...AUTO_MODE].sort());
    expect(warnings(changes)).to.deep.equal([
      ["interrupted", `${ENDS} Move the pods and load balancers first: see ${RUNBOOK}.`],
    ]);
  });

  it("changes nothing in AWS at its end, because the provider keeps what is not set", async () => {
    const { create, update, replace, delete: gone, warnings: all } = await move("karpenter-auto-off", "karpenter");
    expect([create, update, replace, gone, all]).to.deep.equal([[], [], [], [], []]);
  });

  it("in one step to karpenter-auto-off ends the only nodes", async () => {
    expect(warnings(await move("auto", "karpenter-auto-off"))).to.deep.equal([
      [
        "lost",
        `${ENDS} There are no other nodes yet. Set node-autoscaling to karpenter-and-auto and run pulumi up before this ` +
          `change: see ${RUNBOOK}.`,
      ],
    ]);
  });

  for (const from of ["auto", "karpenter-and-auto", "karpenter-to-auto", "auto-to-karpenter"]) {
    it(`from ${from} to karpenter leaves EKS Auto Mode on, without its permissions`, async () => {
      const changes = await move(from, "karpenter");
      expect([changes.update, changes.replace]).to.deep.equal([[], []]);
      expect(warnings(changes)).to.deep.equal([
        [
          "lost",
          "EKS Auto Mode of piksel-dev stays on, because the AWS provider leaves it as it is where the program does not set " +
            "it, while pulumi up deletes the role of its nodes and the policies with which EKS manages them. Its nodes lose " +
            "their pods and stay. Set node-autoscaling to karpenter-auto-off and run pulumi up before this change: see " +
            `${RUNBOOK}.`,
        ],
      ]);
    });
  }
});

describe("a step that only concerns platform/", () => {
  for (const [from, to] of [
    ["karpenter-and-auto", "karpenter-to-auto"],
    ["karpenter-and-auto", "auto-to-karpenter"],
    ["karpenter-to-auto", "karpenter-and-auto"],
  ] as const) {
    it(`changes nothing in AWS: from ${from} to ${to}`, async () => {
      const { create, update, replace, delete: gone, warnings: all } = await move(from, to);
      expect([create, update, replace, gone, all]).to.deep.equal([[], [], [], [], []]);
    });
  }
});

describe("another role of the nodes of EKS Auto Mode", () => {
  let auto: StackPlan;
  before(async () => {
    auto = stack(await plan(withConfig(project, "dev", { "node-autoscaling": "auto" })), "dev");
  });
  const withRole = (nodeRoleArn: string | undefined): StackPlan["resources"] =>
    auto.resources.map((resource) =>
      resource.type === "aws:eks/cluster:Cluster"
        ? {
            ...resource,
            inputs: { ...resource.inputs, computeConfig: { enabled: true, ...(nodeRoleArn && { nodeRoleArn }) } },
          }
        : resource,
    );

  it("replaces the cluster, as the provider does, and no role does not", () => {
    const [one, other] = ["one", "other"].map((role) => withRole(`arn:aws:iam::222222222222:role/${role}`));
    const replaced = (from = one, to = other) => stackChanges(from ?? [], to ?? []).replace;
    expect(replaced()).to.deep.include({ name: CLUSTER, properties: ["computeConfig"] });
    expect(replaced(one, withRole(undefined))).to.deep.equal([]);
    expect(replaced(withRole(undefined), one)).to.deep.equal([]);
  });
});
