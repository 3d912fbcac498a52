import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";

interface Group {
  readonly patterns?: readonly string[];
  readonly "dependency-type"?: "development" | "production";
}

interface Update {
  readonly "package-ecosystem": string;
  readonly directory: string;
  readonly schedule: { readonly interval: string };
  readonly cooldown: { readonly "default-days": number };
  readonly "versioning-strategy"?: string;
  readonly groups: Readonly<Record<string, Group>>;
  readonly ignore?: readonly { readonly "dependency-name": string; readonly "update-types": readonly string[] }[];
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { version, updates } = parse(readFileSync(".github/dependabot.yml", "utf8")) as {
  readonly version: number;
  readonly updates: readonly Update[];
};
const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const npm = updates.find((update) => update["package-ecosystem"] === "npm");

/** The group of a dependency: the first that matches (GitHub Docs, "Dependabot options reference", groups). */
function groupOf(name: string): string | undefined {
  const type = name in devDependencies ? "development" : "production";
  return Object.entries(npm?.groups ?? {}).find(
    ([, group]) =>
      (group["dependency-type"] ?? type) === type &&
      (group.patterns ?? ["*"]).some((pattern) =>
        new RegExp(
          `^${pattern
            .split("*")
            .map((part) => part.replaceAll(/[.+?^${}()|[\]\\/]/g, "\\$&"))
            .join(".*")}$`,
        ).test(name),
      ),
  )?.[0];
}

describe("the updates of dependencies by Dependabot", () => {
  it("come weekly, seven days after a version is published, for npm and the workflows", () => {
    expect(version).to.equal(2);
    expect(
      updates.map(({ directory, schedule, cooldown, ...update }) => [
        update["package-ecosystem"],
        directory,
        schedule.interval,
        cooldown["default-days"],
      ]),
    ).to.deep.equal([
      ["npm", "/", "weekly", 7],
      ["github-actions", "/", "weekly", 7],
    ]);
  });

  it("come in one pull request for Pulumi, one for the AWS SDK, one for other development dependencies, and one for each of the rest", () => {
    const groups: Record<string, string[]> = {};
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      (groups[groupOf(name) ?? "alone"] ??= []).push(name);
    }
    const { pulumi = [], "aws-sdk": clients = [], tools, alone, ...others } = groups;
    expect(others).to.deep.equal({});
    const all = Object.keys({ ...dependencies, ...devDependencies });
    expect(pulumi).to.deep.equal(all.filter((name) => name.startsWith("@pulumi/")));
    expect(pulumi).to.have.length.above(4);
    expect(clients).to.deep.equal(all.filter((name) => name.startsWith("@aws-sdk/")));
    expect(clients).to.have.length.above(4);
    expect(tools).to.deep.equal(Object.keys(devDependencies).filter((name) => !name.startsWith("@aws-sdk/")));
    expect(alone).to.deep.equal([
      "fastest-levenshtein",
      "google-protobuf",
      "ip-address",
      "sucrase",
      "ts-node",
      "typescript",
      "yaml",
    ]);
  });

  it("keep exact versions", () => {
    for (const [name, wanted] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(wanted, name).to.match(/^\d+\.\d+\.\d+$/);
    }
    expect(npm?.["versioning-strategy"]).to.equal("increase");
  });

  it("leave out major versions of TypeScript, which must match Pulumi, and of @types/node, which must match Node", () => {
    expect(npm?.ignore).to.deep.equal([
      { "dependency-name": "typescript", "update-types": ["version-update:semver-major"] },
      { "dependency-name": "@types/node", "update-types": ["version-update:semver-major"] },
    ]);
    const node = readFileSync(".nvmrc", "utf8").trim();
    expect(devDependencies["@types/node"]?.split(".")[0]).to.equal(node);
  });
});
