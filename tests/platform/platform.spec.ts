import { expect } from "chai";
import type { PlatformContract } from "../../components/platform-contract";
import type { Json } from "../../tools/planner/engine/resource";
import { namesOf } from "../support/expected";
import { autoContract, bothContract, contract, deployed, find, SAMPLE } from "./support";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const POLICY = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
const NODE_POOL = "kubernetes:karpenter.sh/v1:NodePool";

/** Resources of Kubernetes, as `TYPE NAME` without the provider's name. */
const created = async (of: PlatformContract, given = SAMPLE): Promise<string[]> =>
  namesOf((await deployed(of, given)).resources)
    .filter((line) => line.startsWith("kubernetes:"))
    .map((line) => line.replace(/^kubernetes:/, ""));

const policy = (name: string): string[] => [
  `admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy dev-${name}`,
  `admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding dev-${name}`,
];
const noExternalAddresses = policy("no-external-addresses");
const policies = [
  ...noExternalAddresses,
  ...["ingress-classes", "ingresses", "services"].flatMap((what) => policy(`internal-${what}`)),
];
const namespace = [
  "core/v1:LimitRange dev-namespace-shop-requests",
  "core/v1:Namespace dev-namespace-shop",
  "core/v1:ResourceQuota dev-namespace-shop-critical-pods",
  "core/v1:ResourceQuota dev-namespace-shop-quota",
  "networking.k8s.io/v1:NetworkPolicy dev-namespace-shop-allow-dns",
  "networking.k8s.io/v1:NetworkPolicy dev-namespace-shop-default-deny",
];
const ofKarpenter = [
  "elbv2.k8s.aws/v1beta1:IngressClassParams dev-alb",
  "helm.sh/v3:Release dev-karpenter",
  "helm.sh/v3:Release dev-karpenter-crd",
  "helm.sh/v3:Release dev-load-balancer-controller",
  "karpenter.k8s.aws/v1:EC2NodeClass dev-node-class",
  "karpenter.sh/v1:NodePool dev-node-pool-batch",
  "karpenter.sh/v1:NodePool dev-node-pool-default",
  "networking.k8s.io/v1:IngressClass dev-alb",
  "storage.k8s.io/v1:StorageClass dev-gp3",
];
const ofAuto = [
  "core/v1:ConfigMapPatch dev-auto-network-policies",
  "eks.amazonaws.com/v1:IngressClassParams dev-auto-alb",
  "eks.amazonaws.com/v1:NodeClass dev-auto-node-class",
  "karpenter.sh/v1:NodePool dev-auto-node-pool-batch",
  "karpenter.sh/v1:NodePool dev-auto-node-pool-default",
  "networking.k8s.io/v1:IngressClass dev-auto-alb",
  "storage.k8s.io/v1:StorageClass dev-auto-gp3",
];

