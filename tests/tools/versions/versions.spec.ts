import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { OfferClients } from "../../../tools/versions/offers";
import content from "../../fixtures/cluster-versions.json";
import type { Result } from "../cli/start";
import { FIXTURE, type Offered, PATH, PinnedCopy, asPinned, fakeAws, pinned } from "./support";

/** Later offers: a new default of two add-ons, a newer version that is not the default, a new image. */
const later: Offered = {
  ...asPinned,
  addons: {
    ...asPinned.addons,
    "vpc-cni": ["v1.23.1-eksbuild.1", "v1.23.2-eksbuild.1", "v1.22.4-eksbuild.3"],
    coredns: ["v1.13.2-eksbuild.40", "v1.13.2-eksbuild.31", "v1.14.6-eksbuild.4"],
  },
  arm64: ["1.35.8-20261012", "1.35.7-20260903"],
  x86_64: ["1.35.10-20261020", "1.35.8-20261012", "1.35.7-20260903"],
};

describe("npm run versions", () => {
  let copy: PinnedCopy;
  beforeEach(() => {
    copy = new PinnedCopy();
  });
  afterEach(() => {
    copy.remove();
  });
  const run = (clients: OfferClients, ...argv: readonly string[]): Promise<Result> => copy.versions(clients, ...argv);
  const file = (): typeof content => JSON.parse(copy.text) as typeof content;

  it("exits with 0 if every pin is what AWS recommends", async () => {
    const { clients, calls } = fakeAws({ "1.35": asPinned });
    expect(await run(clients)).to.deep.equal({
      code: 0,
      err: "",
      out: `Kubernetes 1.35, pinned on 2026-10-02, in ap-southeast-3
  pin                     pinned               recommended          newest
  vpc-cni                 v1.22.4-eksbuild.3   v1.22.4-eksbuild.3   v1.22.4-eksbuild.3
  kube-proxy              v1.35.3-eksbuild.29  v1.35.3-eksbuild.29  v1.35.3-eksbuild.29
  coredns                 v1.13.2-eksbuild.31  v1.13.2-eksbuild.31  v1.13.2-eksbuild.31
  eks-pod-identity-agent  v1.3.10-eksbuild.3   v1.3.10-eksbuild.3   v1.3.10-eksbuild.3
  aws-ebs-csi-driver      v1.66.0-eksbuild.1   v1.66.0-eksbuild.1   v1.66.0-eksbuild.1
  metrics-server          v0.9.0-eksbuild.11   v0.9.0-eksbuild.11   v0.9.0-eksbuild.11
  external-dns            v0.21.0-eksbuild.10  v0.21.0-eksbuild.10  v0.21.0-eksbuild.10
  AMI release             1.35.7-20260903      1.35.7-20260903
  Karpenter's AMI alias   al2023@v20260903     al2023@v20260903

Every pin is the version that AWS recommends.
`,
    });
    expect(calls).to.deep.equal([
      "DescribeAddonVersions vpc-cni 1.35",
      "DescribeAddonVersions kube-proxy 1.35",
      "DescribeAddonVersions coredns 1.35",
      "DescribeAddonVersions eks-pod-identity-agent 1.35",
      "DescribeAddonVersions aws-ebs-csi-driver 1.35",
      "DescribeAddonVersions metrics-server 1.35",
      "DescribeAddonVersions external-dns 1.35",
      "GetParameters",
    ]);
  });

  it("exits with 1 if AWS recommends newer versions, reads every page, and uses the image that both architectures have", async () => {
    expect(await run(fakeAws({ "1.35": later }).clients)).to.deep.equal({
      code: 1,
      err: "",
      out: `Kubernetes 1.35, pinned on 2026-10-02, in ap-southeast-3
  pin                     pinned               recommended          newest
  vpc-cni                 v1.22.4-eksbuild.3   v1.23.1-eksbuild.1   v1.23.2-eksbuild.1   behind
  kube-proxy              v1.35.3-eksbuild.29  v1.35.3-eksbuild.29  v1.35.3-eksbuild.29
  coredns                 v1.13.2-eksbuild.31  v1.13.2-eksbuild.40  v1.14.6-eksbuild.4   behind
  eks-pod-identity-agent  v1.3.10-eksbuild.3   v1.3.10-eksbuild.3   v1.3.10-eksbuild.3
  aws-ebs-csi-driver      v1.66.0-eksbuild.1   v1.66.0-eksbuild.1   v1.66.0-eksbuild.1
  metrics-server          v0.9.0-eksbuild.11   v0.9.0-eksbuild.11   v0.9.0-eksbuild.11
  external-dns            v0.21.0-eksbuild.10  v0.21.0-eksbuild.10  v0.21.0-eksbuild.10
  AMI release             1.35.7-20260903      1.35.8-20261012                           behind
  Karpenter's AMI alias   al2023@v20260903     al2023@v20261012

3 of 8 pins differ from what AWS recommends: npm run versions -- --write updates them, and docs/runbooks/patch-nodes-and-add-ons.md explains the rollout.
`,
    });
    expect(file()).to.deep.equal(content);
  });

  it("writes only the recommended versions, with today's date", async () => {
    const { code, out } = await run(fakeAws({ "1.35": later }).clients, "--write");
    expect(code).to.equal(0);
    expect(out.split("\n").slice(-2)).to.deep.equal([
      "Updated the pins for Kubernetes 1.35. Roll them out to one spoke first: docs/runbooks/patch-nodes-and-add-ons.md.",
      "",
    ]);
    expect(file()).to.deep.equal({
      ...content,
      kubernetes: {
        ...content.kubernetes,
        "1.35": {
          date: "2026-11-25",
          source:
            "the defaults of DescribeAddonVersions (Amazon EKS) and the recommended AMI release in ap-southeast-3",
          addons: { ...pinned.addons, "vpc-cni": "v1.23.1-eksbuild.1", coredns: "v1.13.2-eksbuild.40" },
          amiRelease: "1.35.8-20261012",
        },
      },
    });
    expect((await run(fakeAws({ "1.35": later }).clients)).code).to.equal(0);
  });

  it("leaves the file as it is, byte for byte, if nothing is newer", async () => {
    const { code } = await run(fakeAws({ "1.35": asPinned }).clients, "--write");
    expect([code, copy.text]).to.deep.equal([0, readFileSync(FIXTURE, "utf8")]);
  });

  it("keeps a pinned add-on version that is newer than the default", async () => {
    const chosen = { ...asPinned.addons, coredns: ["v1.13.2-eksbuild.2", pinned.addons.coredns] };
    const { code, out } = await run(fakeAws({ "1.35": { ...asPinned, addons: chosen } }).clients, "--write");
    expect([code, out.split("\n").at(-2)]).to.deep.equal([0, "Every pin is the version that AWS recommends."]);
    expect(file()).to.deep.equal(content);
  });

  it("reports a pin that AWS no longer offers, which would make an update fail, and replaces it", async () => {
    const gone = fakeAws({
      "1.35": { ...asPinned, addons: { ...asPinned.addons, coredns: ["v1.13.2-eksbuild.30"] } },
    });
    const { code, out } = await run(gone.clients);
    expect(code).to.equal(1);
    expect(out).to.contain(
      "  coredns                 v1.13.2-eksbuild.31  v1.13.2-eksbuild.30  v1.13.2-eksbuild.30  withdrawn\n",
    );
    expect(out.split("\n").slice(-3)).to.deep.equal([
      "AWS no longer offers the pinned version of coredns, or recommends an older image: an update that installs it fails. Read the release notes.",
      "1 of 8 pins differ from what AWS recommends: npm run versions -- --write updates them, and docs/runbooks/patch-nodes-and-add-ons.md explains the rollout.",
      "",
    ]);
    await run(gone.clients, "--write");
    expect(file().kubernetes["1.35"].addons.coredns).to.equal("v1.13.2-eksbuild.30");
  });

  it("reports that AWS recommends an older image again", async () => {
    const before = ["1.35.7-20260827", pinned.amiRelease];
    const { code, out } = await run(fakeAws({ "1.35": { ...asPinned, arm64: before, x86_64: before } }).clients);
    expect(code).to.equal(1);
    expect(out).to.match(/AMI release +1\.35\.7-20260903 +1\.35\.7-20260827 +withdrawn\n/);
  });

  it("queries every Kubernetes version that a stack with a cluster has, oldest first", async () => {
    copy.configure("dev", "aws:region: ap-southeast-3", 'piksel-network:kubernetes-version: "1.36"');
    copy.configure(
      "qa",
      "aws:region: ap-southeast-3",
      'piksel-network:kubernetes-version: "1.34"',
      "piksel-network:cluster: false",
    );
    const { calls, clients } = fakeAws({});
    await run(clients);
    expect(calls.filter((call) => call.includes("coredns"))).to.deep.equal([
      "DescribeAddonVersions coredns 1.35",
      "DescribeAddonVersions coredns 1.36",
    ]);
  });

  it("pins a Kubernetes version without pins, if AWS offers everything for it", async () => {
    const offers = (version: string, amis: readonly string[]): Offered => ({
      addons: { ...asPinned.addons, "kube-proxy": [`v${version}.1-eksbuild.2`] },
      arm64: amis,
      x86_64: amis,
    });
    const ready = fakeAws({ "1.37": offers("1.37", ["1.37.0-20261012"]) });
    const { code, out } = await run(ready.clients, "--kubernetes-version", "1.37");
    expect(code).to.equal(1);
    expect(out).to.contain("Kubernetes 1.37, not pinned, in ap-southeast-3\n");
    expect(out).to.match(/kube-proxy +- +v1\.37\.1-eksbuild\.2 +v1\.37\.1-eksbuild\.2 +missing\n/);

    const early = fakeAws({ "1.37": offers("1.37", []) });
    expect(await run(early.clients, "--kubernetes-version", "1.37", "--write")).to.deep.include({
      code: 2,
      err: "AWS offers no AMI release for Kubernetes 1.37, so nothing is written.\n",
    });
    expect(file()).to.deep.equal(content);

    expect((await run(ready.clients, "--kubernetes-version", "1.37", "--write")).code).to.equal(0);
    expect(Object.keys(file().kubernetes)).to.deep.equal(["1.34", "1.35", "1.36", "1.37"]);
    expect((file().kubernetes as Record<string, { amiRelease: string }>)["1.37"]?.amiRelease).to.equal(
      "1.37.0-20261012",
    );
  });
});

describe("the file of the pins", () => {
  it("has the form in which the command writes it, so that a diff shows only the new versions", () => {
    const text = readFileSync(PATH, "utf8");
    expect(text).to.equal(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  });
});
