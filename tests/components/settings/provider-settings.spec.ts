import { expect } from "chai";
import { decodeSettings, rawConfig } from "../../../components/settings/decode";
import { ConfigurationError, Faults } from "../../../components/settings/faults";
import { decodeProviderSettings } from "../../../components/settings/provider-settings";
import type { Json } from "../../../tools/planner/engine/resource";
import { plan } from "../../../tools/planner/plan";
import { project, stack, withConfig } from "../../support/plans";
import { goodConfig, raw } from "./good-config";

/** Faults of a good configuration with these keys of other namespaces, in a project of this name. */
function faultsOf(others: Readonly<Record<string, string>>, name = "piksel-network"): readonly string[] {
  try {
    decodeSettings({ ...raw(goodConfig()), project: name, others });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

describe("a key of another namespace", () => {
  // Review F3: a renamed project lost all of its stacks' configuration without a word.
  for (const [name, key, nearest] of [
    ["acme-network", "piksel-network:az-count", "acme-network:az-count"],
    ["acme-network", "other:one-nat-per-az", "acme-network:one-nat-per-az"],
    ["acme-network", "other:one-nat-per-azs", "acme-network:one-nat-per-az"],
    ["piksel-network", "piksel-netwrok:az-count", "piksel-network:az-count"],
    ["piksel-network", "piksel-netwrok:az-cuont", "piksel-network:az-count"],
    ["piksel-network", "Piksel-Network:domain", "piksel-network:domain"],
  ] as const) {
    it(`is refused if it is ${key} in the project ${name}`, () => {
      expect(faultsOf({ [key]: "3" }, name)).to.deep.equal([
        `${key} is "3": the project is ${name}, so the program does not read it; rename it to ${nearest}, or remove it`,
      ]);
    });
  }

  for (const key of ["pulumi:tags", "awsx:x", "eks:cluster", "kubernetes:context", "datadog:apiKey", "acme:colour"]) {
    it(`is left alone if it is ${key}, which is another program's`, () => {
      expect(faultsOf({ [key]: "x" })).to.deep.equal([]);
    });
  }

  it("is no part of what the project's own keys say", () => {
    const { values, others, region } = rawConfig("dev", "net", { "net:a": "1", "nets:b": "2", "aws:region": "r" });
    expect([values, others, region]).to.deep.equal([{ a: "1" }, { "nets:b": "2", "aws:region": "r" }, "r"]);
  });
});

describe("a setting of the AWS provider", () => {
  const ROLE = "arn:aws:iam::222222222222:role/deploy";
  const PASSED: readonly (readonly [name: string, text: string, value: Json])[] = [
    ["profile", "work", "work"],
    ["profile", "123", "123"],
    ["maxRetries", "5", 5],
    ["retryMode", "adaptive", "adaptive"],
    ["useFipsEndpoint", "true", true],
    ["useDualstackEndpoint", "false", false],
    ["assumeRoles", `[{"roleArn":"${ROLE}"}]`, [{ roleArn: ROLE }]],
    ["sharedConfigFiles", '["a"]', ["a"]],
    ["endpoints", '[{"sts":"http://localhost:5000"}]', [{ sts: "http://localhost:5000" }]],
    ["skipMetadataApiCheck", "true", true],
  ];

  // Review F10: these were dropped without a word.
  for (const [name, text, value] of PASSED) {
    it(`is passed on if it is aws:${name}, "${text}"`, () => {
      const faults = new Faults();
      expect(decodeProviderSettings({ [`aws:${name}`]: text, "aws:region": "r", "x:y": "1" }, faults)).to.deep.equal({
        [name]: value,
      });
      expect(() => faults.refuseOr("dev", [])).not.to.throw();
    });
  }

  it("reaches the provider of the stack and that of the hub, which then takes the spoke's role too", async () => {
    const config = { "aws:maxRetries": 7, "aws:useFipsEndpoint": true, "aws:assumeRoles": [{ roleArn: ROLE }] };
    const dev = stack(await plan(withConfig(project, "dev", config)), "dev");
    const inputs = ["aws", "hub"].map((name) => {
      const provider = dev.resources.find((each) => each.type === "pulumi:providers:aws" && each.name === name);
      const { maxRetries, useFipsEndpoint, assumeRoles } = provider?.inputs ?? {};
      return [maxRetries, useFipsEndpoint, (JSON.parse(String(assumeRoles)) as { roleArn: string }[]).length];
    });
    expect(inputs).to.deep.equal([
      ["7", "true", 1],
      ["7", "true", 2],
    ]);
  });

  // Review F10, M6.
  for (const [name, value, advice] of [
    [
      "assumeRoles",
      "5",
      "5: must be a list of objects with a roleArn, [{roleArn: arn:aws:iam::222222222222:role/NAME}]",
    ],
    [
      "assumeRoles",
      "[5]",
      "[5]: must be a list of objects with a roleArn, [{roleArn: arn:aws:iam::222222222222:role/NAME}]",
    ],
    [
      "assumeRole",
      "{}",
      '"{}": the provider takes a list of roles; rename it to aws:assumeRoles, with [{roleArn: ...}]',
    ],
    ["maxRetries", "many", '"many": must be a whole number, 0 or more'],
    ["useFipsEndpoint", "yes", '"yes": must be true or false'],
    ["endpoints", "{}", "{}: must be a list of objects"],
    ["profile", "", '"": must be text'],
    [
      "defaultTags",
      "{}",
      '"{}": the program sets the default tags itself, so these would be lost; put your tags in the key extra-tags',
    ],
    [
      "allowedAccountIds",
      "[]",
      '"[]": the program allows only the account networks.NAME.account; remove it, and correct networks',
    ],
    [
      "skipRequestingAccountId",
      "true",
      '"true": without the account\'s id the provider cannot refuse a wrong account; remove it',
    ],
    [
      "secretKey",
      "hunter2",
      '"…": credentials do not belong in a stack\'s configuration; remove it, and pass them in environment variables or with aws:profile',
    ],
    [
      "maxRetires",
      "5",
      '"5": not a setting that the program passes on to the AWS provider; the nearest is aws:maxRetries; rename or remove it',
    ],
    ["constructor", "5", ""],
  ] as const) {
    it(`is refused if it is aws:${name}, "${value}"`, () => {
      const [fault, ...more] = faultsOf({ [`aws:${name}`]: value });
      expect(more).to.deep.equal([]);
      if (name === "constructor")
        expect(fault).to.match(/^aws:constructor is "5": not a setting .*; rename or remove it$/);
      else expect(fault).to.equal(`aws:${name} is ${advice}`);
    });
  }
});
