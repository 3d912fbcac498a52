import { expect } from "chai";
import { parse } from "node-html-parser";
import { withSpokes } from "../../../tools/bench/spokes";
import { comment } from "../../../tools/cli/comment";
import { plan, type Plan } from "../../../tools/planner/plan";
import { planned as plannedWithChecks, rendered, type Outcome } from "../../../tools/report/outcome";
import { readPlanFile } from "../../../tools/report/markdown/plan-file";
import { entries, PART } from "../../../tools/report/html/picture/legend";
import { pictureFile } from "../../../tools/report/html/picture/picture";
import { costSections } from "../../../tools/report/view/cost-sections";
import { costs } from "../../../tools/report/view/costs";
import { platformSection, platformsSection } from "../../../tools/report/view/platform";
import { withSettings } from "../../../tools/planner/project/project";
import { project, withoutPlatforms } from "../../support/plans";

const SCREEN = { paint: (_style: string, text: string): string => text, width: 100 };
const WHOLE = { details: [], checks: false, why: undefined };

describe("the platforms of a plan", () => {
  let planned: Plan;
  before(async () => {
    planned = await plan(project);
  });

  it("have a row in the overview: resources, node pools with limits, namespaces", () => {
    expect(platformsSection(planned)?.table?.rows).to.deep.equal([
      ["dev, staging", 22, { names: ["default (100 vCPUs)"] }, { names: ["shop"] }],
      [
        ...["prod", 29],
        { names: ["batch (100 vCPUs)", "default (200 vCPUs, 800 GiB)"] },
        { names: ["reports", "shop"] },
      ],
    ]);
  });

  it("have a row that says so where there is no node pool and no namespace", async () => {
    const bare = withSettings(project, ["*/platform:node-pools={}", "*/platform:namespaces={}"]);
    const rows = platformsSection(await plan(bare))?.table?.rows ?? [];
    expect(rows.map(([spokes, , pools, namespaces]) => [spokes, pools, namespaces])).to.deep.equal([
      ["dev, staging, prod", "none", "none"],
    ]);
  });

  it("have a section with charts, node pools, quotas and classes, once for platforms that are the same", () => {
    const cards = platformSection(planned)?.cards ?? [];
    expect(cards.map(({ title, summary }) => [title, summary])).to.deep.equal([
      ["dev, staging", "22 Kubernetes resources each"],
      ["prod", "29 Kubernetes resources"],
    ]);
    expect(cards[1]?.entries).to.deep.equal([
      {
        term: "charts",
        lines: [
          "karpenter 1.14.1 in kube-system",
          "karpenter-crd 1.14.1 in kube-system",
          "aws-load-balancer-controller 3.5.0 in kube-system",
        ],
      },
      {
        term: "node pools",
        lines: [
          "batch: on-demand or spot, arm64 or amd64, families c, m, r from generation 6; at most 100 vCPUs",
          "default: on-demand, arm64, families c, m, r from generation 6; at most 200 vCPUs, 800 GiB",
        ],
      },
      {
        term: "namespaces",
        lines: [
          "reports: at most 16 vCPUs, 8 GiB of memory, 50 pods, 500 GiB of storage, 0 load balancers",
          "shop: at most 32 vCPUs, 64 GiB of memory, 200 pods, 100 GiB of storage, 2 load balancers",
        ],
      },
      { term: "storage classes", lines: ["gp3 (default)"] },
      { term: "ingress classes", lines: ["alb: internal load balancers"] },
    ]);
  });

  it("have no row, no section and no part in the picture of a network without them", () => {
    const without = planned.map(({ platform: _platform, ...stack }) => stack);
    expect(platformsSection(without)).to.equal(undefined);
    expect(platformSection(without)).to.equal(undefined);
    expect(entries(without).map(({ number }) => number)).not.to.include(PART.platform);
    expect(pictureFile(without)).not.to.contain(">platform<");
  });

  it("stand beside the control plane in the picture, and in its legend", () => {
    const drawn = parse(pictureFile(planned))
      .querySelectorAll("g > title")
      .map(({ text }) => text)
      .filter((text) => text.includes("node pool"));
    expect(drawn).to.deep.equal([
      ...Array<string>(2).fill(
        "karpenter 1.14.1, karpenter-crd 1.14.1, aws-load-balancer-controller 3.5.0, node pool default (100 vCPUs), namespace shop",
      ),
      "karpenter 1.14.1, karpenter-crd 1.14.1, aws-load-balancer-controller 3.5.0, node pool batch (100 vCPUs), " +
        "node pool default (200 vCPUs, 800 GiB), namespace reports, namespace shop",
    ]);
    expect(entries(planned).find(({ number }) => number === PART.platform)?.here).to.equal(
      "in the cluster of dev, staging, prod: charts karpenter, karpenter-crd and aws-load-balancer-controller; " +
        "node pools default and batch; namespaces shop and reports",
    );
  });

  it("are a word on the cards of many spokes", async () => {
    const many = withSpokes(project, 13);
    const stacks = Object.fromEntries(Object.keys(many.stacks).flatMap((name) => (name === "hub" ? [] : [[name, {}]])));
    const drawn = pictureFile(await plan({ ...many, platform: { ...project.platform!, stacks } }));
    expect(drawn.match(/>platform</g)).to.have.length(13);
  });
});

