import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import program from "../../../index";
import { runChecks } from "../../../tools/checks";
import { cloud } from "../../../tools/planner/doubles/cloud";
import type { Cloud, Json, PlannedResource } from "../../../tools/planner/engine/resource";
import { run } from "../../../tools/planner/engine/run";
import { plan, type Plan } from "../../../tools/planner/plan";
import { configForProgram, type Project, stackConfig } from "../../../tools/planner/project/project";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { withConnections } from "../../support/connections";
import { changes, project, projectWithAlarms, register, stack, withConfig, withNetworks } from "../../support/plans";
import { DATA_CENTRE, OFFICE, withSites } from "../../support/sites";

const ASSOCIATION = "aws:route53/resolverRuleAssociation:ResolverRuleAssociation";
const nothing = { create: [], update: [], replace: [], delete: [] };
const names = (list: readonly string[] | undefined): string[] =>
  [...(list ?? [])].map((key) => key.replace(/^.*:(\w+)::/, "$1 ")).sort();

/** The resources of an office with a VPN for one spoke, in the hub. */
const office = (spoke: string): string[] => [
  "CustomerGateway hub-site-office",
  "VpnConnection hub-site-office",
  "RouteTable hub-site-office",
  "RouteTableAssociation hub-site-office",
  "RouteTablePropagation hub-site-office.hub",
  `RouteTablePropagation hub-site-office.${spoke}`,
  "Route hub-site-office.hub.192.168.0.0-16",
  `Route hub-site-office.${spoke}.192.168.0.0-16`,
  ...[1, 2, 3].map((zone) => `Route hub-private-${zone}-transit-192.168.0.0-16`),
  "SecurityGroupIngressRule hub-resolver-tcp-192.168.0.0-16",
  "SecurityGroupIngressRule hub-resolver-udp-192.168.0.0-16",
];
/** The route table of a spoke that a site names, and that has no connection. */
const ownTable = (spoke: string): string[] => [
  `Route hub-connection-${spoke}-blackhole`,
  `RouteTable hub-connection-${spoke}`,
  `RouteTableAssociation hub-connection-${spoke}`,
  `RouteTablePropagation hub-connection-${spoke}.hub`,
];
const COMPONENTS = ["Connections hub-connection", "Sites hub-site"];
const devRoutes = ["Route dev-private-1-transit-192.168.0.0-16", "Route dev-private-2-transit-192.168.0.0-16"];

describe("a first site", () => {
  it("with a VPN is its attachment and routes in the hub, a table and routes of the spoke that it names, and nothing else", async () => {
    const { hub, dev, ...others } = await changes(project, withSites(project, { office: OFFICE }));
    expect({ ...hub, create: names(hub?.create) }).to.deep.equal({
      ...nothing,
      create: [...office("dev"), ...ownTable("dev"), ...COMPONENTS].sort(),
    });
    expect({ ...dev, create: names(dev?.create) }).to.deep.equal({ ...nothing, create: devRoutes });
    expect(others).to.deep.equal({ staging: nothing, prod: nothing });
  });

  it("with Direct Connect is an association, and no route of subnets to a CIDR inside the address space", async () => {
    const { hub, prod, ...others } = await changes(project, withSites(project, { "data-centre": DATA_CENTRE }));
    const routes = (cidr: string) => ["hub", "prod"].map((network) => `Route hub-site-data-centre.${network}.${cidr}`);
    expect({ ...hub, create: names(hub?.create) }).to.deep.equal({
      ...nothing,
      create: [
        "GatewayAssociation hub-site-data-centre",
        "RouteTable hub-site-data-centre",
        "RouteTableAssociation hub-site-data-centre",
        "RouteTablePropagation hub-site-data-centre.hub",
        "RouteTablePropagation hub-site-data-centre.prod",
        ...routes("172.16.0.0-14"),
        ...routes("10.128.0.0-9"),
        ...[1, 2, 3].map((zone) => `Route hub-private-${zone}-transit-172.16.0.0-14`),
        "SecurityGroupIngressRule hub-resolver-tcp-172.16.0.0-14",
        "SecurityGroupIngressRule hub-resolver-udp-172.16.0.0-14",
        ...ownTable("prod"),
        ...COMPONENTS,
      ].sort(),
    });
    expect(names(prod?.create)).to.deep.equal(
      [1, 2, 3].map((zone) => `Route prod-private-${zone}-transit-172.16.0.0-14`),
    );
    expect(others).to.deep.equal({ dev: nothing, staging: nothing });
  });

  it("that names no spoke reaches the hub alone", async () => {
    const { hub, ...spokes } = await changes(project, withSites(project, { office: { ...OFFICE, spokes: [] } }));
    const own = office("dev").filter((name) => !name.includes(".dev"));
    expect(names(hub?.create)).to.deep.equal([...own, "Sites hub-site"].sort());
    expect(spokes).to.deep.equal({ dev: nothing, staging: nothing, prod: nothing });
  });

  it("of a connected spoke uses the table that the spoke has", async () => {
    const connected = withConnections(project, [["dev", "staging"]]);
    const { hub } = await changes(connected, withSites(connected, { office: OFFICE }));
    expect({ ...hub, create: names(hub?.create) }).to.deep.equal({
      ...nothing,
      create: [...office("dev"), "Sites hub-site"].sort(),
    });
  });
});

