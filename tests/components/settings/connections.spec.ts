import { expect } from "chai";
import { reachedBy } from "../../../components/settings/connections";
import { decodeSettings } from "../../../components/settings/decode";
import type { Connections } from "../../../components/settings/settings";
import { faultsOf, goodConfig, raw } from "./good-config";

const withPairs = (pairs: unknown, stack = "hub") => {
  const config = goodConfig(stack);
  config.values["connections"] = pairs;
  return config;
};
const connectionsOf = (pairs: unknown): Connections => decodeSettings(raw(withPairs(pairs))).connections;

describe("the key connections", () => {
  it("is empty for no pairs", () => {
    expect(connectionsOf([])).to.deep.equal({ tables: [], forAll: [] });
  });

  it("gives both spokes of a pair a route table of their own, in address order", () => {
    expect(connectionsOf([["staging", "dev"]])).to.deep.equal({
      tables: [
        { spoke: "dev", reaches: ["staging"] },
        { spoke: "staging", reaches: ["dev"] },
      ],
      forAll: [],
    });
  });

  it("connects the two spokes of a pair and no third, though one of them is in another pair", () => {
    expect(
      connectionsOf([
        ["dev", "staging"],
        ["staging", "prod"],
      ]).tables,
    ).to.deep.equal([
      { spoke: "dev", reaches: ["staging"] },
      { spoke: "staging", reaches: ["dev", "prod"] },
      { spoke: "prod", reaches: ["staging"] },
    ]);
  });

  it("gives a spoke for all a route table of its own, and leaves the others in the shared one", () => {
    expect(connectionsOf([["staging", "all"]])).to.deep.equal({
      tables: [{ spoke: "staging", reaches: ["dev", "prod"] }],
      forAll: ["staging"],
    });
  });

  it("adds the spoke for all to the route tables of connected spokes", () => {
    expect(
      connectionsOf([
        ["prod", "all"],
        ["dev", "staging"],
      ]),
    ).to.deep.equal({
      tables: [
        { spoke: "dev", reaches: ["staging", "prod"] },
        { spoke: "staging", reaches: ["dev", "prod"] },
        { spoke: "prod", reaches: ["dev", "staging"] },
      ],
      forAll: ["prod"],
    });
  });

  it("gives a spoke with none a route table of its own without another spoke", () => {
    expect(connectionsOf([["dev", "none"]])).to.deep.equal({ tables: [{ spoke: "dev", reaches: [] }], forAll: [] });
  });

  it("is symmetric: whoever is reached reaches back", () => {
    const pairs = [
      ["prod", "all"],
      ["dev", "staging"],
    ];
    const connections = connectionsOf(pairs);
    const spokes = ["dev", "staging", "prod"];
    for (const one of spokes) {
      for (const other of spokes) {
        expect(reachedBy(connections, one).includes(other), `${one} ${other}`).to.equal(
          reachedBy(connections, other).includes(one),
        );
      }
    }
  });

  it("is the same in every stack", () => {
    const pairs = [["dev", "staging"]];
    const settings = ["hub", "dev", "prod"].map((stack) => decodeSettings(raw(withPairs(pairs, stack))).connections);
    expect(settings).to.deep.equal([connectionsOf(pairs), connectionsOf(pairs), connectionsOf(pairs)]);
  });
});

const PAIR =
  "must be a pair of spokes, such as [dev, staging]; or [dev, all] if every spoke reaches dev, or [dev, none] if none does";

const REFUSED: readonly [what: string, pairs: unknown, faults: readonly string[]][] = [
  [
    "a text",
    "dev-staging",
    ['connections is "dev-staging": must be JSON; write it in Pulumi.yaml, or with pulumi config set --path'],
  ],
  [
    "an object",
    { dev: "staging" },
    [
      'connections is {"dev":"staging"}: must be a list of pairs of spokes, such as [[dev, staging]]; write [] for none',
    ],
  ],
  [
    "a pair without its own brackets",
    ["dev", "staging"],
    [`connections[0] is "dev": ${PAIR}`, `connections[1] is "staging": ${PAIR}`],
  ],
  ["one spoke", [["dev"]], [`connections[0] is ["dev"]: ${PAIR}`]],
  ["three spokes", [["dev", "staging", "prod"]], [`connections[0] is ["dev","staging","prod"]: ${PAIR}`]],
  ["a number", [["dev", 2]], [`connections[0] is ["dev",2]: ${PAIR}`]],
  [
    "an unknown spoke",
    [["dev", "stagin"]],
    ['connections[0] is ["dev","stagin"]: networks has no spoke stagin; add it, or correct the pair'],
  ],
  [
    "the hub",
    [["dev", "hub"]],
    ['connections[0] is ["dev","hub"]: the hub and every spoke reach each other without it; remove the pair'],
  ],
  [
    "a spoke with itself",
    [["dev", "dev"]],
    ['connections[0] is ["dev","dev"]: connects a spoke with itself; name two spokes, or remove the pair'],
  ],
  [
    "the word all first",
    [["all", "dev"]],
    ['connections[0] is ["all","dev"]: write the spoke first, such as [dev, all]'],
  ],
  [
    "a pair twice, in either order",
    [
      ["dev", "staging"],
      ["staging", "dev"],
    ],
    ['connections[1] is ["staging","dev"]: the same pair as connections[0]; remove one of the two'],
  ],
  [
    "a pair that a spoke for all contains",
    [
      ["dev", "staging"],
      ["staging", "all"],
    ],
    ['connections[0] is ["dev","staging"]: connections[1] contains this pair; remove one of the two'],
  ],
  [
    "none for a spoke that is connected",
    [
      ["dev", "none"],
      ["staging", "dev"],
    ],
    ['connections[0] is ["dev","none"]: connections[1] connects dev; remove one of the two'],
  ],
  [
    "none beside a spoke for all, which connects every spoke",
    [
      ["dev", "none"],
      ["staging", "all"],
    ],
    ['connections[0] is ["dev","none"]: connections[1] connects dev; remove one of the two'],
  ],
  [
    "more than 500 pairs",
    Array.from({ length: 501 }, () => ["dev", "staging"]),
    ['connections is "…": a list of 501; must list at most 500'],
  ],
];

describe("the key connections refuses", () => {
  for (const [what, pairs, faults] of REFUSED) {
    it(`${what}`, () => {
      expect(faultsOf(withPairs(pairs))).to.deep.equal(faults);
    });
  }

  it("a word for which there is a network", () => {
    const config = withPairs([["dev", "all"]]);
    Object.assign(config.values["networks"] as object, { all: { cidr: "10.4.0.0/16", account: "555555555555" } });
    expect(faultsOf(config)).to.deep.equal([
      'connections[0] is ["dev","all"]: all has a meaning of its own in a pair, and networks.all has the same name; rename that network',
    ]);
  });

  it("a spoke that shares its account, and no spoke that is not connected", () => {
    const shared = { qa: { cidr: "10.4.0.0/16", account: "222222222222" } };
    const refused = withPairs([["dev", "staging"]]);
    Object.assign(refused.values["networks"] as object, shared);
    expect(faultsOf(refused)).to.deep.equal([
      'networks.dev.account is "222222222222": is also the account of networks.qa, and connections needs the attachment of dev, ' +
        "which the hub finds by its account; give dev an account of its own, or remove it from connections",
    ]);
    const allowed = withPairs([["prod", "staging"]]);
    Object.assign(allowed.values["networks"] as object, shared);
    expect(faultsOf(allowed)).to.deep.equal([]);
  });
});
