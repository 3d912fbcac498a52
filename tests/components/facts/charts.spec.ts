import { expect } from "chai";
import { CHARTS, CHARTS_NAMESPACE, imageOf, workloadOf } from "../../../components/facts/charts";
import { IMAGE_CACHES } from "../../../components/facts/registries";
import { KARPENTER } from "../../../components/facts/versions";
import { SERVICE_ACCOUNTS, SYSTEM_TAINT_KEY } from "../../../components/kubernetes-names";

const charts = Object.entries(CHARTS);
const images = charts.flatMap(([, { workloads }]) => workloads.flatMap((workload) => workload.images));

describe("the charts of the platform", () => {
  it("are pinned to a version, with the day and the place where it was read", () => {
    for (const [name, { version, date, source }] of charts) {
      expect(version, name).to.match(/^\d+\.\d+\.\d+$/);
      expect(date, name).to.match(/^\d{4}-\d{2}-\d{2}$/);
      expect(source, name).to.match(new RegExp(`^https://github\\.com/.+/v${version}/`));
    }
  });

  it("are Karpenter's in the version for which the policies of its role are written", () => {
    expect([CHARTS.karpenter.version, CHARTS["karpenter-crd"].version]).to.deep.equal([
      KARPENTER.version,
      KARPENTER.version,
    ]);
    const { tag, digest } = imageOf(workloadOf("karpenter"));
    expect([tag, digest]).to.deep.equal([KARPENTER.version, KARPENTER.digest]);
  });

  it("have images of registries that the hub caches, each pinned by digest", () => {
    expect(images.map(({ repository }) => repository)).to.deep.equal([
      "public.ecr.aws/karpenter/controller",
      "public.ecr.aws/eks/aws-load-balancer-controller",
    ]);
    for (const { repository, digest } of images) {
      expect(digest).to.match(/^sha256:[0-9a-f]{64}$/);
      expect(IMAGE_CACHES.some(({ upstream }) => repository.startsWith(`${upstream}/`))).to.equal(true);
    }
  });

  it("have pods that tolerate the managed nodes, where no application runs", () => {
    const tolerated = charts.flatMap(([, { workloads }]) => workloads.map(({ tolerations }) => tolerations));
    expect(tolerated).to.deep.equal([
      [{ key: SYSTEM_TAINT_KEY, operator: "Exists" }],
      [{ key: SYSTEM_TAINT_KEY, operator: "Exists" }],
    ]);
  });

  it("have the service accounts to which the spoke gives roles", () => {
    const { karpenter, loadBalancerController } = SERVICE_ACCOUNTS;
    const found = (["karpenter", "aws-load-balancer-controller"] as const).map((chart) => ({
      namespace: CHARTS_NAMESPACE,
      name: workloadOf(chart).serviceAccount,
    }));
    expect(found).to.deep.equal([karpenter, loadBalancerController]);
  });

  it("have one workload and one image where one is asked for", () => {
    expect(() => workloadOf("karpenter-crd")).to.throw("chart-versions.json: karpenter-crd must have one workload");
    expect(() => imageOf({ ...workloadOf("karpenter"), images: [] })).to.throw(
      "chart-versions.json: karpenter must have one image",
    );
  });
});