/** A resource of the hub. */
const inHub = (planned: Plan, type: string, name: string): PlannedResource => {
  const found = stack(planned, "hub").resources.find((each) => each.type.endsWith(`:${type}`) && each.name === name);
  if (found === undefined) throw new Error(`there is no ${type} ${name}`);
  return found;
};

describe("the attachment of a site", () => {
  it("with BGP has the ASN of the device, and only strong algorithms in both tunnels", async () => {
    const planned = await plan(withSites(project, { office: OFFICE }));
    expect(inHub(planned, "CustomerGateway", "hub-site-office").inputs).to.deep.equal({
      ...{ type: "ipsec.1", ipAddress: "203.0.113.10", bgpAsn: "65010", tags: { Name: "hub-site-office" } },
    });
    const tunnel = (name: string) => ({
      [`${name}IkeVersions`]: ["ikev2"],
      [`${name}Phase1DhGroupNumbers`]: [19, 20, 21],
      [`${name}Phase1EncryptionAlgorithms`]: ["AES256-GCM-16"],
      [`${name}Phase1IntegrityAlgorithms`]: ["SHA2-256", "SHA2-384", "SHA2-512"],
      [`${name}Phase2DhGroupNumbers`]: [19, 20, 21],
      [`${name}Phase2EncryptionAlgorithms`]: ["AES256-GCM-16"],
      [`${name}Phase2IntegrityAlgorithms`]: ["SHA2-256", "SHA2-384", "SHA2-512"],
    });
    const vpn = inHub(planned, "VpnConnection", "hub-site-office");
    expect(vpn.inputs).to.deep.equal({
      type: "ipsec.1",
      customerGatewayId: "${aws:ec2/customerGateway:CustomerGateway::hub-site-office}",
      transitGatewayId: "${aws:ec2transitgateway/transitGateway:TransitGateway::hub}",
      staticRoutesOnly: false,
      ...tunnel("tunnel1"),
      ...tunnel("tunnel2"),
      tags: { Name: "hub-site-office" },
    });
    expect(vpn.options.protect).to.equal(true);
  });

  for (const [what, asn, inputs] of [
    ["without an ASN has static routes, and AWS's own ASN", undefined, { bgpAsn: "65000", staticRoutesOnly: true }],
    [
      "with an ASN above 2,147,483,647 has it in a property of its own",
      4_200_000_000,
      { bgpAsnExtended: "4200000000", staticRoutesOnly: false },
    ],
  ] as const) {
    it(what, async () => {
      const vpn: Json = { address: "203.0.113.10", ...(asn === undefined ? {} : { asn }) };
      const planned = await plan(withSites(project, { office: { ...OFFICE, vpn } }));
      const { bgpAsn, bgpAsnExtended } = inHub(planned, "CustomerGateway", "hub-site-office").inputs;
      const { staticRoutesOnly } = inHub(planned, "VpnConnection", "hub-site-office").inputs;
      const given = Object.entries({ bgpAsn, bgpAsnExtended, staticRoutesOnly }).filter(
        ([, value]) => value !== undefined,
      );
      expect(Object.fromEntries(given)).to.deep.equal(inputs);
    });
  }

  it("with Direct Connect announces the CIDRs of the hub and of the spokes that it names", async () => {
    const planned = await plan(withSites(project, { "data-centre": DATA_CENTRE }));
    const { allowedPrefixes } = inHub(planned, "GatewayAssociation", "hub-site-data-centre").inputs;
    expect(allowedPrefixes).to.deep.equal(["10.0.0.0/16", "10.3.0.0/16"]);
  });

  it("is moved to the table of the site after the routes of that table", async () => {
    const association = inHub(
      await plan(withSites(project, { office: OFFICE })),
      "RouteTableAssociation",
      "hub-site-office",
    );
    expect(association.inputs["replaceExistingAssociation"]).to.equal(true);
    expect(association.dependsOn.map((key) => key.replace(/^aws:ec2transitgateway\/\w+:/, ""))).to.include.members([
      "RouteTablePropagation::hub-site-office.hub",
      "RouteTablePropagation::hub-site-office.dev",
    ]);
  });
});

