import { readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";
import { ConfigurationError } from "../../components/settings/faults";
import type { PlatformContract } from "../../components/platform-contract";
import { PLATFORM_KEYS } from "../../platform/settings";
import type { Json } from "../../tools/planner/engine/resource";
import { autoContract, bothContract, contract, deployed, SAMPLE, settingsOf } from "./support";

/** Faults of a configuration, without the first line of the message; empty for a valid one. */
function faultsOf(given: Readonly<Record<string, Json>>): readonly string[] {
  try {
    settingsOf(given);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}
const pool = (fields: Json): Readonly<Record<string, Json>> => ({ "node-pools": { p: fields } });
const namespace = (fields: Json): Readonly<Record<string, Json>> => ({ namespaces: { shop: fields } });

const NAME = "must be at most 40 lower case letters, digits and hyphens, with a letter first and no hyphen last";
const LABEL = "must be the key of a Kubernetes label, such as team or acme.com/team";
const VALUE = "must be the value of a Kubernetes label: at most 63 letters, digits and _ . - between them";
const DURATION = "must be a duration such as 720h, 90m or 30s, or Never";
const POOL_FIELDS =
  "capacity, architectures, instance-categories, min-generation, cpu-limit, memory-limit-gib, expire-after, " +
  "consolidation, consolidate-after, weight, labels, taints";

const refusals: readonly (readonly [what: string, given: Readonly<Record<string, Json>>, fault: string])[] = [
  [
    "a key that does not exist",
    { "node-pool": {} },
    'node-pool is "{}": not a key of piksel-platform; rename it to node-pools, the nearest, or remove it',
  ],
  [
    "a spoke's stack without organization and project",
    { "spoke-stack": "dev" },
    'spoke-stack is "dev": must be ORG/PROJECT/STACK, or empty for the stack of the network\'s project that has the same name',
  ],
  ["a protect that is neither", { protect: "yes" }, 'protect is "yes": must be true or false'],
  ["node pools that are a list", { "node-pools": [] }, "node-pools is []: must be an object, KEY: VALUE on each line"],
  [
    "a pool that is no object",
    pool("spot"),
    `node-pools.p is "spot": must be an object with some of ${POOL_FIELDS}, or {}`,
  ],
  [
    "a field that does not exist",
    pool({ "cpu-limits": 5 }),
    "node-pools.p.cpu-limits is 5: not a field of node-pools.p; rename it to cpu-limit, the nearest, or remove it",
  ],
  [
    "a name that Kubernetes refuses",
    { "node-pools": { Batch: {} } },
    `the name of node-pools.Batch is "Batch": ${NAME}`,
  ],
  [
    "the name of a pool of EKS Auto Mode",
    { "node-pools": { system: {} } },
    'the name of node-pools.system is "system": a built-in node pool of EKS Auto Mode; choose another name',
  ],
  [
    "a name as the pools of EKS Auto Mode have here",
    { "node-pools": { "auto-p": {} } },
    'the name of node-pools.auto-p is "auto-p": must not begin with auto-, as the pools of EKS Auto Mode do; choose another name',
  ],
  [
    "an unknown capacity",
    pool({ capacity: ["reserved"] }),
    'node-pools.p.capacity is ["reserved"]: must be a list of one or more of on-demand, spot',
  ],
  [
    "no architecture",
    pool({ architectures: [] }),
    "node-pools.p.architectures is []: must be a list of one or more of arm64, amd64",
  ],
  [
    "an instance type in place of a category",
    pool({ "instance-categories": ["m7g"] }),
    'node-pools.p.instance-categories[0] is "m7g": must be the letters of an instance family, such as m',
  ],
  [
    "a category twice",
    pool({ "instance-categories": ["m", "m"] }),
    'node-pools.p.instance-categories[1] is "m": listed twice; remove one of the two',
  ],
  [
    "no category",
    pool({ "instance-categories": [] }),
    "node-pools.p.instance-categories is []: must be a list of one or more strings",
  ],
  [
    "a generation as text",
    pool({ "min-generation": "7" }),
    'node-pools.p.min-generation is "7": must be a whole number from 1 to 99',
  ],
  ["no vCPU", pool({ "cpu-limit": 0 }), "node-pools.p.cpu-limit is 0: must be a whole number from 1 to 100000"],
  [
    "a fraction of memory",
    pool({ "memory-limit-gib": 1.5 }),
    "node-pools.p.memory-limit-gib is 1.5: must be a whole number from 1 to 1000000",
  ],
  ["days", pool({ "expire-after": "30d" }), `node-pools.p.expire-after is "30d": ${DURATION}`],
  [
    "a life so short that nodes are replaced without end",
    pool({ "expire-after": "59m59s" }),
    'node-pools.p.expire-after is "59m59s": must be at least 1h',
  ],
  [
    "a life that Karpenter cannot read",
    pool({ "expire-after": "99999999h" }),
    'node-pools.p.expire-after is "99999999h": must be at most 8760h, or Never',
  ],
  [
    "a time without pods that Karpenter cannot read",
    pool({ "consolidate-after": "8760h1s" }),
    'node-pools.p.consolidate-after is "8760h1s": must be at most 8760h, or Never',
  ],
  [
    "two taints of one key and effect",
    pool({ taints: [{ key: "a", value: "b" }, { key: "a" }] }),
    'node-pools.p.taints[1].key is "a": has the effect NoSchedule twice; remove one of the two taints',
  ],
  ["a number as duration", pool({ "consolidate-after": 5 }), `node-pools.p.consolidate-after is 5: ${DURATION}`],
  [
    "an unknown consolidation",
    pool({ consolidation: "Always" }),
    'node-pools.p.consolidation is "Always": must be WhenEmpty or WhenEmptyOrUnderutilized',
  ],
  [
    "a weight that is too high",
    pool({ weight: 101 }),
    "node-pools.p.weight is 101: must be a whole number from 1 to 100",
  ],
  [
    "labels in a list",
    pool({ labels: ["team"] }),
    'node-pools.p.labels is ["team"]: must be an object of strings, KEY: VALUE on each line',
  ],
  [
    "a label of Karpenter",
    pool({ labels: { "karpenter.sh/nodepool": "x" } }),
    'the name of node-pools.p.labels.karpenter.sh/nodepool is "karpenter.sh/nodepool": in a domain that Kubernetes, ' +
      "Karpenter or EKS reserves; use your own",
  ],
  [
    "a label with a space",
    pool({ labels: { "my team": "x" } }),
    `the name of node-pools.p.labels.my team is "my team": ${LABEL}`,
  ],
  ["a value with a space", pool({ labels: { team: "a b" } }), `node-pools.p.labels.team is "a b": ${VALUE}`],
  [
    "a value that is no text",
    pool({ labels: { team: 1 } }),
    "node-pools.p.labels.team is 1: must be a string; put it in quotes",
  ],
  [
    "one taint without a list",
    pool({ taints: {} }),
    "node-pools.p.taints is {}: must be a list of {key, value, effect}",
  ],
  ["a taint without key", pool({ taints: [{}] }), `node-pools.p.taints[0].key is missing: ${LABEL}`],
  [
    "an unknown effect",
    pool({ taints: [{ key: "a", effect: "NO_SCHEDULE" }] }),
    'node-pools.p.taints[0].effect is "NO_SCHEDULE": must be NoSchedule or PreferNoSchedule or NoExecute',
  ],
  [
    "a namespace of the cluster",
    { namespaces: { default: {} } },
    'the name of namespaces.default is "default": a namespace of the cluster itself; choose another name',
  ],
  [
    "the namespace of an add-on, which its policies would cut off",
    { namespaces: { "external-dns": {} } },
    'the name of namespaces.external-dns is "external-dns": a namespace of the cluster itself; choose another name',
  ],
  [
    "a namespace of Kubernetes",
    { namespaces: { "kube-shop": {} } },
    'the name of namespaces.kube-shop is "kube-shop": must not begin with kube-, which Kubernetes reserves; choose another name',
  ],
  ["a namespace with a dot", { namespaces: { "a.b": {} } }, `the name of namespaces.a.b is "a.b": ${NAME}`],
  [
    "a quantity with a unit",
    namespace({ "memory-gib": "8Gi" }),
    'namespaces.shop.memory-gib is "8Gi": must be a whole number from 1 to 1000000',
  ],
  ["no pods", namespace({ pods: 0 }), "namespaces.shop.pods is 0: must be a whole number from 1 to 100000"],
  [
    "a namespace that is no object",
    namespace(null),
    "namespaces.shop is null: must be an object with some of cpu, memory-gib, pods, storage-gib, load-balancers, or {}",
  ],
];

describe("the configuration of the platform refuses", () => {
  for (const [what, given, fault] of refusals) {
    it(what, () => {
      expect(faultsOf(given)).to.deep.equal([fault]);
    });
  }

  it("any invalid value with faults, and never with another error", () => {
    const entry = fc.dictionary(fc.constantFrom(...POOL_FIELDS.split(", "), "cpu", "pods"), fc.jsonValue());
    const anything = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.oneof(entry, fc.jsonValue())));
    fc.assert(
      fc.property(anything, anything, (pools, namespaces) => {
        const faults = faultsOf({ "node-pools": pools as Json, namespaces: namespaces as Json });
        expect(
          faults.every((fault) => / is (missing|["[{\d-]|null|true|false)/.test(fault) || /more faults/.test(fault)),
        ).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });

  it("every fault at once", () => {
    expect(faultsOf({ ...pool({ weight: 0 }), ...namespace({ cpu: 0 }), protect: "no" })).to.have.length(3);
  });
});

describe("the configuration of the platform", () => {
  it("has exactly the keys that its Pulumi.yaml declares, each with a default", () => {
    const { config } = parse(readFileSync("platform/Pulumi.yaml", "utf8")) as {
      readonly config: Readonly<Record<string, { readonly default?: Json }>>;
    };
    expect(Object.keys(config).sort()).to.deep.equal([...PLATFORM_KEYS].sort());
    expect(Object.values(config).filter((declared) => declared.default === undefined)).to.deep.equal([]);
  });

  it("has by default one pool of On-Demand instances with Arm processors, no namespace, and protection", () => {
    expect(settingsOf()).to.deep.equal({
      stack: "dev",
      spokeStack: undefined,
      nodePools: [
        {
          name: "default",
          capacity: ["on-demand"],
          architectures: ["arm64"],
          instanceCategories: ["c", "m", "r"],
          minGeneration: 6,
          cpuLimit: 100,
          memoryLimitGib: undefined,
          expireAfter: undefined,
          consolidation: "WhenEmptyOrUnderutilized",
          consolidateAfter: "1m",
          weight: undefined,
          labels: {},
          taints: [],
        },
      ],
      namespaces: [],
      protect: true,
    });
  });

  it("reads every field, and sorts entries by name", () => {
    const { nodePools, namespaces, spokeStack } = settingsOf({
      ...SAMPLE,
      "spoke-stack": "acme/network/dev",
      namespaces: { z: {}, a: { cpu: 1, "memory-gib": 2, pods: 3, "storage-gib": 0, "load-balancers": 0 } },
    });
    expect(spokeStack).to.equal("acme/network/dev");
    expect(nodePools.map(({ name }) => name)).to.deep.equal(["batch", "default"]);
    expect(nodePools[0]).to.deep.equal({
      name: "batch",
      capacity: ["on-demand", "spot"],
      architectures: ["arm64", "amd64"],
      instanceCategories: ["m"],
      minGeneration: 7,
      cpuLimit: 32,
      memoryLimitGib: 128,
      expireAfter: "168h",
      consolidation: "WhenEmpty",
      consolidateAfter: "5m",
      weight: 10,
      labels: { "acme.com/team": "batch" },
      taints: [{ key: "acme.com/batch", value: "true", effect: "NoSchedule" }],
    });
    expect(namespaces).to.deep.equal([
      { name: "a", cpu: 1, memoryGib: 2, pods: 3, storageGib: 0, loadBalancers: 0 },
      { name: "z", cpu: 4, memoryGib: 8, pods: 50, storageGib: 100, loadBalancers: 2 },
    ]);
  });

  it("omits the value of a taint without one, because Kubernetes refuses an empty value", () => {
    expect(settingsOf(pool({ taints: [{ key: "a" }] })).nodePools[0]?.taints).to.deep.equal([
      { key: "a", effect: "NoSchedule" },
    ]);
  });
});

describe("a lifetime of nodes that EKS Auto Mode does not allow", () => {
  const refusal = async (given: Readonly<Record<string, Json>>, of = autoContract): Promise<string> =>
    deployed(of, given).then(
      () => "deployed",
      (error: unknown) => String(error),
    );
  const message = (found: string): string =>
    `The configuration of stack dev has 1 fault:\n  - node-pools.p.expire-after is "${found}": must be at most 480h, since ` +
    "EKS Auto Mode replaces a node after 21 days, of which it keeps 24 hours for the end of its pods";

  for (const found of ["481h", "480h1s", "28801m", "Never"]) {
    it(`is refused before any resource: ${found}`, async () => {
      expect(await refusal(pool({ "expire-after": found }))).to.contain(message(found));
      expect(await refusal(pool({ "expire-after": found }), bothContract)).to.contain(message(found));
    });
  }

  it("is allowed up to the limit, and with Karpenter without one", async () => {
    expect(await refusal(pool({ "expire-after": "480h" }))).to.equal("deployed");
    expect(await refusal(pool({ "expire-after": "Never" }), contract)).to.equal("deployed");
  });
});

describe("a tag of the spoke", () => {
  const refusal = (of: PlatformContract, value: string): Promise<string> =>
    deployed({ ...of, tags: { Owner: value } }).then(
      () => "deployed",
      (error: unknown) => String(error),
    );

  it("that the chart of the load balancer controller cannot pass on is refused before any resource", async () => {
    for (const value of ["Team: A", "A:"]) {
      expect(await refusal(contract, value)).to.contain(
        `the tag Owner of the spoke is "${value}": must have no colon before a space or at the end, which the chart of the ` +
          "AWS Load Balancer Controller cannot pass on; change owner or extra-tags of the spoke",
      );
    }
  });

  it("may have any other character, and with EKS Auto Mode that one too", async () => {
    expect(await refusal(contract, "Team A+B @ acme.com:8 = x_y/z")).to.equal("deployed");
    expect(await refusal(autoContract, "Team: A")).to.equal("deployed");
  });
});
