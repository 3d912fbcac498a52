import { expect } from "chai";
import { comment } from "../../../tools/cli/comment";
import type { Changes } from "../../../tools/planner/changes/changes";
import type { StackPlan } from "../../../tools/planner/plan";
import { sectionBody } from "../../../tools/report/html/markup";
import { readPlanFile } from "../../../tools/report/markdown/plan-file";
import { changesSection } from "../../../tools/report/terminal/changes";
import { plainPaint } from "../../../tools/io/terminal";
import { changedStacks, changeSummary } from "../../../tools/report/view/changes";
import { kubernetesSupport } from "../../../tools/report/view/overview";
import { Copy } from "../cli/start";

const none: Changes = { create: [], update: [], replace: [], delete: [] };
const SUBNET = "aws:ec2/subnet:Subnet";
const REFUSED = "pulumi up refuses this. Set protect to false first.";
const dev: Changes = {
  ...none,
  create: [`${SUBNET}::a`, "piksel:spoke:Spoke::dev"],
  update: [{ name: "pulumi:providers:aws::aws", properties: ["region"] }],
  delete: [`${SUBNET}::b`],
  warnings: [
    { kind: "refused", text: REFUSED, resources: [`${SUBNET}::b`] },
    { kind: "lost", text: "It is gone. All of it.", resources: [] },
  ],
};

describe("the Kubernetes version of a plan", () => {
  // Review F6.
  it("is shown with the end of its standard support, for each version that a cluster has", () => {
    const stack = (name: string, kubernetesVersion: string, cluster = true): StackPlan =>
      ({ name, settings: { role: "spoke", cluster, kubernetesVersion } }) as never;
    const hub = { name: "hub", settings: { role: "hub" } } as never;
    const plan = [
      hub,
      stack("dev", "1.36"),
      stack("staging", "1.35"),
      stack("prod", "1.35"),
      stack("bare", "1.34", false),
    ];
    expect(kubernetesSupport(plan)).to.deep.equal([
      "Kubernetes 1.35 in staging and prod: Amazon EKS's standard support ends on 2027-03-27.",
      "Kubernetes 1.36 in dev: Amazon EKS's standard support ends on 2027-08-02.",
    ]);
  });
});

describe("changes as they are shown", () => {
  // Review, one way of counting.
  it("count AWS resources, and neither components nor providers", () => {
    expect(changeSummary(dev)).to.equal("1 to create, 1 to delete; nothing to update in place or replace");
    expect(changeSummary({ ...none, create: ["piksel:spoke:Spoke::dev"] })).to.equal(
      "nothing to create, update in place, replace or delete",
    );
  });

  // Review F5.
  it("have what is refused and lost before the resources, each with what it says first", () => {
    expect(changesSection({ hub: none, dev }, plainPaint)).to.deep.equal([
      "",
      "What --set changes",
      "  dev: 1 to create, 1 to delete; nothing to update in place or replace",
      "    Refused: pulumi up refuses this.",
      "    Lost: It is gone.",
      "    create   ec2.Subnet  a",
      "    delete   ec2.Subnet  b",
      "  The page shows each warning in full.",
      "  no change",
      "    hub",
    ]);
  });

  it("have every sentence and every resource where all is asked for, under another heading", () => {
    const many = { ...dev, create: Array.from({ length: 30 }, (_, index) => `${SUBNET}::s${String(index)}`) };
    const short = changesSection({ dev: many }, plainPaint);
    expect(short).to.deep.equal([
      "",
      "What --set changes",
      "  dev: 30 to create, 1 to delete; nothing to update in place or replace",
      "    Refused: pulumi up refuses this.",
      "    Lost: It is gone.",
      "  The page lists each resource and shows each warning in full.",
    ]);
    const all = changesSection({ dev: many }, plainPaint, { title: "What the update changes", all: true });
    expect(all.slice(1, 5)).to.deep.equal([
      "What the update changes",
      "  dev: 30 to create, 1 to delete; nothing to update in place or replace",
      `    Refused: ${REFUSED}`,
      "    Lost: It is gone. All of it.",
    ]);
    expect(all.filter((line) => line.includes("ec2.Subnet"))).to.have.lengthOf(31);
  });

  it("tell once what several stacks share", () => {
    const lines = changesSection({ dev, prod: dev }, plainPaint);
    expect(lines.filter((line) => line.includes("Refused:"))).to.have.lengthOf(1);
  });

  // Review F5.
  it("are on the page with every sentence", () => {
    const { text } = sectionBody(changedStacks({ hub: none, dev }));
    expect(text).to.contain(
      `<ul class="warnings"><li><b class="refused">Refused:</b> ${REFUSED}</li>` +
        '<li><b class="lost">Lost:</b> It is gone. All of it.</li></ul>',
    );
    expect(text).to.contain(">No change: hub.</p>").and.not.to.contain("spoke.Spoke");
  });

  // Review F5.
  it("are in a comment, from what plan files say of protection", () => {
    const file = (resources: object[]): ReturnType<typeof readPlanFile> =>
      readPlanFile(JSON.stringify({ version: 1, stacks: { dev: { resources } } }), "a plan");
    const repository = { type: "aws:ecr/repository:Repository", parent: null, inputs: { name: "i" }, dependsOn: [] };
    const before = [
      { ...repository, name: "kept" },
      { ...repository, name: "gone", protect: true },
    ];
    expect(comment(file(before), file(before.slice(0, 1))).split("\n")).to.include.members([
      "> [!CAUTION]",
      "> Before the merge:",
      "> - `dev`: **Refused:** `pulumi up refuses to delete or replace ecr.Repository gone while protect is true. To do it " +
        "anyway, set protect to false in Pulumi.dev.yaml and run pulumi up, and make this change in the update after that.`",
    ]);
  });

  // Review F5.
  it("are in the JSON", async () => {
    const copy = new Copy();
    try {
      const { out } = await copy.start("--set", "dev:cluster=false", "--json", "-");
      const { changes, stacks } = JSON.parse(out) as {
        readonly changes: Readonly<Record<string, Changes>>;
        readonly stacks: Readonly<Record<string, { readonly resources: readonly Record<string, unknown>[] }>>;
      };
      expect(changes["dev"]?.warnings?.map(({ kind, resources }) => [kind, ...resources])).to.deep.equal([
        [
          "refused",
          "aws:kms/key:Key::dev-cluster",
          "aws:eks/cluster:Cluster::dev-eksCluster",
          "aws:ssm/parameter:Parameter::dev-cluster-deletion-guard",
        ],
        ["lost", "aws:eks/cluster:Cluster::dev-eksCluster"],
        ["lost", "aws:kms/key:Key::dev-cluster"],
        ["lost", "aws:cloudwatch/logGroup:LogGroup::dev-cluster"],
      ]);
      expect(changes["prod"]).to.deep.equal({ ...none, warnings: [] });
      const isProtected = (stacks["hub"]?.resources ?? []).filter(({ protect }) => protect === true);
      expect(isProtected.map(({ name }) => name)).to.include("hub-deletion-guard");
      const ignoring = (stacks["hub"]?.resources ?? []).filter(({ ignoreChanges }) => ignoreChanges !== undefined);
      expect(ignoring.map(({ ignoreChanges }) => ignoreChanges)).to.deep.include(["vpcs"]);
    } finally {
      copy.remove();
    }
  });
});