const FORWARDED = { "corp.example": ["192.168.0.53"] };

describe("forward-domains", () => {
  it("are an outbound endpoint and a shared rule in the hub, an association in every network, and nothing else", async () => {
    const base = withSites(project, { office: OFFICE });
    const { hub, ...spokes } = await changes(base, withSites(project, { office: OFFICE }, FORWARDED));
    const accounts = ["222222222222", "333333333333", "444444444444"];
    expect({ ...hub, create: names(hub?.create) }).to.deep.equal({
      ...nothing,
      create: [
        "Forwarding hub-outbound",
        "ResolverEndpoint hub-outbound",
        "ResolverRule hub-forward-corp.example",
        "ResolverRuleAssociation hub-corp.example",
        "ResourceAssociation hub-resolver-rules-corp.example",
        "ResourceShare hub-resolver-rules",
        "RuleAssociations hub",
        "SecurityGroup hub-outbound",
        ...accounts.map((account) => `PrincipalAssociation hub-resolver-rules-${account}`),
      ].sort(),
    });
    for (const [name, changed] of Object.entries(spokes)) {
      expect({ ...changed, create: names(changed.create) }, name).to.deep.equal({
        ...nothing,
        create: [`ResolverRuleAssociation ${name}-corp.example`, `RuleAssociations ${name}`],
      });
    }
  });

  it("let the endpoint send DNS to the servers alone, from fixed addresses", async () => {
    const planned = await plan(withSites(project, { office: OFFICE }, FORWARDED));
    const { egress, ingress } = inHub(planned, "SecurityGroup", "hub-outbound").inputs;
    const rule = (protocol: string) => ({
      description: `DNS over ${protocol} to the servers of forward-domains`,
      ...{ protocol, fromPort: 53, toPort: 53, cidrBlocks: ["192.168.0.53/32"] },
    });
    expect([egress, ingress]).to.deep.equal([[rule("tcp"), rule("udp")], undefined]);
    expect(inHub(planned, "ResolverEndpoint", "hub-outbound").inputs["ipAddresses"]).to.deep.equal([
      { subnetId: "${aws:ec2/subnet:Subnet::hub-private-1}", ip: "10.0.0.11" },
      { subnetId: "${aws:ec2/subnet:Subnet::hub-private-2}", ip: "10.0.64.11" },
    ]);
  });

  it("are left by a spoke that no longer lists them, while the hub still has the rules", async () => {
    const [both, one] = [{ "corp.example": ["192.168.0.53"], "lab.example": ["192.168.0.53"] }, FORWARDED];
    const before = withSites(project, { office: OFFICE }, both);
    const after = withConfig(before, "dev", { "forward-domains": one });
    const { dev, hub } = await changes(before, after);
    expect(dev).to.deep.include({ ...nothing, delete: [`${ASSOCIATION}::dev-lab.example`] });
    expect(hub).to.deep.include(nothing);
    const none = await changes(before, withConfig(before, "dev", { "forward-domains": {} }));
    expect(names(none["dev"]?.delete)).to.deep.equal([
      "ResolverRuleAssociation dev-corp.example",
      "ResolverRuleAssociation dev-lab.example",
      "RuleAssociations dev",
    ]);
  });

  it("change a server in place, and add a domain without touching the first", async () => {
    const base = withSites(project, { office: OFFICE }, FORWARDED);
    const more = { "corp.example": ["192.168.0.54"], "lab.example": ["192.168.0.53"] };
    const { hub, dev } = await changes(base, withSites(project, { office: OFFICE }, more));
    expect({ ...hub, create: names(hub?.create) }).to.deep.equal({
      ...nothing,
      create: [
        "ResolverRule hub-forward-lab.example",
        "ResolverRuleAssociation hub-lab.example",
        "ResourceAssociation hub-resolver-rules-lab.example",
      ],
      update: [
        { name: "aws:ec2/securityGroup:SecurityGroup::hub-outbound", properties: ["egress"] },
        { name: "aws:route53/resolverRule:ResolverRule::hub-forward-corp.example", properties: ["targetIps"] },
      ],
    });
    expect(names(dev?.create)).to.deep.equal(["ResolverRuleAssociation dev-lab.example"]);
  });
});

