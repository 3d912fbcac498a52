import { expect } from "chai";
import fc from "fast-check";
import { ALLOW_PRIORITY, rulePriorities } from "../../../components/settings/dns-firewall";
import { decodeSettings } from "../../../components/settings/decode";
import { faultsOf, goodConfig, raw } from "./good-config";

describe("dns-firewall", () => {
  it("off is no firewall, whatever the other keys say", () => {
    const config = goodConfig();
    config.values["dns-firewall"] = "off";
    expect(decodeSettings(raw(config)).dnsFirewall).to.equal(undefined);
  });

  it("needs a domain list, and the fault says how to find its id in the Region", () => {
    const config = goodConfig();
    Object.assign(config.values, { "dns-firewall": "alert", "dns-firewall-domain-lists": [] });
    expect(faultsOf(config)).to.deep.equal([
      'dns-firewall is "alert": needs the ids of AWS\'s managed domain lists in dns-firewall-domain-lists, which differ by ' +
        "Region: aws route53resolver list-firewall-domain-lists --region ap-southeast-3",
    ]);
  });

  it("refuses what is no id and no domain", () => {
    const config = goodConfig();
    Object.assign(config.values, {
      "dns-firewall-domain-lists": ["AWSManagedDomainsMalwareDomainList"],
      "dns-firewall-allowed-domains": ["api.example.com.", "*"],
    });
    const domain = "must be a domain in lower case, such as api.example.com, or *.example.com for the names below it";
    expect(faultsOf(config)).to.deep.equal([
      'dns-firewall-domain-lists[0] is "AWSManagedDomainsMalwareDomainList": must be the id of a domain list, such as ' +
        "rslvr-fdl-0a1b2c3d4e5f6071",
      `dns-firewall-allowed-domains[0] is "api.example.com.": ${domain}`,
      `dns-firewall-allowed-domains[1] is "*": ${domain}`,
    ]);
  });
});

const ids = fc.uniqueArray(
  fc
    .string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 1, maxLength: 17 })
    .map((hex) => `rslvr-fdl-${hex}`),
  { maxLength: 8 },
);

describe("priorities of rules", () => {
  it("are all different, and after that of the allowed domains", () => {
    fc.assert(
      fc.property(ids, (all) => {
        const priorities = [...rulePriorities(all).values()];
        expect(new Set(priorities).size).to.equal(all.length);
        expect(Math.min(...priorities, ALLOW_PRIORITY + 1)).to.be.greaterThan(ALLOW_PRIORITY);
      }),
    );
  });

  it("do not depend on the order of the lists", () => {
    fc.assert(
      fc.property(ids, (all) => {
        expect([...rulePriorities([...all].reverse())]).to.deep.equal([...rulePriorities(all)]);
      }),
    );
  });

  it("stay when a list joins", () => {
    const [one, two] = ["rslvr-fdl-4e96d4ce77f466b", "rslvr-fdl-876a86d96f294739"];
    expect(rulePriorities([one, two]).get(one)).to.equal(rulePriorities([one]).get(one));
    expect([...rulePriorities([one, two])]).to.deep.equal([
      [one, 2167],
      [two, 5157],
    ]);
  });
});
