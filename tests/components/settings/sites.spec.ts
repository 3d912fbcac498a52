import { expect } from "chai";
import fc from "fast-check";
import { decodeSettings } from "../../../components/settings/decode";
import { cidrsOutside } from "../../../components/settings/sites";
import { DATA_CENTRE, DIRECT_CONNECT, OFFICE } from "../../support/sites";
import { faultsOf, goodConfig, raw } from "./good-config";

/** A good configuration with some sites, forwarded domains and connections. */
const withSites = (sites: unknown, more: Readonly<Record<string, unknown>> = {}, stack = "hub") => {
  const config = goodConfig(stack);
  Object.assign(config.values, { sites }, more);
  return config;
};
const settingsOf = (...args: Parameters<typeof withSites>) => decodeSettings(raw(withSites(...args)));

describe("the key sites", () => {
  it("is read by name, with CIDRs and spokes in address order", () => {
    const { sites } = settingsOf({
      office: { ...OFFICE, cidrs: ["192.168.0.0/16", "172.16.0.0/16"], spokes: ["prod", "dev"] },
      "data-centre": { ...DATA_CENTRE, cidrs: ["100.64.0.0/12"] },
    });
    expect(sites).to.deep.equal([
      {
        ...{ name: "data-centre", cidrs: ["100.64.0.0/12"], spokes: ["prod"] },
        link: { kind: "direct connect", gatewayId: DIRECT_CONNECT },
      },
      {
        ...{ name: "office", cidrs: ["172.16.0.0/16", "192.168.0.0/16"], spokes: ["dev", "prod"] },
        link: { kind: "vpn", address: "203.0.113.10", asn: 65010 },
      },
    ]);
  });

  it("may leave out spokes, and the ASN of a device without BGP", () => {
    const [office] = settingsOf({ office: { cidrs: ["192.168.0.0/16"], vpn: { address: "203.0.113.10" } } }).sites;
    expect(office).to.deep.equal({
      ...{ name: "office", cidrs: ["192.168.0.0/16"], spokes: [] },
      link: { kind: "vpn", address: "203.0.113.10", asn: undefined },
    });
  });

  it("is the same in every stack", () => {
    const all = ["hub", "dev", "prod"].map((stack) => settingsOf({ office: OFFICE }, {}, stack).sites);
    expect(all).to.deep.equal([all[0], all[0], all[0]]);
  });

  it("gives a named spoke a route table that reaches what it reached before", () => {
    const connections = [["staging", "all"]];
    expect(settingsOf({ office: OFFICE }, { connections }).connections).to.deep.equal({
      tables: [
        { spoke: "dev", reaches: ["staging"] },
        { spoke: "staging", reaches: ["dev", "prod"] },
      ],
      forAll: ["staging"],
    });
  });

  it("leaves the route table of a connected spoke as it is", () => {
    const connections = [["dev", "prod"]];
    const before = settingsOf({}, { connections }).connections;
    expect(settingsOf({ office: OFFICE }, { connections }).connections).to.deep.equal(before);
  });

  it("adds no table and takes none away but for named spokes, whatever the pairs", () => {
    const names = ["dev", "staging", "prod"] as const;
    const pair = fc.constantFrom(["dev", "staging"], ["staging", "prod"], ["prod", "all"], ["dev", "none"]);
    fc.assert(
      fc.property(fc.uniqueArray(pair, { maxLength: 1 }), fc.subarray([...names]), (connections, spokes) => {
        const before = settingsOf({}, { connections }).connections;
        const after = settingsOf({ office: { ...OFFICE, spokes } }, { connections }).connections;
        const tables = (each: typeof after) => each.tables.map(({ spoke }) => spoke);
        expect(tables(after)).to.have.members([...new Set([...tables(before), ...spokes])]);
        for (const table of before.tables) expect(after.tables).to.deep.include(table);
      }),
      { numRuns: 40 },
    );
  });

  it("has CIDRs inside and outside of the address space", () => {
    const { addressSpace, sites } = settingsOf({ office: { ...OFFICE, cidrs: ["192.168.0.0/16", "10.64.0.0/16"] } });
    expect(cidrsOutside(addressSpace, sites)).to.deep.equal(["192.168.0.0/16"]);
  });
});

