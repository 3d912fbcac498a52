import { counted, groupsOf, namesShortened } from "../../io/words";
import { isProperties, isTrue, objectIn, type Properties, text, textIn, texts } from "../../model/resource";
import type { InstanceChoice } from "../../costs/node-pools";
import { isDeployed } from "../../planner/changes/changes";
import type { PlannedResource } from "../../planner/engine/resource";
import type { Plan, StackPlan } from "../../planner/plan";
import { figures, type Card, type Entry, type Section } from "./section";

/** What `platform/` builds in the cluster of a spoke. */
export interface PlatformView {
  /** Name of the spoke. */
  readonly spoke: string;
  /** Number of Kubernetes resources, without Pulumi's components, providers and references. */
  readonly resources: number;
  readonly charts: readonly ChartView[];
  readonly nodePools: readonly NodePoolView[];
  readonly namespaces: readonly NamespaceView[];
  readonly storageClasses: readonly StorageClassView[];
  readonly ingressClasses: readonly IngressClassView[];
}

/** A Helm release. */
interface ChartView {
  /** Name of the release. */
  readonly name: string;
  readonly version: string;
  readonly namespace: string;
}

/** A node pool of Karpenter or EKS Auto Mode. */
export interface NodePoolView extends InstanceChoice {
  readonly name: string;
  /** `spot`, `on-demand`; empty: any. */
  readonly capacity: readonly string[];
  /** Whether EKS Auto Mode launches its nodes, and not Karpenter. */
  readonly isAutoMode: boolean;
  /** Most that all nodes together have: vCPUs, and memory as a Kubernetes quantity, `400Gi`. */
  readonly limits: { readonly cpu?: string; readonly memory?: string };
}

interface NamespaceView {
  readonly name: string;
  /** Most that its pods together request: `requests.cpu` → `4`. */
  readonly quota: Readonly<Record<string, string>>;
}

interface StorageClassView {
  readonly name: string;
  readonly isDefault: boolean;
}

interface IngressClassView {
  readonly name: string;
  /** Scheme of its load balancers, `internal`; empty: each Ingress chooses. */
  readonly scheme: string;
}

const known = new WeakMap<StackPlan, PlatformView | null>();

/** The platforms of a plan, in its order; each is read once. */
export function platforms(plan: Plan): PlatformView[] {
  return plan.flatMap((stack) => {
    const view = known.get(stack) ?? viewOf(stack);
    known.set(stack, view);
    return view ?? [];
  });
}