describe("a platform", () => {
  it("with Karpenter contains Karpenter and the load balancer controller, and nothing of EKS Auto Mode", async () => {
    expect(await created(contract)).to.deep.equal([...policies, ...namespace, ...ofKarpenter].sort());
  });

  it("with EKS Auto Mode contains no chart", async () => {
    expect(await created(autoContract)).to.deep.equal([...policies, ...namespace, ...ofAuto].sort());
  });

  it("contains both while a cluster changes from one to the other, and each keeps its names", async () => {
    expect(await created(bothContract)).to.deep.equal([...policies, ...namespace, ...ofKarpenter, ...ofAuto].sort());
  });

  it("has one default storage class, whose volumes attach to the nodes that applications run on", async () => {
    const defaults = async (of: PlatformContract): Promise<string[]> =>
      (await deployed(of)).resources
        .filter(
          ({ type, inputs }) => type.endsWith(":StorageClass") && JSON.stringify(inputs).includes('class":"true"'),
        )
        .map(({ name }) => name);
    expect(await defaults(contract)).to.deep.equal(["dev-gp3"]);
    expect(await defaults(bothContract)).to.deep.equal(["dev-gp3"]);
    expect(await defaults(autoContract)).to.deep.equal(["dev-auto-gp3"]);
  });

  it("lets Services of other kinds be created while the load balancer controller is down", async () => {
    const policyOf = async (of: PlatformContract): Promise<Json> => {
      const { inputs } = find(await deployed(of), RELEASE, "dev-load-balancer-controller");
      return (inputs["values"] as Record<string, Json>)["serviceMutatorWebhookConfig"]!;
    };
    expect(await policyOf(contract)).to.deep.equal({ failurePolicy: "Ignore" });
    expect(await policyOf({ ...contract, internetLoadBalancers: true })).to.deep.equal({ failurePolicy: "Fail" });
  });

  it("has no policy on load balancers where they may face the internet, and one on external addresses", async () => {
    const open = await created({ ...contract, internetLoadBalancers: true });
    expect(open).to.deep.equal([...noExternalAddresses, ...namespace, ...ofKarpenter].sort());
  });

  // A spec that becomes empty is null for the API server, which refuses the update.
  it("has ingress parameters without a spec where load balancers may face the internet", async () => {
    const parameters = async (of: PlatformContract): Promise<unknown[]> =>
      (await deployed(of)).resources
        .filter(({ type }) => type.endsWith(":IngressClassParams"))
        .map(({ inputs }) => inputs["spec"]);
    const internal = { scheme: "internal" };
    expect(await parameters(bothContract)).to.deep.equal([internal, internal]);
    expect(await parameters({ ...bothContract, internetLoadBalancers: true })).to.deep.equal([undefined, undefined]);
  });

  it("has one component of each kind, below the platform's own", async () => {
    const { resources } = await deployed(contract, SAMPLE);
    const components = resources.filter(({ type }) => type.startsWith("piksel:"));
    expect(components.map(({ type, name, parent }) => `${type} ${name} in ${String(parent)}`)).to.deep.equal([
      "piksel:platform:Platform dev in null",
      ...["Admission", "Karpenter", "LoadBalancing", "Storage"].map(
        (each) => `piksel:platform:${each} dev in piksel:platform:Platform::dev`,
      ),
      "piksel:platform:ApplicationNamespace dev-namespace-shop in piksel:platform:Platform::dev",
    ]);
  });

  it("refuses Services that take over addresses of others", async () => {
    for (const of of [contract, autoContract, bothContract, { ...contract, internetLoadBalancers: true }]) {
      const { inputs } = find(await deployed(of), POLICY, "dev-no-external-addresses");
      expect(inputs).to.have.deep.nested.property("spec.validations[0]", {
        expression: "object.spec.?externalIPs.orValue([]).size() == 0",
        message: "externalIPs takes over traffic to addresses of others: remove it, and use a load balancer",
        reason: "Forbidden",
      });
    }
  });

  it("lets no pod of an application evict the add-ons from the managed nodes by its priority", async () => {
    const quota = find(
      await deployed(contract, SAMPLE),
      "kubernetes:core/v1:ResourceQuota",
      "dev-namespace-shop-critical-pods",
    );
    expect(quota.inputs["spec"]).to.deep.equal({
      hard: { pods: "0" },
      scopeSelector: {
        matchExpressions: [
          { scopeName: "PriorityClass", operator: "In", values: ["system-cluster-critical", "system-node-critical"] },
        ],
      },
    });
  });

  it("sets no tag on nodes of EKS Auto Mode, whose managed policy allows only the tags that EKS sets", async () => {
    const registered = await deployed(autoContract);
    const { inputs } = find(registered, "kubernetes:eks.amazonaws.com/v1:NodeClass", "dev-auto-node-class");
    expect(inputs["spec"]).to.deep.equal({
      role: "dev-auto-node-1234567",
      subnetSelectorTerms: [{ tags: { "karpenter.sh/discovery": "piksel-dev" } }],
      securityGroupSelectorTerms: [{ tags: { "aws:eks:cluster-name": "piksel-dev" } }],
      networkPolicy: "DefaultAllow",
      ephemeralStorage: { size: "80Gi" },
    });
  });

  it("lets applications send DNS queries to the cluster's DNS, and to port 53 of no other address", async () => {
    for (const of of [contract, autoContract, bothContract]) {
      const policy = find(
        await deployed(of, SAMPLE),
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        "dev-namespace-shop-allow-dns",
      );
      expect(policy.inputs["spec"]).to.deep.equal({
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
                podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
              },
              { ipBlock: { cidr: "172.20.0.10/32" } },
            ],
            ports: [
              { protocol: "UDP", port: 53 },
              { protocol: "TCP", port: 53 },
            ],
          },
        ],
      });
    }
  });

  it("is in the cluster of its provider, without exception", async () => {
    const { resources } = await deployed(bothContract, SAMPLE);
    const elsewhere = resources.filter(
      ({ type, options }) =>
        type.startsWith("kubernetes:") && options.provider !== "pulumi:providers:kubernetes::kubernetes",
    );
    expect(elsewhere).to.deep.equal([]);
  });
});

describe("a platform creates", () => {
  it("definitions before the controller, the controller before the node class, and the node class before the pools", async () => {
    const registered = await deployed(contract, SAMPLE);
    expect(find(registered, RELEASE, "dev-karpenter").dependsOn).to.deep.equal([`${RELEASE}::dev-karpenter-crd`]);
    expect(find(registered, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", "dev-node-class").dependsOn).to.deep.equal([
      `${RELEASE}::dev-karpenter`,
    ]);
    expect(find(registered, NODE_POOL, "dev-node-pool-default").dependsOn).to.deep.equal([
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass::dev-node-class",
    ]);
  });

  it("the chart whose webhook admits Services after the charts with Services", async () => {
    const registered = await deployed(contract);
    expect(find(registered, RELEASE, "dev-load-balancer-controller").dependsOn).to.deep.equal([
      `${RELEASE}::dev-karpenter`,
    ]);
  });

  it("the namespaces of applications last, so that a destroy deletes them first", async () => {
    for (const of of [contract, autoContract, bothContract]) {
      const registered = await deployed(of, SAMPLE);
      const others = registered.resources.filter(
        ({ type, name }) => type.startsWith("kubernetes:") && !name.startsWith("dev-namespace-"),
      );
      expect(find(registered, "kubernetes:core/v1:Namespace", "dev-namespace-shop").dependsOn).to.deep.equal(
        others.map(({ type, name }) => `${type}::${name}`).sort(),
      );
    }
  });
});
