import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readRegister } from "../../bootstrap/register";

describe("the register, as accounts and deployments see it", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "register-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A project of a hub and one spoke. */
  const write = (devAccount: string, devFile = "config:\n  aws:region: eu-west-1\n"): void => {
    const networks = `hub: { cidr: 10.0.0.0/16, account: "111111111111" }, dev: { cidr: 10.1.0.0/16, account: ${devAccount} }`;
    writeFileSync(join(folder, "Pulumi.yaml"), `name: p\nconfig:\n  networks:\n    default: { ${networks} }\n`);
    writeFileSync(join(folder, "Pulumi.hub.yaml"), "config:\n  aws:region: eu-west-1\n");
    writeFileSync(join(folder, "Pulumi.dev.yaml"), devFile);
  };

  it("is that of Pulumi.yaml, in its order, with the region of each stack", () => {
    expect(readRegister(".")).to.deep.equal([
      { stack: "hub", account: "111111111111", region: "ap-southeast-3" },
      { stack: "dev", account: "222222222222", region: "ap-southeast-3" },
      { stack: "staging", account: "333333333333", region: "ap-southeast-3" },
      { stack: "prod", account: "444444444444", region: "ap-southeast-3" },
    ]);
  });

  it("is refused with the network's own sentence when it is bad", () => {
    write('"12345"');
    expect(() => readRegister(folder)).to.throw('networks.dev.account is "12345": must be the 12 digits');
  });

  it("asks for the region of every stack", () => {
    write('"222222222222"', "config: {}\n");
    expect(() => readRegister(folder)).to.throw("Pulumi.dev.yaml must set aws:region");
  });
});
