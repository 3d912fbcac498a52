import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readAccountMap } from "../../delivery/account-map";
import { FIXTURE } from "../support/fixture";

/** Keys besides the account map that accounts and deployments are named by. */
const OTHERS = {
  "address-space": "10.0.0.0/8",
  "kubernetes-service-cidr": "172.20.0.0/16",
  prefix: "acme",
  owner: "Team A",
  "extra-tags": '{ CostCenter: "4711" }',
  "cluster-admins": "[]",
};

describe("the account map, as accounts and deployments see it", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "register-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A project of a hub and one spoke. */
  const write = (devAccount: string, devFile = "config:\n  aws:region: eu-west-1\n"): void => {
    const networks = `hub: { cidr: 10.0.0.0/16, account: "111111111111" }, dev: { cidr: 10.1.0.0/16, account: ${devAccount} }`;
    const others = Object.entries(OTHERS).map(([key, value]) => `  ${key}: { default: ${value} }\n`);
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      `name: p\nconfig:\n  networks:\n    default: { ${networks} }\n${others.join("")}`,
    );
    writeFileSync(join(folder, "Pulumi.hub.yaml"), "config:\n  aws:region: eu-west-1\n");
    writeFileSync(join(folder, "Pulumi.dev.yaml"), devFile);
  };

  it("is that of Pulumi.yaml, in its order, with the region of each stack", () => {
    expect(readAccountMap(FIXTURE).networks).to.deep.equal([
      { stack: "hub", account: "111111111111", region: "ap-southeast-3", clusterAdmins: [] },
      { stack: "dev", account: "222222222222", region: "ap-southeast-3", clusterAdmins: [] },
      { stack: "staging", account: "333333333333", region: "ap-southeast-3", clusterAdmins: [] },
      { stack: "prod", account: "444444444444", region: "ap-southeast-3", clusterAdmins: [] },
    ]);
  });

  it("has the project's name, its prefix, and the tags of every resource", () => {
    write('"222222222222"');
    const { naming, tagKeys, tagsOf } = readAccountMap(folder);
    expect(naming).to.deep.equal({ project: "p", prefix: "acme" });
    expect(tagsOf("dev")).to.deep.equal({
      Project: "acme",
      Environment: "dev",
      ManagedBy: "pulumi",
      Owner: "Team A",
      Service: "network",
      CostCenter: "4711",
    });
    expect(tagKeys).to.deep.equal(Object.keys(tagsOf("dev")));
  });

  it("is refused with the network's own sentence when it is bad", () => {
    write('"12345"');
    expect(() => readAccountMap(folder)).to.throw('networks.dev.account is "12345": must be the 12 digits');
  });

  it("asks for the region of every stack", () => {
    write('"222222222222"', "config: {}\n");
    expect(() => readAccountMap(folder)).to.throw("Pulumi.dev.yaml must set aws:region");
  });

  it("has the administrators of each cluster, and refuses what is none with the network's own sentence", () => {
    const dev = (admins: string): string => `config:\n  aws:region: eu-west-1\n  p:cluster-admins: ${admins}\n`;
    write('"222222222222"', dev("[arn:aws:iam::222222222222:role/ops]"));
    expect(readAccountMap(folder).networks.map(({ stack, clusterAdmins }) => [stack, clusterAdmins])).to.deep.equal([
      ["hub", []],
      ["dev", ["arn:aws:iam::222222222222:role/ops"]],
    ]);
    write('"222222222222"', dev("[arn:aws:iam::222222222222:user/ops]"));
    expect(() => readAccountMap(folder)).to.throw(
      'cluster-admins[0] is "arn:aws:iam::222222222222:user/ops": must be the ARN of an IAM role',
    );
    write('"222222222222"', dev("{ secure: AAAB }"));
    expect(() => readAccountMap(folder)).to.throw('cluster-admins is {"secure":"AAAB"}: must be a list of strings');
  });
});
