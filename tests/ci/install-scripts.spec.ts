import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ENVIRONMENT } from "../../delivery/deployments/settings";

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean }>>;
}
interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const DOWNLOAD = "has the CLI download a provider, as the CLI does by itself when one is needed";
const read = <T>(file: string): T => JSON.parse(readFileSync(file, "utf8")) as T;

/** Folders of the repository that have their own `package.json`. */
const withManifest = [
  ".",
  ...readdirSync(".", { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])),
].filter((folder) => folder !== "node_modules" && existsSync(join(folder, "package.json")));

// Review M8.
describe("install scripts of packages", () => {
  /**
   * What has one, and why it is not needed. A package that joins is looked at: whatever it would have run is not run, here
   * or in a deployment.
   */
  const UNNEEDED = {
    "node_modules/@pulumi/docker-build": DOWNLOAD,
    "node_modules/@pulumi/kubernetes": DOWNLOAD,
    "node_modules/docker-classic": DOWNLOAD,
    "node_modules/protobufjs": "warns of a version range in package.json",
  };

  it("belong to these packages, none of which the project names itself", () => {
    const { packages } = read<Lockfile>("package-lock.json");
    const found = Object.entries(packages).flatMap(([name, { hasInstallScript = false }]) =>
      hasInstallScript ? [name] : [],
    );
    expect(found.sort()).to.deep.equal(Object.keys(UNNEEDED).sort());
    const { dependencies, devDependencies } = read<Manifest>("package.json");
    const ours = Object.keys({ ...dependencies, ...devDependencies }).map((name) => `node_modules/${name}`);
    expect(found.filter((name) => ours.includes(name))).to.deep.equal([]);
  });

  it("are not run by npm, on a machine or in a deployment", () => {
    expect(readFileSync(".npmrc", "utf8").trim().split("\n")).to.include("ignore-scripts=true");
    expect(ENVIRONMENT.NPM_CONFIG_IGNORE_SCRIPTS).to.equal("true");
  });

  it("cannot come in by another install: only the root has dependencies, and one lockfile", () => {
    expect(withManifest).to.deep.equal([".", "policy"]);
    const { scripts, dependencies, devDependencies } = read<Manifest>("policy/package.json");
    expect([scripts, dependencies, devDependencies]).to.deep.equal([undefined, undefined, undefined]);
    for (const folder of ["delivery/bootstrap", "delivery/deployments", "policy"]) {
      for (const file of [".npmrc", "package-lock.json", "node_modules"]) {
        expect(existsSync(join(folder, file)), join(folder, file)).to.equal(false);
      }
    }
  });

  it("are none of the project's own", () => {
    const { scripts = {} } = read<Manifest>("package.json");
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare|publish)/.test(name))).to.deep.equal([]);
  });
});
