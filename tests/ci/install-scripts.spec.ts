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

const DOWNLOAD = "lets the CLI download a provider, which the CLI does by itself when it needs one";
const read = <T>(file: string): T => JSON.parse(readFileSync(file, "utf8")) as T;

/** Folders with a `package.json`. */
const packageFolders = [
  ".",
  ...readdirSync(".", { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])),
].filter((folder) => folder !== "node_modules" && existsSync(join(folder, "package.json")));

describe("install scripts of packages", () => {
  /** The packages that have one, and why it is not needed. Add a package after you have read its script, which never runs. */
  const UNNEEDED = {
    "node_modules/@pulumi/docker-build": DOWNLOAD,
    "node_modules/@pulumi/kubernetes": DOWNLOAD,
    "node_modules/docker-classic": DOWNLOAD,
    "node_modules/protobufjs": "warns of a version range in package.json",
  };

  it("belong only to these packages, of which only Pulumi's are direct dependencies", () => {
    const { packages } = read<Lockfile>("package-lock.json");
    const found = Object.entries(packages).flatMap(([name, { hasInstallScript = false }]) =>
      hasInstallScript ? [name] : [],
    );
    expect(found.sort()).to.deep.equal(Object.keys(UNNEEDED).sort());
    const { dependencies, devDependencies } = read<Manifest>("package.json");
    const direct = Object.keys({ ...dependencies, ...devDependencies }).map((name) => `node_modules/${name}`);
    expect(found.filter((name) => direct.includes(name))).to.deep.equal(["node_modules/@pulumi/kubernetes"]);
  });

  it("are not run by npm, neither locally nor in a deployment", () => {
    expect(readFileSync(".npmrc", "utf8").trim().split("\n")).to.include("ignore-scripts=true");
    expect(ENVIRONMENT.NPM_CONFIG_IGNORE_SCRIPTS).to.equal("true");
  });

  it("cannot come from another installation: only the root has dependencies and a lockfile", () => {
    expect(packageFolders).to.deep.equal([".", "policy"]);
    const { scripts, dependencies, devDependencies } = read<Manifest>("policy/package.json");
    expect([scripts, dependencies, devDependencies]).to.deep.equal([undefined, undefined, undefined]);
    for (const folder of ["delivery/bootstrap", "delivery/deployments", "platform", "policy"]) {
      for (const file of [".npmrc", "package-lock.json", "node_modules"]) {
        expect(existsSync(join(folder, file)), join(folder, file)).to.equal(false);
      }
    }
  });

  it("do not exist in the project itself", () => {
    const { scripts = {} } = read<Manifest>("package.json");
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare|publish)/.test(name))).to.deep.equal([]);
  });
});
