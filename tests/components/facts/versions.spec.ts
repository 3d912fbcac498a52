import { expect } from "chai";
import content from "../../../components/facts/cluster-versions.json";
import {
  ADDONS,
  amiAlias,
  clusterVersions,
  KUBERNETES_VERSIONS,
  readVersionsFile,
} from "../../../components/facts/versions";
import type { PlatformContract } from "../../../components/platform-contract";
import { type Json, key, type PlannedResource } from "../../../tools/planner/engine/resource";
import { plan } from "../../../tools/planner/plan";
import { project, stack, withConfig } from "../../support/plans";

const ADDON = "aws:eks/addon:Addon";
const GROUP = "aws:eks/nodeGroup:NodeGroup";

async function dev(config: Record<string, Json> = {}): Promise<readonly PlannedResource[]> {
  return stack(await plan(withConfig(project, "dev", config)), "dev").resources;
}

/** The data file with one value replaced, or removed with undefined. */
function bent(path: readonly string[], value: unknown): unknown {
  const file = structuredClone(content) as Record<string, unknown>;
  const parent = path.slice(0, -1).reduce((at, part) => at[part] as Record<string, unknown>, file);
  parent[path.at(-1)!] = value;
  return file;
}

/** What is wrong with a data file; an error of another form fails the test. */
function faultsOf(file: unknown): string[] {
  try {
    readVersionsFile(file);
    return [];
  } catch (error) {
    const [heading, ...faults] = (error as Error).message.split("\n");
    expect(heading).to.equal("cluster-versions.json cannot be used:");
    return faults.map((line) => line.replace(/^ {2}- /, ""));
  }
}

// Review B1.
describe("the versions of a cluster", () => {
  it("are pinned for every Kubernetes version that a stack may have, and for no other", () => {
    expect(Object.keys(content.kubernetes)).to.deep.equal(Object.keys(KUBERNETES_VERSIONS));
  });

  for (const [path, value, fault] of [
    [
      ["kubernetes", "1.35", "date"],
      "2 October",
      'kubernetes.1.35.date is "2 October": must be of the form 2026-11-25',
    ],
    [["kubernetes", "1.35", "source"], undefined, "kubernetes.1.35.source is missing: must be of the form a sentence"],
    [
      ["kubernetes", "1.35", "addons", "coredns"],
      "latest",
      'kubernetes.1.35.addons.coredns is "latest": must be of the form v1.22.4-eksbuild.3',
    ],
    [
      ["kubernetes", "1.35", "addons", "kube-proxy"],
      "v1.36.0-eksbuild.25",
      "kubernetes.1.35.addons.kube-proxy is of Kubernetes 1.36",
    ],
    [
      ["kubernetes", "1.35", "amiRelease"],
      "v20260903",
      'kubernetes.1.35.amiRelease is "v20260903": must be of the form 1.35.7-20260903',
    ],
    [["kubernetes", "1.35", "amiRelease"], "1.34.10-20260903", "kubernetes.1.35.amiRelease is of Kubernetes 1.34"],
    [["karpenter", "version"], "v1.14.1", 'karpenter.version is "v1.14.1": must be of the form 1.14.1'],
    [
      ["karpenter", "digest"],
      "sha256:1",
      'karpenter.digest is "sha256:1": must be of the form sha256: and 64 hexadecimal digits',
    ],
  ] as const) {
    it(`are refused where ${fault}`, () => {
      expect(faultsOf(bent(path, value))).to.deep.equal([fault]);
    });
  }

  it("are refused with every fault at once", () => {
    expect(faultsOf({ kubernetes: { "1.36": { addons: { coredns: "latest" } } } })).to.have.lengthOf(14);
  });

  it("are requested in a sentence when the file has none for a Kubernetes version", () => {
    expect(() => clusterVersions("1.99", { kubernetes: { "1.35": content.kubernetes["1.35"] } })).to.throw(
      "components/facts/cluster-versions.json has no versions for Kubernetes 1.99, only for 1.35: " +
        "npm run versions -- --kubernetes-version 1.99 --write adds them",
    );
  });

  it("are those of the add-ons, of the nodes' image and of Karpenter's nodes, for each Kubernetes version", async () => {
    for (const [version, pinned] of Object.entries(content.kubernetes)) {
      const resources = await dev({ "kubernetes-version": version });
      const addons = resources.filter(({ type }) => type === ADDON).map(({ inputs }) => inputs);
      expect(
        Object.fromEntries(addons.map(({ addonName, addonVersion }) => [addonName, addonVersion])),
        version,
      ).to.deep.equal(pinned.addons);
      const groups = resources.filter(({ type }) => type === GROUP).map(({ inputs }) => inputs);
      expect(
        groups.map((inputs) => [inputs["version"], inputs["releaseVersion"]]),
        version,
      ).to.deep.equal([1, 2].map(() => [version, pinned.amiRelease]));
      const planned = await plan(withConfig(project, "dev", { "kubernetes-version": version }));
      const { karpenter } = stack(planned, "dev").outputs["platform"] as unknown as PlatformContract;
      expect(karpenter?.amiAlias, version).to.equal(amiAlias(pinned.amiRelease));
    }
  });

  it("are one image release for managed nodes and Karpenter's", () => {
    expect(amiAlias("1.35.7-20260903")).to.equal("al2023@v20260903");
  });
});

