import { expect } from "chai";
import fc from "fast-check";
import { MANAGED_RULE_GROUPS } from "../../../components/facts/managed-rule-groups";
import { inspectionWarnings } from "../../../components/settings/inspection";
import { faultsOf, goodConfig } from "./good-config";

/** The faults of a good configuration of the hub with other values. */
function faultsWith(values: Readonly<Record<string, unknown>>): readonly string[] {
  const config = goodConfig("hub");
  Object.assign(config.values, values);
  return faultsOf(config);
}

const REFUSED: readonly [what: string, values: Record<string, unknown>, fault: string][] = [
  [
    "without central egress",
    { "central-egress": false },
    "inspection is true: needs the NAT gateways of the hub; set central-egress to true as well",
  ],
  [
    "with a rule group in its full name",
    { "inspection-rule-groups": ["MalwareDomainsStrictOrder"] },
    'inspection-rule-groups[0] is "MalwareDomainsStrictOrder": must be a rule group of AWS, without StrictOrder at the end: ' +
      MANAGED_RULE_GROUPS.join(", "),
  ],
  [
    "with more rule groups than a policy may have",
    { "inspection-rule-groups": MANAGED_RULE_GROUPS.slice(0, 19) },
    'inspection-rule-groups is "…": lists 19; must list at most 18: a policy has 20 at most, and the program adds two',
  ],
  [
    "with a wildcard",
    { "inspection-domains": ["*.example.com"] },
    'inspection-domains[0] is "*.example.com": must be a domain in lower case, such as example.com, or .example.com with all ' +
      "subdomains",
  ],
  [
    "with a domain that is listed twice",
    { "inspection-domains": ["example.com", "example.com"] },
    'inspection-domains[1] is "example.com": the same as inspection-domains[0]; remove one of the two',
  ],
];

describe("inspection", () => {
  for (const [what, values, fault] of REFUSED) {
    it(`is refused ${what}`, () => {
      expect(faultsWith(values)).to.deep.equal([fault]);
    });
  }

  it("is not refused for central-egress while it is off", () => {
    expect(faultsWith({ inspection: false, "central-egress": false })).to.deep.equal([]);
  });

  it("takes every domain of letters, digits and hyphens, with or without subdomains", () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
    const domain = fc
      .tuple(fc.boolean(), fc.array(label, { minLength: 1, maxLength: 4 }), fc.stringMatching(/^[a-z]{2,6}$/))
      .map(([dot, labels, top]) => `${dot ? "." : ""}${labels.join(".")}.${top}`);
    fc.assert(
      fc.property(domain, (each) => {
        expect(faultsWith({ "inspection-domains": [each] })).to.deep.equal([]);
      }),
      { numRuns: 50 },
    );
  });

  it("warns of a list of domains that changes nothing, or that stops nodes", () => {
    const warningsOf = (enabled: boolean, domains: string[]): string[] =>
      inspectionWarnings({ inspection: { enabled, ruleGroups: [], domains }, region: "ap-southeast-3" });
    expect(warningsOf(true, [])).to.deep.equal([]);
    expect(warningsOf(false, ["example.com"])).to.deep.equal([
      "inspection-domains lists domains, which changes nothing: inspection is false",
    ]);
    expect(warningsOf(true, ["example.com"])).to.deep.equal([
      "inspection-domains does not list .ap-southeast-3.amazonaws.com: nodes, add-ons and Karpenter of spokes with egress hub " +
        "call AWS services there, apart from those in shared-endpoints; add it, or list each service that they call",
    ]);
    for (const services of [".ap-southeast-3.amazonaws.com", ".amazonaws.com"]) {
      expect(warningsOf(true, ["example.com", services])).to.deep.equal([]);
    }
  });
});
