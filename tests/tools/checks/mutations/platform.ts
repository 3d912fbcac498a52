import { idOf, withInputs, without, withPolicy, withResource, type Modification } from "../../../support/modifications";
import { on, type Mutation } from "./mutation";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const ASSOCIATION = "eks/podIdentityAssociation:PodIdentityAssociation";
const POLICY = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
const CONTROLLER = "dev-load-balancer-controller";
const OTHER = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

const inPlatform =
  (check: string) =>
  (what: string, ...modifications: readonly Modification[]): Mutation =>
    on("dev/platform", what, [check], ...modifications);

/** With other values of a chart. */
function withValues(release: string, values: Readonly<Record<string, unknown>>): Modification {
  return (resources) => {
    const found = resources.find(({ type, name }) => type === RELEASE && name === release);
    return withInputs(RELEASE, release, { values: { ...(found?.inputs["values"] as object), ...values } })(resources);
  };
}

const image = inPlatform("installed-images-are-private");
const REPOSITORY = "ecr-public/eks/aws-load-balancer-controller";
const HUB = "111111111111.dkr.ecr.ap-southeast-3.amazonaws.com";

const IMAGES: readonly Mutation[] = [
  image(
    "a chart with an image of a public registry",
    withValues(CONTROLLER, { image: { repository: "public.ecr.aws/eks/aws-load-balancer-controller", tag: "v3.5.0" } }),
  ),
  image("a chart with its default image", withValues(CONTROLLER, { image: {} })),
  image(
    "a chart with a tag alone",
    withValues(CONTROLLER, { image: { repository: `${HUB}/${REPOSITORY}`, tag: "v3.5.0" } }),
  ),
  image(
    "a chart with another digest",
    withValues(CONTROLLER, { image: { repository: `${HUB}/${REPOSITORY}`, tag: `v3.5.0@${OTHER}` } }),
  ),
  image(
    "a chart with an image of another account's registry",
    withValues(CONTROLLER, {
      image: { repository: `999999999999.dkr.ecr.ap-southeast-3.amazonaws.com/${REPOSITORY}`, tag: "v3.5.0" },
    }),
  ),
  image("a second image in a chart", withValues("dev-karpenter", { sidecar: { image: "quay.io/somebody/sidecar:1" } })),
  image("a chart of another version", withInputs(RELEASE, "dev-karpenter", { version: "1.14.2" })),
  image(
    "a chart that nobody reviewed",
    withResource(RELEASE, "dev-other", { chart: "other", version: "1.0.0", values: {} }),
  ),
  image(
    "a Deployment with a public image",
    withResource("kubernetes:apps/v1:Deployment", "dev-other", {
      spec: { template: { spec: { containers: [{ name: "web", image: "nginx:latest" }] } } },
    }),
  ),
  on("hub", "no cache of Amazon ECR Public", ["installed-images-are-private"], (resources) =>
    resources.filter(({ inputs }) => inputs["ecrRepositoryPrefix"] !== "ecr-public"),
  ),
  on(
    "dev",
    "an add-on with an image of its own",
    ["installed-images-are-private"],
    withInputs("eks/addon:Addon", "dev-coredns", { configurationValues: '{"image":{"repository":"quay.io/coredns"}}' }),
  ),
  on(
    "dev",
    "an add-on without a version",
    ["installed-images-are-private"],
    withInputs("eks/addon:Addon", "dev-coredns", { addonVersion: undefined }),
  ),
];

const inDev = (what: string, breaks: readonly string[], ...modifications: readonly Modification[]): Mutation =>
  on("dev", what, breaks, ...modifications);
const ROLES = ["pods-have-own-roles"];