function viewOf({ name: spoke, platform }: StackPlan): PlatformView | null {
  if (platform === undefined) return null;
  // By name, because the order of registration changes with the configuration.
  const ofKind = (kind: string): readonly PlannedResource[] =>
    platform.resources
      .filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`))
      .sort((a, b) => a.name.localeCompare(b.name));
  return {
    spoke,
    resources: platform.resources.filter(({ type }) => isDeployed(type)).length,
    charts: ofKind("Release").map((release) => ({
      name: text(release, "name") || release.name,
      version: text(release, "version"),
      namespace: text(release, "namespace"),
    })),
    nodePools: ofKind("NodePool").map(nodePool),
    namespaces: namespaces(ofKind("Namespace"), ofKind("ResourceQuota")),
    storageClasses: ofKind("StorageClass").map(storageClass),
    ingressClasses: ofKind("IngressClass").map((each) => ingressClass(each, ofKind("IngressClassParams"))),
  };
}

/** Karpenter, "NodePools"; the labels of EKS Auto Mode are those of Amazon EKS User Guide, "Create a Node Pool for EKS Auto Mode". */
function nodePool(pool: PlannedResource): NodePoolView {
  const spec = objectIn(pool.inputs, "spec");
  const requirements = listIn(objectIn(objectIn(spec, "template"), "spec"), "requirements");
  const valuesOf = (label: string, operator: string): readonly string[] =>
    requirements
      .filter((each) => textIn(each, "key").endsWith(label) && textIn(each, "operator") === operator)
      .flatMap((each) => texts({ inputs: each }, "values"));
  const [above] = valuesOf("/instance-generation", "Gt");
  return {
    name: nameOf(pool),
    capacity: valuesOf("karpenter.sh/capacity-type", "In"),
    architectures: valuesOf("kubernetes.io/arch", "In"),
    categories: valuesOf("/instance-category", "In"),
    minGeneration: above === undefined ? undefined : Number(above) + 1,
    isAutoMode:
      textIn(objectIn(objectIn(objectIn(spec, "template"), "spec"), "nodeClassRef"), "group") === "eks.amazonaws.com",
    limits: amounts(objectIn(spec, "limits")),
  };
}

function namespaces(all: readonly PlannedResource[], quotas: readonly PlannedResource[]): NamespaceView[] {
  return all.map((namespace) => {
    const name = nameOf(namespace);
    // A quota with a scope is about some pods only.
    const own = quotas.filter(
      ({ inputs }) =>
        textIn(objectIn(inputs, "metadata"), "namespace") === name &&
        objectIn(inputs, "spec")["scopeSelector"] === undefined,
    );
    const hard = own.map(({ inputs }) => amounts(objectIn(objectIn(inputs, "spec"), "hard")));
    return { name, quota: Object.assign({}, ...hard) as NamespaceView["quota"] };
  });
}

function storageClass(each: PlannedResource): StorageClassView {
  const annotations = objectIn(objectIn(each.inputs, "metadata"), "annotations");
  return { name: nameOf(each), isDefault: isTrue(annotations["storageclass.kubernetes.io/is-default-class"]) };
}

function ingressClass(each: PlannedResource, params: readonly PlannedResource[]): IngressClassView {
  const referred = textIn(objectIn(objectIn(each.inputs, "spec"), "parameters"), "name");
  const own = params.find((candidate) => nameOf(candidate) === referred);
  return { name: nameOf(each), scheme: own === undefined ? "" : textIn(objectIn(own.inputs, "spec"), "scheme") };
}

/** Name of a Kubernetes resource; the plan's own where the provider would choose one. */
function nameOf({ name, inputs }: PlannedResource): string {
  return textIn(objectIn(inputs, "metadata"), "name") || name;
}

function amounts(properties: Properties): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, String(value)]));
}

function listIn(properties: Properties, name: string): readonly Properties[] {
  const value = properties[name];
  return Array.isArray(value) ? value.filter(isProperties) : [];
}

/** Platforms that are the same but for their spokes, and what each of them has. */
function alike(part: Plan): { readonly spokes: readonly string[]; readonly view: PlatformView }[] {
  const groups = groupsOf(platforms(part), ({ spoke: _spoke, ...rest }) => JSON.stringify(rest));
  return groups.map((group) => ({ spokes: group.map(({ spoke }) => spoke), view: group[0] }));
}

/** How many resources each platform has, which node pools with which limits, and which namespaces. */
export function platformsSection(part: Plan): Section | undefined {
  const groups = alike(part);
  if (groups.length === 0) return undefined;
  const rows = groups.map(({ spokes, view }) => ({
    spokes: namesShortened(spokes),
    resources: view.resources,
    pools: view.nodePools.map((pool) => `${pool.name} (${limitsInWords(pool)})`),
    namespaces: view.namespaces.map(({ name }) => name),
  }));
  return {
    id: "platforms",
    title: "Platforms",
    table: {
      columns: [
        ...figures("Platform of", ["Kubernetes resources"]),
        { title: "Node pools (limit)" },
        { title: "Namespaces" },
      ],
      rows: rows.map(({ spokes, resources, pools, namespaces }) => [
        spokes,
        resources,
        pools.length === 0 ? "none" : { names: pools },
        namespaces.length === 0 ? "none" : { names: namespaces },
      ]),
      narrow: rows.map(({ spokes, resources, pools, namespaces }) => ({
        term: `platform of ${spokes}`,
        lines: [
          counted(resources, "Kubernetes resource"),
          ...(pools.length === 0 ? [] : [`node pools: ${pools.join(", ")}`]),
          ...(namespaces.length === 0 ? [] : [`namespaces: ${namespaces.join(", ")}`]),
        ],
      })),
    },
  };
}

/** `100 vCPUs, 400 GiB`; `no limit`. */
export function limitsInWords({ limits: { cpu, memory } }: Pick<NodePoolView, "limits">): string {
  const vcpus = cpu === undefined ? [] : [counted(Number(cpu), "vCPU")];
  const size = memory === undefined ? [] : [withUnit(memory)];
  return [...vcpus, ...size].join(", ") || "no limit";
}

/** What each platform builds: charts, node pools, namespaces, classes. Spokes with the same share one card. */
export function platformSection(part: Plan): Section | undefined {
  const groups = alike(part);
  if (groups.length === 0) return undefined;
  return {
    id: "platform",
    title: "Platform",
    note: "What the stacks of platform/ build in the clusters, each from the outputs of its spoke.",
    cards: groups.map(({ spokes, view }): Card => ({
      title: namesShortened(spokes),
      summary: `${counted(view.resources, "Kubernetes resource")}${spokes.length === 1 ? "" : " each"}`,
      entries: entriesOf(view),
    })),
  };
}

function entriesOf(view: PlatformView): Entry[] {
  const entry = (term: string, lines: readonly string[]): Entry[] => (lines.length === 0 ? [] : [{ term, lines }]);
  return [
    ...entry(
      "charts",
      view.charts.map(({ name, version, namespace }) => `${name} ${version} in ${namespace}`),
    ),
    ...entry("node pools", view.nodePools.map(poolInWords)),
    ...entry("namespaces", view.namespaces.map(namespaceInWords)),
    ...entry(
      "storage classes",
      view.storageClasses.map(({ name, isDefault }) => (isDefault ? `${name} (default)` : name)),
    ),
    ...entry(
      "ingress classes",
      view.ingressClasses.map(({ name, scheme }) =>
        scheme === ""
          ? `${name}: each Ingress chooses the scheme of its load balancer`
          : `${name}: ${scheme} load balancers`,
      ),
    ),
  ];
}

/** `default: on-demand, arm64, families c, m, r from generation 6; at most 100 vCPUs`. */
function poolInWords(pool: NodePoolView): string {
  const { name, capacity, architectures, categories, minGeneration } = pool;
  const from = minGeneration === undefined ? "" : ` from generation ${String(minGeneration)}`;
  const families = categories.length === 0 ? "any family" : `families ${categories.join(", ")}`;
  const kinds = [capacity.join(" or "), architectures.join(" or "), `${families}${from}`];
  const limits = limitsInWords(pool);
  const most = limits === "no limit" ? limits : `at most ${limits}`;
  return `${name}: ${kinds.filter((each) => each !== "").join(", ")}; ${most}`;
}

/** `shop: at most 4 vCPUs, 8 GiB of memory, 50 pods, 100 GiB of storage, 2 load balancers`. */
function namespaceInWords({ name, quota }: NamespaceView): string {
  const known = Object.entries(QUOTAS).flatMap(([resource, words]) => {
    const most = quota[resource];
    return most === undefined ? [] : [words(most)];
  });
  const others = Object.entries(quota).flatMap(([resource, most]) =>
    Object.hasOwn(QUOTAS, resource) ? [] : [`${resource} ${most}`],
  );
  const all = [...known, ...others];
  return all.length === 0 ? `${name}: no quota` : `${name}: at most ${all.join(", ")}`;
}

/** Kubernetes documentation, "Resource Quotas". */
const QUOTAS: Readonly<Record<string, (most: string) => string>> = {
  "requests.cpu": (most) => `${most} ${most === "1" ? "vCPU" : "vCPUs"}`,
  "requests.memory": (most) => `${withUnit(most)} of memory`,
  pods: (most) => `${most} ${most === "1" ? "pod" : "pods"}`,
  "requests.storage": (most) => `${withUnit(most)} of storage`,
  "services.loadbalancers": (most) => `${most} ${most === "1" ? "load balancer" : "load balancers"}`,
};

/** `8Gi` → `8 GiB`. */
function withUnit(quantity: string): string {
  return quantity.replace(/^(\d+)([KMGTP]i)$/, "$1 $2B");
}