const BOTH = { office: OFFICE, "data-centre": DATA_CENTRE };
const full = (base: Project): Project => withSites(withConnections(base, [["dev", "staging"]]), BOTH, FORWARDED);

describe("sites with connections and forwarded domains", () => {
  it("pass every check", async () => {
    const results = runChecks(stacksOfPlan(await plan(full(project))));
    expect(results.filter(({ passed }) => !passed)).to.deep.equal([]);
  });

  it("pass every check with NAT gateways in the hub, and with alarms, which watch both tunnels", async () => {
    const base = withConfig(projectWithAlarms, "hub", { "central-egress": true });
    const planned = await plan(full(withConfig(base, "dev", { egress: "hub" })));
    expect(runChecks(stacksOfPlan(planned)).filter(({ passed }) => !passed)).to.deep.equal([]);
    const alarms = stack(planned, "hub").resources.filter(({ name }) => name.startsWith("hub-alarm-vpn"));
    expect(alarms.map(({ name, inputs }) => [name, inputs["dimensions"]])).to.deep.equal(
      ["down", "tunnel"].map((kind) => [
        `hub-alarm-vpn-${kind}-office`,
        { VpnId: "${aws:ec2/vpnConnection:VpnConnection::hub-site-office}" },
      ]),
    );
  });

  it("replace and delete nothing when one more site, spoke, AZ or named spoke comes", async () => {
    const branch = { ...OFFICE, cidrs: ["100.64.0.0/16"], spokes: ["staging"], vpn: { address: "203.0.113.11" } };
    const grown = [
      withSites(full(project), { ...BOTH, branch }, FORWARDED),
      full(withNetworks(project, { ...register(), qa: { cidr: "10.4.0.0/16", account: "555555555555" } })),
      withConfig(full(project), "dev", { "az-count": 3 }),
      withSites(full(project), { ...BOTH, office: { ...OFFICE, spokes: ["dev", "prod"] } }, FORWARDED),
      withSites(
        full(project),
        { ...BOTH, office: { ...OFFICE, cidrs: ["192.168.0.0/17", "192.168.128.0/17"] } },
        FORWARDED,
      ),
    ];
    for (const after of grown.slice(0, -1)) {
      const all = Object.values(await changes(full(project), after));
      expect(all.flatMap((each) => [...each.replace, ...each.delete])).to.deep.equal([]);
    }
    // Other CIDRs are other routes and rules; the attachment stays.
    const { hub } = await changes(full(project), grown.at(-1) ?? project);
    expect(hub?.replace).to.deep.equal([]);
    expect(names(hub?.delete).every((name) => /^(Route|SecurityGroupIngressRule) /.test(name))).to.equal(true);
  });

  it("delete their routes before those of a new connection, because a table has one route for a CIDR", async () => {
    const { resources } = stack(await plan(full(project)), "hub");
    const routes = resources.filter(
      ({ type, inputs }) =>
        type === "aws:ec2transitgateway/route:Route" && String(inputs["transitGatewayAttachmentId"]).includes("site"),
    );
    expect(routes.map(({ name }) => name)).to.have.length.above(3);
    expect(routes.filter(({ options }) => options.deleteBeforeReplace !== true)).to.deep.equal([]);
  });

  it("replace the VPN connection for a first ASN, and every route to it", async () => {
    const bgp = { ...BOTH, office: { ...OFFICE, vpn: { address: OFFICE.vpn.address } } };
    const { hub } = await changes(withSites(full(project), bgp, FORWARDED), full(project));
    expect(names(hub?.replace.map(({ name }) => name))).to.include.members([
      "CustomerGateway hub-site-office",
      "VpnConnection hub-site-office",
    ]);
  });

  it("replace the customer gateway for another address, and keep the VPN connection with its keys", async () => {
    const moved = { ...BOTH, office: { ...OFFICE, vpn: { ...OFFICE.vpn, address: "203.0.113.20" } } };
    const { hub } = await changes(full(project), withSites(full(project), moved, FORWARDED));
    expect({
      replace: hub?.replace.map(({ name }) => name),
      update: hub?.update.map(({ name }) => name),
    }).to.deep.equal({
      replace: ["aws:ec2/customerGateway:CustomerGateway::hub-site-office"],
      update: ["aws:ec2/vpnConnection:VpnConnection::hub-site-office"],
    });
  });
});

