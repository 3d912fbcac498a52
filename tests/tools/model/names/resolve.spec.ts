import { expect } from "chai";
import { resolve, sameAnswer, type DnsAnswer } from "../../../../tools/model/names/resolve";
import type { Properties } from "../../../../tools/model/resource";
import * as aws from "../support/resources";
import { aRecord, networkOne, zone } from "../support/resources";

const ZONES = 'Amazon Route 53 Developer Guide, "Considerations when working with a private hosted zone"';
const WILDCARDS = "RFC 4592, sections 2.2 and 3.3.1";

/** What the resolver of `one` answers, as `10.0.0.1 from ZONE`. */
function answer(name: string, ...parts: readonly aws.Part[]): string {
  return inWords(resolveIn(aws.vpc("one", "10.1.0.0/16"), name, ...parts));
}

function resolveIn(vpc: aws.Part, name: string, ...parts: readonly aws.Part[]): DnsAnswer {
  const topology = aws.topology(vpc, ...parts);
  return resolve(topology, networkOne(topology), name);
}

function inWords({ kind, zone: from, values }: DnsAnswer): string {
  return [kind === "record" ? values.join(" ") : kind, ...(from === undefined ? [] : [`from ${from}`])].join(" ");
}

describe(`a VPC's resolver (${ZONES})`, () => {
  it("asks the most specific private zone", () => {
    const zones = [
      zone("internal", { "db.dev.internal": "10.0.0.1", "www.internal": "10.0.0.2" }),
      zone("dev.internal", { "db.dev.internal": "10.0.0.3" }),
    ];
    expect(answer("db.dev.internal", ...zones)).to.equal("10.0.0.3 from dev.internal");
    expect(answer("db.dev.internal", ...[...zones].reverse())).to.equal("10.0.0.3 from dev.internal");
    expect(answer("www.internal", ...zones)).to.equal("10.0.0.2 from internal");
  });

  it("asks no less specific zone when that has no record", () => {
    const zones = [zone("internal", { "db.dev.internal": "10.0.0.1" }), zone("dev.internal", {})];
    expect(answer("db.dev.internal", ...zones)).to.equal("no such name from dev.internal");
  });

  it("does not ask public DNS about a name of a private zone, and about every other", () => {
    const zones = zone("example.com", {});
    expect(answer("www.example.com", zones)).to.equal("no such name from example.com");
    expect(answer("example.com", zones)).to.equal("no such name from example.com");
    expect(answer("example.org", zones)).to.equal("public");
    expect(answer("notexample.com", zones)).to.equal("public");
    expect(answer("com", zones)).to.equal("public");
  });

  it("reads the zones that its VPC is associated with, by whichever resource", () => {
    const records = { "db.internal": "10.0.0.1" };
    expect(answer("db.internal", zone("internal", records, ["two"]))).to.equal("public");
    const association = aws.resource("route53/zoneAssociation:ZoneAssociation", "one", {
      ...{ zoneId: aws.ref("internal"), vpcId: aws.ref("one") },
    });
    expect(answer("db.internal", zone("internal", records, ["two"]), [association])).to.equal("10.0.0.1 from internal");
  });

  it("reads no public zone: one without a VPC", () => {
    expect(answer("db.internal", zone("internal", { "db.internal": "10.0.0.1" }, []))).to.equal("public");
  });

  it("reads no private zone without DNS support and DNS host names, both", () => {
    const zones = zone("internal", { "db.internal": "10.0.0.1" });
    const of = (inputs: Properties): string =>
      inWords(resolveIn(aws.vpc("one", "10.1.0.0/16", inputs), "db.internal", zones));
    expect(of({})).to.equal("10.0.0.1 from internal");
    expect(of({ enableDnsSupport: true })).to.equal("10.0.0.1 from internal");
    expect(of({ enableDnsSupport: false })).to.equal("public");
    expect(of({ enableDnsHostnames: false })).to.equal("public");
    // Off is what AWS makes a VPC with.
    expect(of({ enableDnsHostnames: undefined })).to.equal("public");
  });

  it("answers for the type that is asked for, and by a CNAME for any", () => {
    const topology = aws.topology(aws.vpc("one", "10.1.0.0/16"), zone("internal", { "a.internal": "10.0.0.1" }), [
      aRecord("internal", "c.internal", { type: "CNAME", records: ["a.internal"] }),
      aRecord("internal", "t.internal", { type: "TXT", records: ["text"] }),
    ]);
    const asked = (name: string, type: string): string => inWords(resolve(topology, networkOne(topology), name, type));
    expect(asked("a.internal", "A")).to.equal("10.0.0.1 from internal");
    expect(asked("a.internal", "AAAA")).to.equal("no such name from internal");
    expect(asked("c.internal", "A")).to.equal("a.internal from internal");
    expect(asked("t.internal", "TXT")).to.equal("text from internal");
    expect(asked("t.internal", "A")).to.equal("no such name from internal");
  });

  it("reads names without regard to case or the dot at their end, and record names below their zone", () => {
    expect(answer("DB.internal.", zone("Internal.", { "db.INTERNAL.": "10.0.0.1" }))).to.equal(
      "10.0.0.1 from internal",
    );
    expect(answer("db.internal", zone("internal", { db: "10.0.0.1" }))).to.equal("10.0.0.1 from internal");
    expect(answer("internal", zone("internal", { "": "10.0.0.1" }))).to.equal("10.0.0.1 from internal");
    expect(answer("any.internal", zone("internal", { "*": "10.0.0.1" }))).to.equal("10.0.0.1 from internal");
  });

  it("gives the same answer where zone and record are the same", () => {
    const zones = zone("internal", { "a.internal": "10.0.0.1", "b.internal": "10.0.0.1" });
    const of = (name: string): DnsAnswer => resolveIn(aws.vpc("one", "10.1.0.0/16"), name, zones);
    expect(sameAnswer(of("a.internal"), of("a.internal"))).to.equal(true);
    expect(sameAnswer(of("a.internal"), of("b.internal"))).to.equal(false);
    expect(sameAnswer(of("a.internal"), of("c.internal"))).to.equal(false);
    expect(sameAnswer(of("c.internal"), of("example.org"))).to.equal(false);
  });
});

