import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { configureFor } from "../../../tools/upgrade/upgrade";

describe("the configuration that npm run upgrade-check gives to other code", () => {
  let [present, other] = ["", ""];
  beforeEach(() => {
    [present, other] = [mkdtempSync(join(tmpdir(), "present-")), mkdtempSync(join(tmpdir(), "other-"))];
    const write = (folder: string, file: string, text: string): void => {
      writeFileSync(join(folder, file), text);
    };
    write(present, "Pulumi.yaml", "name: acme\nconfig:\n  az-count: { default: 2 }\n  later: { default: x }\n");
    write(
      present,
      "Pulumi.prod.yaml",
      'config:\n  aws:region: eu-west-1\n  az-count: 3\n  "later": y\n  acme:later: z\n',
    );
    write(other, "Pulumi.yaml", "name: old\nconfig:\n  az-count: { default: 9 }\n");
    write(other, "Pulumi.gone.yaml", "config: {}\n");
  });
  afterEach(() => {
    for (const folder of [present, other]) rmSync(folder, { recursive: true });
  });

  // The plan of release 0.1.0 drops keys without a namespace: the update seemed to create the third AZ of prod.
  it("has the namespace before every key of the project", () => {
    expect(configureFor(present, other)).to.deep.equal(["later"]);
    expect(parse(readFileSync(join(other, "Pulumi.prod.yaml"), "utf8"))).to.deep.equal({
      config: { "aws:region": "eu-west-1", "acme:az-count": 3 },
    });
    expect(parse(readFileSync(join(other, "Pulumi.yaml"), "utf8"))).to.deep.equal({
      name: "acme",
      config: { "az-count": { default: 2 } },
    });
  });
});