const POD_ROLES: readonly Mutation[] = [
  inDev("a chart without a role", ROLES, without(ASSOCIATION, "dev-karpenter")),
  inDev("an add-on without a role", ROLES, without(ASSOCIATION, "dev-vpc-cni")),
  inDev(
    "a role for another service account",
    ROLES,
    withInputs(ASSOCIATION, "dev-karpenter", { serviceAccount: "karpenter-2" }),
  ),
  inDev(
    "a role for a service account in another namespace",
    ROLES,
    withInputs(ASSOCIATION, CONTROLLER, { namespace: "default" }),
  ),
  inDev(
    "a second role for a service account",
    ROLES,
    (resources) => [
      ...resources,
      ...resources
        .filter(({ type, name }) => type === "aws:iam/role:Role" && name === "dev-karpenter")
        .map((role) => ({ ...role, name: "dev-second", id: idOf(role.type, "dev-second") })),
    ],
    withResource(`aws:${ASSOCIATION}`, "dev-second", {
      ...{ clusterName: "piksel-dev", namespace: "kube-system", serviceAccount: "karpenter" },
      roleArn: idOf("aws:iam/role:Role", "dev-second").replace("}", ".arn}"),
    }),
  ),
  inDev(
    "a role for pods that do not exist",
    ROLES,
    withResource(`aws:${ASSOCIATION}`, "dev-shop", {
      ...{ clusterName: "piksel-dev", namespace: "shop", serviceAccount: "shop" },
      roleArn: idOf("aws:iam/role:Role", "dev-vpc-cni").replace("}", ".arn}"),
    }),
  ),
  inDev(
    "a role that two add-ons share",
    ROLES,
    withInputs(ASSOCIATION, "dev-ebs-csi", { roleArn: idOf("aws:iam/role:Role", "dev-vpc-cni").replace("}", ".arn}") }),
  ),
  inDev(
    "a pod's role with one more managed policy",
    [...ROLES, "wildcards-are-allowlisted"],
    withResource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "dev-vpc-cni-more", {
      role: idOf("aws:iam/role:Role", "dev-vpc-cni"),
      policyArn: "arn:aws:iam::aws:policy/AmazonEKSLoadBalancingPolicy",
    }),
  ),
  inDev(
    "a pod's role with an action of another",
    ROLES,
    withPolicy(
      "iam/rolePolicy:RolePolicy",
      "dev-karpenter-discovery",
      "policy",
      "ssm:GetParameter",
      "s3:ListAllMyBuckets",
    ),
  ),
  on("dev/platform", "a role for a chart that is not installed", ROLES, (resources) =>
    resources.filter(({ name }) => name !== CONTROLLER),
  ),
];

const balancer = inPlatform("load-balancers-are-internal");

const LOAD_BALANCERS: readonly Mutation[] = [
  balancer(
    "an ingress class with load balancers on the internet",
    withInputs("kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams", "dev-alb", {
      spec: { scheme: "internet-facing" },
    }),
  ),
  balancer(
    "an ingress class without a scheme",
    withInputs("kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams", "dev-alb", { spec: {} }),
  ),
  balancer("no admission policy of Services", without(POLICY, "dev-internal-services")),
  balancer("no binding of the policy of Ingresses", without(`${POLICY}Binding`, "dev-internal-ingresses")),
  balancer(
    "an admission policy that only warns",
    withInputs(`${POLICY}Binding`, "dev-internal-services", {
      spec: { policyName: "internal-services", validationActions: ["Warn"] },
    }),
  ),
  balancer(
    "an admission policy for some namespaces only",
    withInputs(`${POLICY}Binding`, "dev-internal-services", {
      ...{
        spec: {
          policyName: "internal-services",
          validationActions: ["Deny"],
          matchResources: { namespaceSelector: {} },
        },
      },
    }),
  ),
  balancer(
    "a Service on the internet",
    withResource("kubernetes:core/v1:Service", "dev-web", {
      metadata: {
        name: "web",
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" },
      },
      spec: { type: "LoadBalancer" },
    }),
  ),
  inDev(
    "a controller that may create load balancers on the internet",
    ["load-balancers-are-internal"],
    withPolicy(
      "iam/rolePolicy:RolePolicy",
      "dev-load-balancer-controller-manage",
      "policy",
      ',"elasticloadbalancing:Scheme":"internal"',
      "",
    ),
  ),
];

const NODES = ["pods-fit-their-nodes"];
const pods = inPlatform("pods-fit-their-nodes");

const PODS: readonly Mutation[] = [
  pods("a chart without tolerations", withValues("dev-karpenter", { tolerations: [] })),
  pods(
    "a chart that selects another architecture",
    withValues("dev-karpenter", { nodeSelector: { "kubernetes.io/arch": "amd64" } }),
  ),
  inDev(
    "nodes with a taint that charts do not tolerate",
    NODES,
    ...["dev-system-1", "dev-system-2"].map((group) =>
      withInputs("eks/nodeGroup:NodeGroup", group, {
        taints: [{ key: "team", value: "other", effect: "NO_SCHEDULE" }],
      }),
    ),
  ),
  {
    what: "a taint on the only node pool, and an add-on without tolerations",
    breaks: NODES,
    modifications: {
      dev: [withInputs("eks/addon:Addon", "dev-metrics-server", { configurationValues: "{}" })],
      "dev/platform": [
        (resources) =>
          resources.map((each) => {
            if (each.name !== "dev-node-pool-default") return each;
            const taints = [{ key: "team", value: "other", effect: "NoSchedule" }];
            return { ...each, inputs: { metadata: { name: "default" }, spec: { template: { spec: { taints } } } } };
          }),
      ],
    },
  },
];

/** Mistakes in what runs in the clusters. */
export const PLATFORM: readonly Mutation[] = [...IMAGES, ...POD_ROLES, ...LOAD_BALANCERS, ...PODS];
