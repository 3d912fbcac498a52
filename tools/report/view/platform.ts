import { counted, groupsOf, listed, namesShortened } from "../../io/words";
import { isProperties, isTrue, objectIn, type Properties, text, textIn, texts } from "../../model/resource";
import { isDeployed } from "../../planner/changes/changes";
import type { PlannedResource } from "../../planner/engine/resource";
import type { Plan, StackPlan } from "../../planner/plan";
import { platformOf } from "../../planner/project/project";
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
  readonly storageClasses: readonly ClassView[];
  readonly ingressClasses: readonly ClassView[];
}

/** A Helm release. */
export interface ChartView {
  /** Name of the release. */
  readonly name: string;
  readonly version: string;
  readonly namespace: string;
}

/** A node pool of Karpenter or EKS Auto Mode. */
export interface NodePoolView {
  readonly name: string;
  /** `spot`, `on-demand`; empty: any. */
  readonly capacity: readonly string[];
  /** `arm64`, `amd64`; empty: any. */
  readonly architectures: readonly string[];
  /** Letters of instance families; empty: any. */
  readonly categories: readonly string[];
  /** Lowest generation of instances; undefined: any. */
  readonly minGeneration: number | undefined;
  /** Most of each resource that all nodes together have: `cpu` → `100`. */
  readonly limits: Readonly<Record<string, string>>;
}

interface NamespaceView {
  readonly name: string;
  /** Most that its pods together request: `requests.cpu` → `4`. */
  readonly quota: Readonly<Record<string, string>>;
}

/** A storage class or an ingress class. */
interface ClassView {
  readonly name: string;
  readonly isDefault: boolean;
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
  const ofKind = (kind: string): readonly PlannedResource[] =>
    platform.resources.filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`));
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
    storageClasses: ofKind("StorageClass").map((each) => classView(each, "storageclass.kubernetes.io/is-default-class")),
    ingressClasses: ofKind("IngressClass").map((each) => classView(each, "ingressclass.kubernetes.io/is-default-class")),
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
    limits: amounts(objectIn(spec, "limits")),
  };
}

function namespaces(all: readonly PlannedResource[], quotas: readonly PlannedResource[]): NamespaceView[] {
  return all.map((namespace) => {
    const name = nameOf(namespace);
    const own = quotas.filter(({ inputs }) => textIn(objectIn(inputs, "metadata"), "namespace") === name);
    const hard = own.map(({ inputs }) => amounts(objectIn(objectIn(inputs, "spec"), "hard")));
    return { name, quota: Object.assign({}, ...hard) as NamespaceView["quota"] };
  });
}

function classView(each: PlannedResource, annotation: string): ClassView {
  const annotations = objectIn(objectIn(each.inputs, "metadata"), "annotations");
  return { name: nameOf(each), isDefault: isTrue(annotations[annotation]) };
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
function alike(part: Plan): { readonly names: readonly string[]; readonly view: PlatformView }[] {
  const groups = groupsOf(platforms(part), ({ spoke: _spoke, ...rest }) => JSON.stringify(rest));
  return groups.map((group) => ({ names: group.map(({ spoke }) => platformOf(spoke)), view: group[0] }));
}

/** How many resources each platform has, which node pools with which limits, and which namespaces. */
export function platformsSection(part: Plan): Section | undefined {
  const groups = alike(part);
  if (groups.length === 0) return undefined;
  const rows = groups.map(({ names, view }) => ({
    names,
    resources: view.resources,
    pools: view.nodePools.map((pool) => `${pool.name} (${limitsInWords(pool)})`),
    namespaces: view.namespaces.map(({ name }) => name),
  }));
  return {
    id: "platforms",
    title: "Platforms",
    table: {
      columns: [
        ...figures("Platform", ["Kubernetes resources"]),
        { title: "Node pools (limit)" },
        { title: "Namespaces" },
      ],
      rows: rows.map(({ names, resources, pools, namespaces }) => [
        namesShortened(names),
        resources,
        { names: pools },
        { names: namespaces },
      ]),
      narrow: rows.map(({ names, resources, pools, namespaces }) => ({
        term: namesShortened(names),
        lines: [
          counted(resources, "Kubernetes resource"),
          ...(pools.length === 0 ? [] : [`node pools: ${pools.join(", ")}`]),
          ...(namespaces.length === 0 ? [] : [`namespaces: ${namespaces.join(", ")}`]),
        ],
      })),
    },
  };
}

/** `100 vCPUs, 400Gi`; `no limit`. */
export function limitsInWords({ limits }: Pick<NodePoolView, "limits">): string {
  const { cpu, ...others } = limits;
  const vcpus = cpu === undefined ? [] : [counted(Number(cpu), "vCPU")];
  return [...vcpus, ...Object.values(others)].join(", ") || "no limit";
}

/** What each platform builds: charts, node pools, namespaces, classes. Spokes with the same share one card. */
export function platformSection(part: Plan): Section | undefined {
  const groups = alike(part);
  if (groups.length === 0) return undefined;
  return {
    id: "platform",
    title: "Platform",
    note: "What the stacks of platform/ build in the clusters, each from the outputs of its spoke.",
    cards: groups.map(({ names, view }): Card => ({
      title: namesShortened(names),
      summary: `${counted(view.resources, "Kubernetes resource")}${names.length === 1 ? "" : " each"}`,
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
    ...entry("storage classes", view.storageClasses.map(classInWords)),
    ...entry("ingress classes", view.ingressClasses.map(classInWords)),
  ];
}

/** `default: on-demand arm64, c, m and r from generation 6; at most 100 vCPUs`. */
function poolInWords(pool: NodePoolView): string {
  const { name, capacity, architectures, categories, minGeneration } = pool;
  const kinds = [listed(capacity), listed(architectures)].filter((each) => each !== "").join(" ");
  const from = minGeneration === undefined ? "" : ` from generation ${String(minGeneration)}`;
  const families = categories.length === 0 ? "" : `${listed(categories)}${from}`;
  const nodes = [kinds, families].filter((each) => each !== "").join(", ") || "any instance type";
  const limits = limitsInWords(pool);
  return `${name}: ${nodes}; ${limits === "no limit" ? limits : `at most ${limits}`}`;
}

function namespaceInWords({ name, quota }: NamespaceView): string {
  const amounts = Object.entries(quota).map(([resource, most]) => `${resource} ${most}`);
  return amounts.length === 0 ? `${name}: no quota` : `${name}: ${amounts.join(", ")}`;
}

function classInWords({ name, isDefault }: ClassView): string {
  return isDefault ? `${name} (default)` : name;
}
