import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import type { PlatformContract } from "../../components/platform-contract";
import { platformsOf, standIn } from "../../e2e/platforms";
import { ProjectCopy } from "../../e2e/stacks";

const contract = {
  network: "dev",
  region: "ap-southeast-3",
  clusterName: "piksel-dev",
  clusterArn: "arn:aws:eks:ap-southeast-3:123456789012:cluster/piksel-dev",
  clusterEndpoint: "https://eks.emulator",
  clusterCertificateAuthority: Buffer.from("of dev").toString("base64"),
} as unknown as PlatformContract;

const OUTPUTS: OutputMap = { platform: { value: contract, secret: false } };

describe("the platforms of an end-to-end run", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "e2e-platforms-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  /** A kubeconfig of a cluster with a certificate authority. */
  const kubeconfig = (authority: string): string => {
    const file = join(folder, "kubeconfig");
    const cluster = { server: "https://127.0.0.1:6443", "certificate-authority-data": authority };
    const context = { name: contract.clusterArn, context: { cluster: "local" } };
    const config = { clusters: [{ name: "local", cluster }], contexts: [context], "current-context": "another" };
    writeFileSync(file, JSON.stringify(config));
    return file;
  };
  const prepare = async (file: string | undefined, outputs: OutputMap = OUTPUTS): Promise<unknown> => {
    const copy = ProjectCopy.make(".", "e2e/networks.yaml");
    try {
      const platforms = platformsOf({
        copy,
        outputsOf: () => Promise.resolve(outputs),
        kubeconfig: file,
        emulator: false,
        region: "ap-southeast-3",
        minutes: 0,
        print: () => undefined,
        interrupted: new AbortController().signal,
      });
      return await platforms.prepare("dev").catch((error: unknown) => (error as Error).message);
    } finally {
      copy.remove();
    }
  };

  it("use the cluster of the spoke in AWS, as the spoke exports it", async () => {
    expect(await prepare(kubeconfig(contract.clusterCertificateAuthority))).to.deep.equal({});
  });

  it("refuse another cluster in AWS, so that nothing is created or destroyed in it", async () => {
    expect(await prepare(kubeconfig("b3RoZXI="))).to.contain(
      `the kubeconfig's context ${contract.clusterArn} is for another one (https://127.0.0.1:6443)`,
    );
  });

  it("refuse to go on without a kubeconfig, without the file in time and without a cluster", async () => {
    expect(await prepare(undefined)).to.equal("The platform of dev needs its cluster: pass --kubeconfig FILE.");
    const missing = join(folder, "missing");
    expect(await prepare(missing)).to.equal(`${missing} does not exist after 0 minutes.`);
    expect(await prepare(missing, {})).to.equal("dev has no output platform: pass --cluster.");
  });

  it("read a stand-in of a spoke of an emulator, with the API of the kubeconfig", () => {
    const cluster = { server: "https://127.0.0.1:6443", certificateAuthority: "Y2E=" };
    expect(standIn(contract, cluster)).to.deep.equal({
      ...contract,
      clusterEndpoint: "https://127.0.0.1:6443",
      clusterCertificateAuthority: "Y2E=",
    });
  });
});