const FORM = "{cidrs: [192.168.0.0/16], spokes: [dev], vpn: {address: 203.0.113.10, asn: 65010}}";
const NAME = "must be at most 20 lower case letters, digits and hyphens, with a letter first and no hyphen last";
const LINK = "must be one of vpn: {address: 203.0.113.10, asn: 65010} and direct-connect-gateway: ID";
const office = (changed: object): object => ({ office: { ...OFFICE, ...changed } });
const vpn = (changed: object): object => office({ vpn: { ...OFFICE.vpn, ...changed } });

/** Sites that are refused, and the sentences. */
const REFUSED: readonly (readonly [what: string, sites: unknown, faults: readonly string[]])[] = [
  ["a list", [], ["sites is []: must be an object, KEY: VALUE on each line"]],
  ["a site that is no object", { office: "vpn" }, [`sites.office is "vpn": must be ${FORM}`]],
  ["a name with capitals", { Office: OFFICE }, [`the name of sites.Office is "Office": ${NAME}`]],
  [
    "the name of a network",
    { dev: OFFICE },
    ['the name of sites.dev is "dev": also the name of networks.dev; rename the site'],
  ],
  [
    "a field that does not exist",
    office({ cidr: "192.168.0.0/16" }),
    ['sites.office.cidr is "192.168.0.0/16": not a field here; rename it to cidrs, the nearest, or remove it'],
  ],
  ["no CIDR", office({ cidrs: [] }), ["sites.office.cidrs is []: must list at least one CIDR of the site"]],
  [
    "CIDRs that are no list",
    office({ cidrs: "192.168.0.0/16" }),
    ['sites.office.cidrs is "192.168.0.0/16": must be a list of CIDRs of the site, such as [192.168.0.0/16]'],
  ],
  [
    "the same CIDR twice",
    office({ cidrs: ["192.168.0.0/16", "192.168.0.0/16"] }),
    [
      'sites.office.cidrs is ["192.168.0.0/16","192.168.0.0/16"]: lists 192.168.0.0/16 twice; remove one of the two',
      'sites.office.cidrs is "192.168.0.0/16": overlaps sites.office.cidrs, "192.168.0.0/16"; list CIDRs that only the site has',
    ],
  ],
  [
    "host bits",
    office({ cidrs: ["192.168.1.1/16"] }),
    ['sites.office.cidrs[0] is "192.168.1.1/16": has host bits set; the CIDR is 192.168.0.0/16'],
  ],
  [
    "a public CIDR",
    office({ cidrs: ["198.51.100.0/24"] }),
    [
      'sites.office.cidrs[0] is "198.51.100.0/24": must be within 10.0.0.0/8, 172.16.0.0/12, 100.64.0.0/10, 192.168.0.0/16 ' +
        "(RFC 1918, RFC 6598)",
    ],
  ],
  [
    "the CIDR of a network",
    office({ cidrs: ["10.1.128.0/17"] }),
    [
      'sites.office.cidrs is "10.1.128.0/17": overlaps networks.dev.cidr, "10.1.0.0/16"; list CIDRs that only the site has',
    ],
  ],
  [
    "the CIDR of Kubernetes services",
    office({ cidrs: ["10.200.0.0/16"] }),
    [
      'sites.office.cidrs is "10.200.0.0/16": overlaps kubernetes-service-cidr, "10.200.0.0/20"; list CIDRs that only the site has',
    ],
  ],
  [
    "the CIDR of another site",
    { office: OFFICE, branch: { ...OFFICE, cidrs: ["192.168.7.0/24"], vpn: { address: "203.0.113.11" } } },
    [
      'sites.office.cidrs is "192.168.0.0/16": overlaps sites.branch.cidrs, "192.168.7.0/24"; list CIDRs that only the site has',
    ],
  ],
  [
    "a spoke that does not exist",
    office({ spokes: ["qa"] }),
    ['sites.office.spokes[0] is "qa": networks has no spoke qa; add it, or correct the name'],
  ],
  [
    "the hub as a spoke",
    office({ spokes: ["hub"] }),
    ['sites.office.spokes[0] is "hub": the hub and every site reach each other without it; remove it'],
  ],
  [
    "all spokes at once",
    office({ spokes: ["all"] }),
    ['sites.office.spokes[0] is "all": must be the name of a spoke; name each one that may reach the site'],
  ],
  ["no link", office({ vpn: undefined }), [`the link of sites.office is missing: ${LINK}`]],
  [
    "two links",
    office({ "direct-connect-gateway": DIRECT_CONNECT }),
    [
      `the link of sites.office is {"vpn":{"address":"203.0.113.10","asn":65010},"direct-connect-gateway":"${DIRECT_CONNECT}"}: ${LINK}`,
    ],
  ],
  [
    "a Direct Connect gateway by another id",
    office({ vpn: undefined, "direct-connect-gateway": "dxgw-1" }),
    [
      'sites.office.direct-connect-gateway is "dxgw-1": must be the id of a Direct Connect gateway in the hub\'s account, such as ' +
        DIRECT_CONNECT,
    ],
  ],
  [
    "a VPN that is no object",
    office({ vpn: "203.0.113.10" }),
    [
      'sites.office.vpn is "203.0.113.10": must be {address: 203.0.113.10, asn: 65010}; without asn, the VPN has static routes',
    ],
  ],
  [
    "a pre-shared key",
    vpn({ key: "not_a_real_key" }),
    ['sites.office.vpn.key is "not_a_real_key": not a field here; rename it to asn, the nearest, or remove it'],
  ],
  [
    "no address",
    vpn({ address: undefined }),
    ["sites.office.vpn.address is missing: must be an IPv4 address, such as 203.0.113.10"],
  ],
  [
    "a name as the address",
    vpn({ address: "vpn.example.com" }),
    ['sites.office.vpn.address is "vpn.example.com": must be an IPv4 address, such as 203.0.113.10'],
  ],
  [
    "a private address",
    vpn({ address: "10.0.0.1" }),
    [
      'sites.office.vpn.address is "10.0.0.1": in 10.0.0.0/8 (private, RFC 1918), and must be an address on the internet',
    ],
  ],
  [
    "a link-local address",
    vpn({ address: "169.254.10.1" }),
    [
      'sites.office.vpn.address is "169.254.10.1": in 169.254.0.0/16 (link-local, RFC 3927), and must be an address on the internet',
    ],
  ],
  [
    "the ASN of the transit gateway",
    vpn({ asn: 64512 }),
    ["sites.office.vpn.asn is 64512: the ASN of the transit gateway; choose another one for the device"],
  ],
  ...[0, 4_294_967_296, 1.5, "65010"].map(
    (asn) =>
      [
        `the ASN ${JSON.stringify(asn)}`,
        vpn({ asn }),
        [
          `sites.office.vpn.asn is ${JSON.stringify(asn)}: must be a whole number from 1 to 4294967295, such as 65010; leave it out for static routes`,
        ],
      ] as const,
  ),
  [
    "the device of another site",
    { office: OFFICE, branch: { ...OFFICE, cidrs: ["172.16.0.0/16"] } },
    ['sites.office.vpn.address is "203.0.113.10": the same as of sites.branch; make the two one site'],
  ],
  [
    "the Direct Connect gateway of another site",
    { one: { ...DATA_CENTRE, cidrs: ["172.16.0.0/16"] }, two: { ...DATA_CENTRE, cidrs: ["192.168.0.0/16"] } },
    [`sites.two.direct-connect-gateway is "${DIRECT_CONNECT}": the same as of sites.one; make the two one site`],
  ],
];

