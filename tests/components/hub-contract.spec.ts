import { RunError } from "@pulumi/pulumi";
import { expect } from "chai";
import { ContractError } from "../../components/contract";
import { checkContract, type ExpectedContract, type HubContract } from "../../components/hub-contract";

const expected: ExpectedContract = {
  hubStack: "acme/piksel-network/hub",
  stack: "dev",
  region: "ap-southeast-3",
  hub: { cidr: "10.0.0.0/16", account: "111111111111" },
  domains: ["piksel.internal", "dev.piksel.internal"],
};

const contract: HubContract = {
  version: 3,
  region: "ap-southeast-3",
  account: "111111111111",
  cidr: "10.0.0.0/16",
  transitGatewayId: "tgw-1",
  logArchiveArn: "arn:aws:s3:::logs",
  zones: { "piksel.internal": "Z1", "dev.piksel.internal": "Z2" },
  endpointZones: { "api.ecr.ap-southeast-3.amazonaws.com": "Z3" },
  sharedEndpoints: ["ecr.api"],
  resolverAddresses: ["10.0.0.10", "10.0.64.10"],
  spokeRoles: {
    dev: {
      access: "arn:aws:iam::111111111111:role/piksel-spoke-access-dev",
      preview: "arn:aws:iam::111111111111:role/piksel-spoke-preview-dev",
      records: "arn:aws:iam::111111111111:role/piksel-dns-records-dev",
    },
  },
  eventsTopicArn: "arn:aws:sns:ap-southeast-3:111111111111:piksel-network-events",
  registry: "111111111111.dkr.ecr.ap-southeast-3.amazonaws.com",
};

const UPDATE =
  'run "pulumi up --stack acme/piksel-network/hub" with this version of the program, then this stack again';

const stranger = (fields: string): string =>
  "The contract of acme/piksel-network/hub names resources outside of the hub's account 111111111111 and Region " +
  `ap-southeast-3: ${fields}. Find out who wrote that output before you deploy anything.`;

const refusals: readonly { readonly what: string; readonly exported: unknown; readonly message: string }[] = [
  {
    what: "a hub that is not deployed, or was by a program without a contract",
    exported: undefined,
    message: `The stack acme/piksel-network/hub has no output "contract": ${UPDATE}.`,
  },
  {
    what: "an older version",
    exported: { ...contract, version: 1 },
    message: `The hub's contract has version 1 and dev reads version 3: ${UPDATE}.`,
  },
  {
    what: "something that is no contract",
    exported: "tgw-1",
    message: `The hub's contract has version undefined and dev reads version 3: ${UPDATE}.`,
  },
  {
    what: "a newer version",
    exported: { ...contract, version: 99 },
    message:
      "The hub's contract has version 99 and dev reads version 3: " +
      "the hub was deployed by a newer version of the program; update this checkout to it.",
  },
  {
    what: "missing and misshapen fields, all named",
    exported: { ...contract, transitGatewayId: undefined, zones: { a: 1 }, resolverAddresses: "10.0.0.10" },
    message: `The hub's contract lacks transitGatewayId, zones, resolverAddresses or has them in another shape: ${UPDATE}.`,
  },
  {
    what: "an egress in another shape",
    exported: { ...contract, egress: { addresses: "203.0.113.7" } },
    message: `The hub's contract lacks egress or has them in another shape: ${UPDATE}.`,
  },
  {
    what: "a hub of another region",
    exported: { ...contract, region: "eu-west-1" },
    message:
      "aws:region of dev is ap-southeast-3 and the hub acme/piksel-network/hub is in eu-west-1: a network attaches " +
      "to a hub of its own Region; set aws:region to eu-west-1 or hub-stack to a hub in ap-southeast-3.",
  },
  {
    what: "a hub whose block is not the register's",
    exported: { ...contract, cidr: "10.9.0.0/16" },
    message:
      "networks gives the hub the cidr 10.0.0.0/16 and the hub acme/piksel-network/hub was deployed with 10.9.0.0/16: " +
      "correct networks, or deploy the hub with it first.",
  },
  {
    what: "a hub whose account is not the register's",
    exported: { ...contract, account: "999999999999" },
    message:
      "networks gives the hub the account 111111111111 and the hub acme/piksel-network/hub was deployed with " +
      "999999999999: correct networks, or deploy the hub with it first.",
  },
  {
    what: "a hub that has no zone for this network yet",
    exported: { ...contract, zones: { "piksel.internal": "Z1" } },
    // Review F20.
    message:
      "The hub acme/piksel-network/hub has no hosted zone dev.piksel.internal: domain must be the same in every stack, " +
      `so correct it if it differs; if it does not, ${UPDATE}.`,
  },
  {
    what: "a hub that has no roles for this network yet",
    exported: { ...contract, spokeRoles: {} },
    message: `The hub has no roles for dev: ${UPDATE}.`,
  },
  {
    what: "roles that lack one",
    exported: { ...contract, spokeRoles: { dev: { access: "arn:aws:iam::111111111111:role/a" } } },
    message: `The hub's contract lacks spokeRoles or has them in another shape: ${UPDATE}.`,
  },
  // Review, Low: the contract was checked by its shape alone.
  {
    what: "a role of a stranger's account, to which a spoke would hand its credentials",
    exported: {
      ...contract,
      spokeRoles: {
        dev: { ...contract.spokeRoles["dev"], access: "arn:aws:iam::999999999999:role/piksel-spoke-access-dev" },
      },
    },
    message: stranger('spokeRoles.access "arn:aws:iam::999999999999:role/piksel-spoke-access-dev"'),
  },
  {
    what: "a registry and a topic of a stranger's",
    exported: {
      ...contract,
      registry: "999999999999.dkr.ecr.ap-southeast-3.amazonaws.com",
      eventsTopicArn: "arn:aws:sns:ap-southeast-3:999999999999:piksel-network-events",
    },
    message: stranger(
      'eventsTopicArn "arn:aws:sns:ap-southeast-3:999999999999:piksel-network-events", ' +
        'registry "999999999999.dkr.ecr.ap-southeast-3.amazonaws.com"',
    ),
  },
];

describe("the hub's contract", () => {
  it("is taken as it is when it is whole and fits", () => {
    expect(checkContract({ ...contract }, expected)).to.deep.equal(contract);
  });

  it("is refused by an error that the CLI shows without a stack trace", () => {
    expect(RunError.isInstance(new ContractError("The hub has no roles for dev."))).to.equal(true);
  });

  for (const { what, exported, message } of refusals) {
    it(`refuses ${what}`, () => {
      expect(() => checkContract(exported, expected))
        .to.throw(ContractError)
        .with.property("message", message);
    });
  }
});