describe("the costs of node pools", () => {
  it("are unknown, with a reason, an example per vCPU-hour and what the limit costs with it", async () => {
    const planned = await plan(project);
    const view = costs(planned, []);
    expect(view.nodePools[0]).to.deep.equal({
      ...{ spoke: "dev", pool: "default", vcpus: 100 },
      example: { type: "c7g.large", vcpuHour: 0.04165 },
      atLimit: 3040.45,
    });
    const [section] = costSections(view, ["dev", "prod"], "ap-southeast-3").filter(({ id }) => id === "node-pools");
    expect(section?.table?.rows).to.deep.equal([
      ["default of dev", ...words("?", "100 vCPUs", "$0.04165 (c7g.large)", "$3,040.45")],
      ["batch of prod", ...words("?", "100 vCPUs", "$0.04165 (c7g.large)", "$3,040.45")],
      ["default of prod", ...words("?", "200 vCPUs", "$0.04165 (c7g.large)", "$6,080.90")],
    ]);
    expect(section?.notes?.join(" ")).to.contain(
      "Load balancers: ? for each, because tools/costs/prices.json has no price",
    );
    expect(view.notes).to.include(
      "Nodes of node pools and load balancers come and go with the applications and are not included.",
    );
  });

  it("are not mentioned where there are none", async () => {
    const bare = withoutPlatforms();
    const view = costs(await plan(bare), []);
    expect(view.nodePools).to.deep.equal([]);
    expect(view.notes.join(" ")).not.to.contain("come and go");
    expect(costSections(view, ["dev"], "ap-southeast-3").map(({ id }) => id)).not.to.include("node-pools");
  });
});

function words(...all: readonly string[]): { readonly words: string }[] {
  return all.map((each) => ({ words: each }));
}

describe("an outcome with platforms", () => {
  let outcome: Outcome;
  before(async () => {
    outcome = await plannedWithChecks(project, await plan({ ...project, platform: withLimit(20) }));
  });
  const withLimit = (limit: number) => ({
    ...project.platform!,
    stacks: {
      ...project.platform!.stacks,
      dev: { ...project.platform!.stacks["dev"], "piksel-platform:node-pools": { default: { "cpu-limit": limit } } },
    },
  });
  const jsonOf = (shown: readonly string[]) => rendered(outcome, shown, WHOLE, SCREEN).json();

  it("has their resources, configuration and changes in JSON, with those of the shown stacks alone", () => {
    const json = JSON.parse(jsonOf(["dev"])) as {
      stacks: Record<string, { platform: Record<string, unknown> }>;
      changes: Record<string, { update: { name: string }[] }>;
      costs: { nodePools: { spoke: string }[] };
    };
    const { platform } = json.stacks["dev"]!;
    expect(Object.keys(platform)).to.deep.equal(["config", "kubernetesResources", "resources", "outputs"]);
    expect(platform["kubernetesResources"]).to.equal(22);
    expect(Object.keys(json.changes)).to.deep.equal(["dev", "dev/platform"]);
    expect(json.changes["dev/platform"]?.update.map(({ name }) => name)).to.deep.equal([
      "kubernetes:karpenter.sh/v1:NodePool::dev-node-pool-default",
    ]);
    expect(json.costs.nodePools.map(({ spoke }) => spoke)).to.deep.equal(["dev"]);
  });

  it("shows what changes in them in the terminal and on the page", () => {
    const { report, page } = rendered(outcome, ["hub", "dev", "staging", "prod"], WHOLE, SCREEN);
    expect(report).to.contain("\n  dev/platform: 1 to update in place; nothing to create, replace or delete\n");
    expect(report).to.contain("\n    update   NodePool  dev-node-pool-default  spec\n");
    expect(report).to.contain("\n  no change\n    hub, dev, staging, prod\n");
    const sections = parse(page)
      .querySelectorAll("h2")
      .map(({ text }) => text);
    expect(sections).to.include.members(["What --set changes", "Platform"]);
    expect(parse(page).querySelector("#resources")?.parentNode?.text).to.contain("dev/platform and 1 more");
  });

  it("shows what changes in them in the comment of a pull request", async () => {
    const head = readPlanFile(jsonOf(["dev"]), "head");
    const before = await plannedWithChecks({ ...project, platform: withLimit(20) });
    const base = readPlanFile(rendered(before, ["dev"], WHOLE, SCREEN).json(), "base");
    const written = comment(base, head);
    expect(written).to.contain("**`dev/platform` changes.** Nothing is replaced or deleted.");
    expect(written).to.contain("| `dev/platform` |  | 1 |  |  | 22 |");
    expect(written).to.contain("| update | `NodePool` | `dev-node-pool-default` | `spec` |");
  });
});