describe("sites are refused", () => {
  for (const [what, sites, faults] of REFUSED) {
    it(`with ${what}`, () => expect(faultsOf(withSites(sites))).to.deep.equal(faults));
  }

  it("with more of them than AWS has VPN connections for", () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`site-${index}`, OFFICE]));
    expect(faultsOf(withSites(many))).to.deep.equal(['sites is "…": an object of 51 sites; must have at most 50']);
  });

  it("with a spoke that shares its account with another network", () => {
    const config = withSites({ office: OFFICE });
    const networks = config.values["networks"] as Record<string, { account: string }>;
    networks["staging"]!.account = "222222222222";
    expect(faultsOf(config)).to.deep.equal([
      'networks.dev.account is "222222222222": is also the account of networks.staging, and sites needs the attachment of dev, ' +
        "which the hub finds by its account; give dev an account of its own, or remove it from sites",
    ]);
  });
});

const OVERLAPS_OURS = "overlaps net.example.org, the domain of the networks; forward domains of the site alone";
const SERVER = "must be an IPv4 address, such as 192.168.0.53";
const DOMAIN =
  "must be two or more labels of at most 63 lower case letters, digits and hyphens, 232 characters in total, such as acme.internal";

/** Names of forwarded domains that are refused, and why. */
const NOT_FORWARDED = [
  ["the domain of the networks", "net.example.org", OVERLAPS_OURS],
  ["a domain below it", "corp.net.example.org", OVERLAPS_OURS],
  ["a domain above it", "example.org", OVERLAPS_OURS],
  [
    "a domain of AWS",
    "s3.amazonaws.com",
    "overlaps amazonaws.com, a domain of AWS services; forward domains of the site alone",
  ],
  [
    "the other domain of AWS",
    "ap-southeast-3.api.aws",
    "overlaps api.aws, a domain of AWS services; forward domains of the site alone",
  ],
  ["a single label", "corp", DOMAIN],
].map(([what = "", domain = "", advice = ""]) => {
  const faults = [`the name of forward-domains.${domain} is ${JSON.stringify(domain)}: ${advice}`];
  return [what, { [domain]: ["192.168.0.53"] }, faults] as const;
});