/** Runs the program of the hub while AWS propagates some attachments to every table; returns resources and warnings of sites. */
async function runHub(sites: Json, propagated: readonly string[], attached = true, base = project) {
  const aws: Cloud = {
    ...cloud({}),
    call(token) {
      if (token.endsWith(":getRouteTablePropagations")) return { ids: [...propagated] };
      if (token.endsWith(":getAvailabilityZones")) {
        const letters = ["a", "b", "c"];
        return {
          names: letters.map((letter) => `ap-southeast-3${letter}`),
          zoneIds: letters.map((_, index) => `apse3-az${String(index + 1)}`),
        };
      }
      return { ids: attached ? ["tgw-attach-1"] : [] };
    },
  };
  const changed = withSites(base, sites);
  const config = configForProgram(changed, "hub", stackConfig(changed, changed.stacks["hub"] ?? {}));
  const warnings: string[] = [];
  const log = pulumi.log as { warn: typeof pulumi.log.warn };
  const { warn } = log;
  log.warn = (message) => Promise.resolve(void warnings.push(message));
  try {
    const options = { project: project.name, stack: "hub", organization: "acme", config, preview: false };
    const { resources } = await run(program, aws, options);
    return { resources, warnings: warnings.filter((message) => message.startsWith("The site")) };
  } finally {
    log.warn = warn;
  }
}

describe("a site's own routes", () => {
  const id = "${aws:ec2/vpnConnection:VpnConnection::hub-site-office.transitGatewayAttachmentId}";

  it("are reported, with the command that keeps them out, while AWS propagates them to the hub's table", async () => {
    const { warnings } = await runHub({ office: OFFICE }, [id]);
    expect(warnings).to.deep.equal([
      "The site office propagates its routes to the transit gateway route table hub-hub: a route that the site announces " +
        "could draw the hub's traffic to a spoke. Disable it once, and after every replacement of the connection: aws ec2 " +
        "disable-transit-gateway-route-table-propagation --transit-gateway-route-table-id " +
        "${aws:ec2transitgateway/routeTable:RouteTable::hub-hub} --transit-gateway-attachment-id " +
        id,
    ]);
  });

  it("are kept from the firewall's table by routes that drop, which keep the names that they have without a firewall", async () => {
    const before = withSites(withConfig(project, "hub", { "central-egress": true }), { office: OFFICE });
    const { hub } = await changes(before, withConfig(before, "hub", { inspection: true }));
    const route = "aws:ec2transitgateway/route:Route::";
    expect(hub?.create.filter((name) => name.includes("site-"))).to.deep.equal([
      `${route}hub-site-office-inspected.192.168.0.0-16`,
    ]);
    expect(hub?.replace.map(({ name }) => name).filter((name) => name.includes("site-"))).to.deep.equal([
      `${route}hub-site-office.hub.192.168.0.0-16`,
    ]);
    expect(hub?.delete).to.deep.equal([]);
  });

  it("are also reported for the table that the hub's attachment uses with inspection", async () => {
    const inspected = withConfig(project, "hub", { "central-egress": true, inspection: true });
    const { warnings } = await runHub({ office: OFFICE }, [id], true, inspected);
    const command = (table: string): string =>
      `--transit-gateway-route-table-id \${aws:ec2transitgateway/routeTable:RouteTable::${table}} --transit-gateway-attachment-id ${id}`;
    expect(warnings.map((each) => each.slice(0, each.indexOf(":")))).to.deep.equal([
      "The site office propagates its routes to the transit gateway route table hub-hub",
      "The site office propagates its routes to the transit gateway route table hub-inspected",
    ]);
    expect(warnings.map((each) => each.slice(each.indexOf("--transit-gateway-route-table-id")))).to.deep.equal([
      command("hub-hub"),
      command("hub-inspected"),
    ]);
  });

  it("are not mentioned once that is disabled", async () => {
    expect((await runHub({ office: OFFICE }, ["tgw-attach-9"])).warnings).to.deep.equal([]);
  });

  it("are static, and none leads to a spoke that is not attached yet", async () => {
    const { resources } = await runHub({ office: OFFICE }, [], false);
    const propagations = resources.filter(
      ({ name, type }) => type.endsWith(":RouteTablePropagation") && name.includes("site"),
    );
    expect(propagations.map(({ name }) => name)).to.deep.equal(["hub-site-office.hub"]);
  });
});