describe("an upgrade of a cluster", () => {
  let resources: readonly PlannedResource[];
  before(async () => {
    resources = await dev({ "az-count": 3 });
  });
  const after = (type: string, name: string): readonly string[] =>
    resources.find((each) => each.type === type && each.name === name)!.dependsOn;
  const groups = [1, 2, 3].map((zone) => `${GROUP}::dev-system-${String(zone)}`);
  const addon = (name: string): string => `${ADDON}::dev-${name}`;

  it("goes through the control plane, the add-ons of nodes, the nodes, and the add-ons that run on nodes", () => {
    const before = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"];
    const workloads = ["coredns", "aws-ebs-csi-driver", "metrics-server", "external-dns"];
    expect([...before, ...workloads].sort()).to.deep.equal([...ADDONS].sort());
    for (const name of before) {
      expect(after(ADDON, `dev-${name}`)).to.include("aws:eks/cluster:Cluster::dev-eksCluster");
    }
    for (const group of groups) expect(after(GROUP, group.split("::")[1]!)).to.include.members(before.map(addon));
    for (const name of workloads) expect(after(ADDON, `dev-${name}`)).to.include.members(groups);
  });

  it("rolls the nodes of one Availability Zone after the other", () => {
    const groupsBefore = groups.map((group) =>
      after(GROUP, group.split("::")[1]!).filter((each) => each.startsWith(GROUP)),
    );
    expect(groupsBefore).to.deep.equal([[], [groups[0]], [groups[1]]]);
  });

  // Review C10.
  it("has routes, names and endpoints in place before the first node", () => {
    const network = resources
      .filter(
        ({ type, parent }) =>
          ["TransitAttachment", "S3Endpoint", "ZoneAssociations", "DhcpOptions"].some(
            (component) => parent === `piksel:network:${component}::dev` || parent === `piksel:spoke:${component}::dev`,
          ) || type === "awsx:ec2:Vpc",
      )
      .map(key);
    // The VPC, its attachment with 3 routes, the S3 endpoint, 4 zones authorised and associated, 2 of DHCP.
    expect(network).to.have.lengthOf(1 + 4 + 1 + 8 + 2);
    for (const group of groups) expect(after(GROUP, group.split("::")[1]!)).to.include.members(network);
  });
});

describe("a managed node group", () => {
  it("has EKS replace a node that stays unready", async () => {
    const repair = (await dev()).filter(({ type }) => type === GROUP).map(({ inputs }) => inputs["nodeRepairConfig"]);
    expect(repair).to.deep.equal([{ enabled: true }, { enabled: true }]);
  });
});

describe("the EBS driver", () => {
  // Review C2.
  it("makes the cluster's default StorageClass", async () => {
    const driver = (await dev()).find(({ type, name }) => type === ADDON && name === "dev-aws-ebs-csi-driver")!;
    expect(JSON.parse(String(driver.inputs["configurationValues"]))).to.deep.equal({
      defaultStorageClass: { enabled: true },
    });
  });
});