describe("forward-domains", () => {
  it("are read by name", () => {
    const domains = { "lab.example": ["192.168.0.53"], "corp.example": ["192.168.0.53", "192.168.0.54"] };
    const settings = settingsOf({ office: OFFICE }, { "forward-domains": domains });
    expect(settings.role === "hub" && settings.forwardDomains).to.deep.equal([
      { domain: "corp.example", servers: ["192.168.0.53", "192.168.0.54"] },
      { domain: "lab.example", servers: ["192.168.0.53"] },
    ]);
  });

  const refused = [
    ...NOT_FORWARDED,
    [
      "no list of servers",
      { "corp.example": "192.168.0.53" },
      [
        'forward-domains.corp.example is "192.168.0.53": must be a list of addresses of DNS servers, such as [192.168.0.53]',
      ],
    ],
    ["no server", { "corp.example": [] }, ["forward-domains.corp.example is []: must list 1 to 6 DNS servers"]],
    [
      "a server by its name",
      { "corp.example": ["dns.corp.example"] },
      [`forward-domains.corp.example[0] is "dns.corp.example": ${SERVER}`],
    ],
    [
      "a server outside every site",
      { "corp.example": ["198.51.100.53"] },
      [
        'forward-domains.corp.example[0] is "198.51.100.53": in no CIDR of a site, so the hub does not reach it; add its CIDR to ' +
          "sites, or correct it",
      ],
    ],
  ] as const;
  for (const [what, domains, faults] of refused) {
    it(`are refused with ${what}`, () => {
      expect(faultsOf(withSites({ office: OFFICE }, { "forward-domains": domains }))).to.deep.equal(faults);
    });
  }
});