describe(`a wildcard (${WILDCARDS})`, () => {
  const records = { "*.internal": "10.0.0.1", "www.internal": "10.0.0.2", "a.b.internal": "10.0.0.3" };
  const asked = (name: string): string => answer(name, zone("internal", records));

  it("stands for names that do not exist, however many labels they have", () => {
    expect(asked("db.internal")).to.equal("10.0.0.1 from internal");
    expect(asked("x.y.z.internal")).to.equal("10.0.0.1 from internal");
  });

  it("does not stand for its own parent", () => {
    expect(asked("internal")).to.equal("no such name from internal");
  });

  it("does not stand for a name that exists, with a record of another type too", () => {
    expect(asked("www.internal")).to.equal("10.0.0.2 from internal");
    const other = aRecord("internal", "txt.internal", { type: "TXT", records: ["text"] });
    expect(answer("txt.internal", zone("internal", records), [other])).to.equal("no such name from internal");
  });

  it("does not stand for a name that exists because there is one below it", () => {
    expect(asked("b.internal")).to.equal("no such name from internal");
  });

  it("does not stand for names below one that exists", () => {
    expect(asked("x.www.internal")).to.equal("no such name from internal");
    expect(asked("x.b.internal")).to.equal("no such name from internal");
  });

  it("gives way to a closer one", () => {
    const both = zone("internal", { ...records, "*.b.internal": "10.0.0.4" });
    expect(answer("x.b.internal", both)).to.equal("10.0.0.4 from internal");
    expect(answer("x.y.b.internal", both)).to.equal("10.0.0.4 from internal");
    expect(answer("x.c.internal", both)).to.equal("10.0.0.1 from internal");
  });
});

const RULES =
  'Amazon Route 53 Developer Guide, "How Resolver determines whether the domain name in a query matches any rules"';

/** A Resolver rule for a domain, associated with some VPCs. */
function rule(domainName: string, ip: string, vpcs: readonly string[] = ["one"]): aws.Part {
  const association = (vpc: string) =>
    aws.resource("route53/resolverRuleAssociation:ResolverRuleAssociation", `${domainName} ${vpc}`, {
      ...{ resolverRuleId: aws.ref(`rule ${domainName}`), vpcId: aws.ref(vpc) },
    });
  const inputs = { domainName, ruleType: "FORWARD", targetIps: [{ ip, port: 53 }] };
  return [
    aws.resource("route53/resolverRule:ResolverRule", `rule ${domainName}`, inputs),
    ...vpcs.map((vpc) => association(vpc)),
  ];
}

/** What the resolver of `one` answers, as `forwarded 192.168.0.53`. */
function forwarded(name: string, ...parts: readonly aws.Part[]): string {
  const { kind, values } = resolveIn(aws.vpc("one", "10.1.0.0/16"), name, ...parts);
  return `${kind} ${values.join(" ")}`.trim();
}

describe(`a Resolver rule (${RULES})`, () => {
  it("forwards its domain and what is below, and no other name", () => {
    const corp = rule("corp.example", "192.168.0.53");
    expect(forwarded("corp.example", corp)).to.equal("forwarded 192.168.0.53");
    expect(forwarded("db.corp.example", corp)).to.equal("forwarded 192.168.0.53");
    expect(forwarded("example", corp)).to.equal("public");
    expect(forwarded("notcorp.example", corp)).to.equal("public");
  });

  it("applies to the VPCs that it is associated with", () => {
    expect(forwarded("corp.example", rule("corp.example", "192.168.0.53", ["two"]))).to.equal("public");
  });

  it("yields to one of a more specific domain", () => {
    const rules = [rule("example", "192.168.0.1"), rule("corp.example", "192.168.0.2")];
    expect(forwarded("db.corp.example", ...rules)).to.equal("forwarded 192.168.0.2");
    expect(forwarded("db.corp.example", ...[...rules].reverse())).to.equal("forwarded 192.168.0.2");
    expect(forwarded("db.example", ...rules)).to.equal("forwarded 192.168.0.1");
  });

  it(`takes precedence over a private zone of the same domain, and not over a more specific one (${ZONES})`, () => {
    const corp = rule("corp.example", "192.168.0.53");
    expect(forwarded("db.corp.example", corp, zone("corp.example", { "db.corp.example": "10.0.0.1" }))).to.equal(
      "forwarded 192.168.0.53",
    );
    expect(forwarded("db.corp.example", corp, zone("db.corp.example", { "db.corp.example": "10.0.0.1" }))).to.equal(
      "record 10.0.0.1",
    );
  });
});
