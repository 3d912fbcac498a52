import type { Json } from "../../tools/planner/engine/resource";
import type { Project, StackConfig } from "../../tools/planner/project/project";
import type { Declaration } from "../../tools/planner/project/config-files";

/** A change of the configuration that somebody makes in a fork. */
export type Edit = (project: Project) => Project;

type Networks = Readonly<Record<string, { readonly cidr: string; readonly account: string }>>;

const networksOf = ({ declared }: Project): Networks => declared["networks"]?.default as unknown as Networks;

const withDefault = (project: Project, key: string, value: Json): Project => ({
  ...project,
  declared: { ...project.declared, [key]: { ...(project.declared[key] as Declaration), default: value } },
});

const withStacks = (project: Project, edit: (config: StackConfig) => StackConfig): Project => ({
  ...project,
  stacks: Object.fromEntries(Object.entries(project.stacks).map(([stack, config]) => [stack, edit(config)])),
});

const withCidrs =
  (addressSpace: string, cidrOf: (index: number) => string): Edit =>
  (project) => {
    const entries = Object.entries(networksOf(project)).map(
      ([name, network], index) => [name, { ...network, cidr: cidrOf(index) }] as const,
    );
    return withDefault(withDefault(project, "networks", Object.fromEntries(entries)), "address-space", addressSpace);
  };

const accounts: Edit = (project) =>
  withDefault(
    project,
    "networks",
    Object.fromEntries(
      Object.entries(networksOf(project)).map(([name, network], index) => [
        name,
        { ...network, account: String(610987654321 + index) },
      ]),
    ),
  );

const region: Edit = (project) =>
  withStacks(project, (config) => ({
    ...config,
    "aws:region": "us-east-1",
    [`${project.name}:availability-zones`]: ["us-east-1a", "us-east-1b", "us-east-1d"],
  }));

/** Another project name, which is also the namespace of the keys in the stack files. */
const projectName: Edit = (project) => {
  const name = "acme-platform";
  const renamed = withStacks(project, (config) =>
    Object.fromEntries(
      Object.entries(config).map(([key, value]) => [key.replace(`${project.name}:`, `${name}:`), value]),
    ),
  );
  return { ...renamed, name };
};

/** One more network with its stack. */
const qa: Edit = (project) => {
  const networks = networksOf(project);
  const { hub = {} } = project.stacks;
  const spoke = { cidr: "10.4.0.0/16", account: "555555555555" };
  return {
    ...withDefault(project, "networks", { ...networks, qa: spoke }),
    stacks: { ...project.stacks, qa: { "aws:region": hub["aws:region"] ?? null } },
  };
};

/** qa replaces staging, because a /14 has room for only four networks. */
const qaForStaging: Edit = (project) => {
  const { declared, stacks } = qa(project);
  const without = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => name !== "staging"));
  const edited = { ...project, declared, stacks: without(stacks) };
  return withDefault(edited, "networks", without(networksOf(edited)));
};

const combine =
  (...edits: readonly Edit[]): Edit =>
  (project) =>
    edits.reduce((edited, edit) => edit(edited), project);

const domain: Edit = (project) => withDefault(project, "domain", "net.acme.example");
const prefix: Edit = (project) => withDefault(project, "prefix", "acme-net");
const tags: Edit = (project) =>
  withDefault(withDefault(project, "owner", "Team A"), "extra-tags", { CostCenter: "4711" });
const addressSpace = withCidrs("172.24.0.0/14", (index) => `172.${String(24 + index)}.0.0/16`);

/** An address space that contains the default CIDR of Kubernetes services, which therefore gets another one. */
const servicesElsewhere = combine(
  withCidrs("172.20.0.0/14", (index) => `172.${String(20 + index)}.0.0/16`),
  (project) => withDefault(project, "kubernetes-service-cidr", "10.100.0.0/16"),
);

/** Networks of four sizes in an address space that has room for one /16. */
const sizes = withCidrs(
  "192.168.0.0/16",
  (index) => ["0.0/21", "16.0/20", "32.0/19", "64.0/18"].map((each) => `192.168.${each}`)[index] ?? "",
);

/** AZ IDs, in a Region where names may mean other AZs in each account. */
const zoneIds: Edit = (project) =>
  withDefault(
    withStacks(project, (config) => ({ ...config, "aws:region": "us-east-1" })),
    "availability-zones",
    ["use1-az1", "use1-az2", "use1-az4"],
  );

/** Each edit by itself, and all of them combined. */
export const EDITS: Readonly<Record<string, Edit>> = {
  "other accounts": accounts,
  "us-east-1 with AZs a, b and d": region,
  "another domain": domain,
  "another project name": projectName,
  "another prefix": prefix,
  "another owner and an extra tag": tags,
  "the address space 172.24.0.0/14": addressSpace,
  "the address space 172.20.0.0/14, with Kubernetes services elsewhere": servicesElsewhere,
  "networks of four sizes in 192.168.0.0/16": sizes,
  "us-east-1 with AZ IDs": zoneIds,
  "a spoke qa": qa,
  "all of these": combine(qaForStaging, accounts, region, domain, projectName, prefix, tags, addressSpace),
};
