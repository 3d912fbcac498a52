import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { accessFault } from "../../platform/access";
import { clusterOfContext } from "../../platform/kubeconfig";
import { contract } from "./support";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const other = base64("-----BEGIN CERTIFICATE-----\nprod\n");

/** Name of the context that the platform of dev uses. */
const CONTEXT = "arn:aws:eks:ap-southeast-3:222222222222:cluster/piksel-dev";

/** Writes a kubeconfig with one cluster and one context, which is not the current one, and returns its path. */
function kubeconfig(name: string, authority: string | undefined, context = CONTEXT, of = `${name}-cluster`): string {
  const file = join(folder, name);
  const cluster = {
    server: `https://${name}.example.com`,
    ...(authority === undefined ? {} : { "certificate-authority-data": authority }),
  };
  writeFileSync(
    file,
    stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "another",
      contexts: [{ name: context, context: { cluster: of, user: name } }],
      clusters: [{ name: `${name}-cluster`, cluster }],
    }),
  );
  return file;
}
const faultWith = (file: string): string | undefined =>
  accessFault(contract, (context) => clusterOfContext(context, { kubeconfig: file, home: folder }));

const ADVICE =
  'Run "npm run tunnel -- dev" in the folder of the network\'s Pulumi.yaml and the export line that it prints, or, where ' +
  'the cluster\'s private endpoint can be reached, "aws eks update-kubeconfig --region ap-southeast-3 --name piksel-dev".';
const WITHOUT = "The platform of dev needs the API of the cluster piksel-dev, and ";

describe("the kubeconfig of the environment", () => {
  it("is accepted if its certificate authority is the cluster's, whatever server it names", () => {
    expect(faultWith(kubeconfig("tunnel", contract.clusterCertificateAuthority))).to.equal(undefined);
    const lines = contract.clusterCertificateAuthority.replace(/(.{20})/g, "$1\n");
    expect(faultWith(kubeconfig("lines", lines))).to.equal(undefined);
  });

  it("is refused if it is for another cluster", () => {
    expect(faultWith(kubeconfig("prod", other))).to.equal(
      "The platform of dev needs the cluster piksel-dev, and the kubeconfig's context " +
        `${CONTEXT} is for another one (https://prod.example.com): its certificate authority differs. ${ADVICE}`,
    );
  });

  it("is refused if nothing says which cluster answers", () => {
    expect(faultWith(kubeconfig("unsafe", undefined))).to.contain("its certificate authority differs");
  });

  it("must exist", () => {
    const missing = join(folder, "missing");
    expect(faultWith(missing)).to.equal(`${WITHOUT}there is no kubeconfig ${missing}. ${ADVICE}`);
  });

  it("must have a context whose name is the cluster's ARN, even if another context is current", () => {
    const file = kubeconfig("idle", contract.clusterCertificateAuthority, "another");
    expect(faultWith(file)).to.equal(`${WITHOUT}the kubeconfig ${file} has no context ${CONTEXT}. ${ADVICE}`);
  });

  it("must have the cluster of that context", () => {
    const file = kubeconfig("broken", other, CONTEXT, "gone");
    expect(faultWith(file)).to.equal(
      `${WITHOUT}the kubeconfig ${file} has no cluster of its context ${CONTEXT}. ${ADVICE}`,
    );
  });

  it("must be YAML with content", () => {
    const file = join(folder, "garbage");
    writeFileSync(file, "a: [");
    expect(faultWith(file)).to.contain(`${WITHOUT}the kubeconfig ${file} cannot be read: `);
    writeFileSync(file, "");
    expect(faultWith(file)).to.equal(`${WITHOUT}the kubeconfig ${file} has no content. ${ADVICE}`);
  });

  it("is ~/.kube/config where KUBECONFIG is not set", () => {
    mkdirSync(join(folder, ".kube"));
    const file = kubeconfig(join(".kube", "config"), other);
    for (const unset of [undefined, ""]) {
      expect(clusterOfContext(CONTEXT, { kubeconfig: unset, home: folder }).certificateAuthority).to.equal(other);
    }
    rmSync(file);
    expect(() => clusterOfContext(CONTEXT, { kubeconfig: undefined, home: folder })).to.throw(
      `there is no kubeconfig ${file}`,
    );
  });

  it("may be several files, and the first file that has a name decides", () => {
    const dev = kubeconfig("dev", contract.clusterCertificateAuthority);
    const prod = kubeconfig("prod", other);
    const missing = join(folder, "missing");
    expect(faultWith([missing, dev, prod].join(delimiter))).to.equal(undefined);
    expect(faultWith([prod, dev].join(delimiter))).to.contain("(https://prod.example.com)");
  });

  it("passes on an error that is not about the kubeconfig", () => {
    const read = (): never => {
      throw new TypeError("a mistake of ours");
    };
    expect(() => accessFault(contract, read)).to.throw(TypeError, "a mistake of ours");
  });
});
