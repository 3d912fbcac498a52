import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse, parseAllDocuments } from "yaml";
import { IMAGE_CACHES } from "../../components/facts/registries";
import { decodeNamespaces } from "../../platform/namespace-settings";
import { Faults } from "../../components/settings/faults";
import { FIXTURE } from "../support/fixture";

const PAGE = readFileSync("docs/cluster.md", "utf8");

interface Manifest {
  readonly kind?: string;
  readonly metadata?: { readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** YAML documents of the page's code blocks. */
const DOCUMENTS = [...PAGE.matchAll(/^ *```yaml\n([\s\S]*?)^ *```$/gm)].flatMap(([, block = ""]) =>
  parseAllDocuments(block).map((document) => document.toJS() as Manifest),
);
const manifests = DOCUMENTS.filter(({ kind }) => kind !== undefined);

/** Values of a field anywhere in a document. */
function valuesOf(field: string, value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (key === field ? [each as unknown] : valuesOf(field, each)));
}

describe("docs/cluster.md", () => {
  it("shows a whole application, all of it in the namespace that the platform creates", () => {
    const kinds = ["Deployment", "Service", "NetworkPolicy", "Ingress", "NetworkPolicy", "PersistentVolumeClaim"];
    expect(manifests.map(({ kind }) => kind)).to.deep.equal(kinds);
    const [namespaces] = DOCUMENTS.flatMap((document) => valuesOf("piksel-platform:namespaces", document));
    const faults = new Faults();
    const names = decodeNamespaces(namespaces as Record<string, unknown>, faults)?.map(({ name }) => name);
    expect(new Set(manifests.map(({ metadata }) => metadata?.namespace))).to.deep.equal(new Set(names));
  });

  it("pulls its images through a cache of the hub's registry", () => {
    const inCommands = [...PAGE.matchAll(/\$registry\/([\w-]+)\//g)].map(([, prefix = ""]) => prefix);
    const inManifests = valuesOf("image", manifests).map((image) => /^REGISTRY\/([\w-]+)\//.exec(String(image))?.[1]);
    expect(new Set([...inCommands, ...inManifests])).to.deep.equal(new Set([IMAGE_CACHES[0].prefix]));
  });

  it("uses the classes that the platform creates", () => {
    const expected = readFileSync("tests/expected/platform-karpenter.yaml", "utf8");
    const classes = [...valuesOf("ingressClassName", manifests), ...valuesOf("storageClassName", manifests)];
    expect(classes).to.deep.equal(["alb", "gp3"]);
    for (const each of classes) expect(expected).to.include(`name: ${String(each)}\n`);
    const auto = readFileSync("tests/expected/platform-auto.yaml", "utf8");
    for (const each of classes) expect(auto).to.include(`name: auto-${String(each)}\n`);
  });

  it("admits the load balancer from the CIDR of dev, and has a name in the hosted zone of dev", () => {
    const { config } = parse(readFileSync(`${FIXTURE}/Pulumi.yaml`, "utf8")) as {
      config: { networks: { default: { dev: { cidr: string } } }; domain: { default: string } };
    };
    expect(valuesOf("cidr", manifests)).to.deep.equal([config.networks.default.dev.cidr]);
    const host = `hello.dev.${config.domain.default}`;
    expect(valuesOf("host", manifests)).to.deep.equal([host]);
    expect(PAGE).to.include(`curl -sS http://${host}\n`);
  });
});
