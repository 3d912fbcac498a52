import { expect } from "chai";
import { decodeSettings } from "../../../components/settings/decode";
import { goodConfig, raw } from "./good-config";

const HUB = { name: "hub", cidr: "10.0.0.0/16", account: "111111111111" };
const SPOKES = [
  { name: "dev", cidr: "10.1.0.0/16", account: "222222222222" },
  { name: "staging", cidr: "10.2.0.0/16", account: "333333333333" },
  { name: "prod", cidr: "10.3.0.0/16", account: "444444444444" },
];

describe("settings", () => {
  it("of a spoke are what its configuration says", () => {
    expect(decodeSettings(raw(goodConfig("dev")))).to.deep.equal({
      role: "spoke",
      networks: [HUB, ...SPOKES],
      network: SPOKES[0],
      hub: HUB,
      hubStack: "acme/piksel-network/hub",
      region: "ap-southeast-3",
      addressSpace: "10.0.0.0/9",
      connections: { tables: [], forAll: [] },
      sites: [],
      forwardDomains: [],
      securityGroupReferences: false,
      domain: "net.example.org",
      kubernetesServiceCidr: "10.200.0.0/20",
      naming: { project: "piksel-network", prefix: "acme-net" },
      tags: {
        Project: "acme-net",
        Environment: "dev",
        ManagedBy: "pulumi",
        Owner: "Team A: networks@example.org",
        Service: "network",
        CostCenter: "4711",
        "acme:tier": "",
      },
      zones: ["ap-southeast-3a", "ap-southeast-3b", "ap-southeast-3c"],
      egress: "zonal",
      oneNatPerAz: false,
      dnsResolver: "vpc",
      dnsFirewall: {
        mode: "block",
        domainLists: ["rslvr-fdl-0a1b2c3d4e5f6071", "rslvr-fdl-4e96d4ce77f466b"],
        allowedDomains: ["api.example.com", "*.example.net"],
      },
      protect: false,
      alarms: { on: true, emails: ["network@example.org"], topics: [] },
      permissionsBoundary: "arn:aws:iam::222222222222:policy/pulumi-deployments/dev-boundary",
      cluster: true,
      internetLoadBalancers: true,
      kubernetesVersion: "1.35",
      clusterAdmins: ["arn:aws:iam::222222222222:role/admin", "arn:aws:iam::222222222222:role/ops/on-call"],
      clusterPrivateAccessCidrs: ["10.0.0.0/16", "192.168.20.0/24"],
      clusterPublicAccessCidrs: ["203.0.113.0/24"],
      nodeAutoscaling: "auto",
      nodeInstanceTypes: ["m7g.large", "m7g.metal-16xl"],
      nodeCount: 4,
      warnings: [],
    });
  });

  it("of the hub are what its configuration says", () => {
    expect(decodeSettings(raw(goodConfig("hub")))).to.deep.equal({
      role: "hub",
      networks: [HUB, ...SPOKES],
      network: HUB,
      spokes: SPOKES,
      region: "ap-southeast-3",
      addressSpace: "10.0.0.0/9",
      connections: { tables: [], forAll: [] },
      sites: [],
      securityGroupReferences: false,
      domain: "net.example.org",
      kubernetesServiceCidr: "10.200.0.0/20",
      naming: { project: "piksel-network", prefix: "acme-net" },
      tags: {
        Project: "acme-net",
        Environment: "hub",
        ManagedBy: "pulumi",
        Owner: "Team A: networks@example.org",
        Service: "network",
        CostCenter: "4711",
        "acme:tier": "",
      },
      zones: ["ap-southeast-3a", "ap-southeast-3b", "ap-southeast-3c"],
      dnsFirewall: {
        mode: "block",
        domainLists: ["rslvr-fdl-0a1b2c3d4e5f6071", "rslvr-fdl-4e96d4ce77f466b"],
        allowedDomains: ["api.example.com", "*.example.net"],
      },
      protect: false,
      alarms: { on: true, emails: ["network@example.org"], topics: [] },
      permissionsBoundary: "arn:aws:iam::111111111111:policy/pulumi-deployments/hub-boundary",
      repositories: ["core", "team/app"],
      imagePublishers: ["repo:acme/app:ref:refs/heads/main", "repo:acme@123/web@456:ref:refs/tags/v*"],
      sharedEndpoints: ["ecr.api", "sts"],
      shareWith: ["arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5"],
      inboundResolver: true,
      forwardDomains: [],
      centralEgress: true,
      inspection: {
        enabled: true,
        ruleGroups: ["MalwareDomains", "ThreatSignaturesBotnetWeb"],
        domains: [".ap-southeast-3.amazonaws.com", "example.com"],
      },
      flowLogRetentionDays: 30,
      transitFlowLogs: false,
      warnings: [
        "protect is false, so pulumi destroy would delete the hub: destroy the spokes first, " +
          "which lose DNS, images and their log archive without it (dev, staging, prod)",
      ],
    });
  });

  it("list the spokes in address order, in whatever order the register comes", () => {
    const config = goodConfig("hub");
    const networks = config.values["networks"] as Record<string, unknown>;
    config.values["networks"] = Object.fromEntries(Object.entries(networks).sort());
    config.values["networks"] = {
      ...(config.values["networks"] as object),
      late: { cidr: "10.10.0.0/16", account: "5".repeat(12) },
    };
    const settings = decodeSettings(raw(config));
    expect(settings.role === "hub" && settings.spokes.map(({ name }) => name)).to.deep.equal([
      "dev",
      "staging",
      "prod",
      "late",
    ]);
  });

  it("take REGION + a, b, c for an empty list of zones", () => {
    const config = goodConfig();
    config.values["availability-zones"] = [];
    expect(decodeSettings(raw(config)).zones).to.deep.equal(["ap-southeast-3a", "ap-southeast-3b", "ap-southeast-3c"]);
    config.values["az-count"] = 2;
    expect(decodeSettings(raw(config)).zones).to.deep.equal(["ap-southeast-3a", "ap-southeast-3b"]);
  });

  it("take the given zones in the given order", () => {
    const config = goodConfig();
    config.values["availability-zones"] = ["ap-southeast-3c", "ap-southeast-3b", "ap-southeast-3a"];
    expect(decodeSettings(raw(config)).zones).to.deep.equal(["ap-southeast-3c", "ap-southeast-3b", "ap-southeast-3a"]);
  });

  // Review M7: what is refused is in faults.spec.ts.
  it("take publishers that are one branch, one environment, a tag or tags that begin alike", () => {
    const publishers = [
      "repo:acme/app:ref:refs/heads/release/1.0",
      "repo:acme/app:environment:Production EU",
      "repo:acme/app:environment:prod:job_workflow_ref:acme/shared/.github/workflows/push.yml@refs/heads/main",
      "repo:acme@1/app@2:ref:refs/tags/v1.2.3",
      "repo:acme/app:ref:refs/tags/v*",
    ];
    const config = goodConfig("hub");
    config.values["image-publishers"] = publishers;
    expect(decodeSettings(raw(config)))
      .to.have.property("imagePublishers")
      .that.deep.equals(publishers);
  });

  it("leave the hub's stack open when hub-stack is empty", () => {
    const config = goodConfig();
    config.values["hub-stack"] = "";
    expect(decodeSettings(raw(config))).to.include({ hubStack: undefined });
  });

  it("bound no role when permissions-boundary is empty, in the hub and in a spoke", () => {
    for (const stack of ["hub", "dev"]) {
      const config = goodConfig(stack);
      config.values["permissions-boundary"] = "";
      expect(decodeSettings(raw(config))).to.include({ permissionsBoundary: undefined });
    }
  });

  it("take a boundary of AWS's own", () => {
    const config = goodConfig();
    config.values["permissions-boundary"] = "arn:aws:iam::aws:policy/PowerUserAccess";
    expect(decodeSettings(raw(config))).to.include({
      permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess",
    });
  });

  it("take an account that YAML read as a number", () => {
    const config = goodConfig();
    config.values["networks"] = {
      hub: { cidr: "10.0.0.0/16", account: 111111111111 },
      dev: { cidr: "10.1.0.0/16", account: 222222222222 },
    };
    expect(decodeSettings(raw(config)).network.account).to.equal("222222222222");
  });

  it("take the other private spaces and Regions", () => {
    const config = goodConfig();
    config.region = "eu-central-2";
    config.values["availability-zones"] = [];
    config.values["permissions-boundary"] = "arn:aws:iam::222222222222:policy/boundary";
    config.values["address-space"] = "100.64.0.0/10";
    config.values["networks"] = {
      hub: { cidr: "100.64.0.0/16", account: "111111111111" },
      dev: { cidr: "100.127.0.0/16", account: "222222222222" },
    };
    config.values["cluster-admins"] = ["arn:aws:iam::222222222222:role/admin"];
    config.values["share-with"] = ["arn:aws:organizations::111111111111:ou/o-a1b2c3d4e5/ou-ab12-12345678"];
    expect(decodeSettings(raw(config))).to.deep.include({ region: "eu-central-2", addressSpace: "100.64.0.0/10" });
  });

  it("of the hub alone warn of networks that share an account", () => {
    // Review engine 7.
    const config = goodConfig("hub");
    config.values["protect"] = true;
    (config.values["networks"] as Record<string, unknown>)["staging"] = {
      cidr: "10.2.0.0/16",
      account: "222222222222",
    };
    expect(decodeSettings(raw(config)).warnings).to.deep.equal([
      "networks.dev and networks.staging are in one account, 222222222222: " +
        "they share its quotas, and whoever may change one may change both",
    ]);
    expect(
      decodeSettings(raw({ ...config, stack: "staging", values: { ...config.values, "permissions-boundary": "" } })),
    )
      .to.have.property("warnings")
      .that.deep.equals([]);
  });

  it("warn of NAT gateways that the hub does not have, and only there", () => {
    const config = goodConfig("hub");
    config.values["protect"] = true;
    config.values["one-nat-per-az"] = true;
    expect(decodeSettings(raw(config)).warnings).to.deep.equal([
      "one-nat-per-az is true, which changes nothing: it is a key of spokes",
    ]);
    const spoke = goodConfig("dev");
    spoke.values["one-nat-per-az"] = true;
    expect(decodeSettings(raw(spoke))).to.deep.include({ oneNatPerAz: true, warnings: [] });
  });

  for (const egress of ["regional", "hub", "none"]) {
    it(`warn of one-nat-per-az with egress ${egress}, and of that key in the hub`, () => {
      const spoke = goodConfig("dev");
      spoke.values["egress"] = egress;
      spoke.values["cluster"] = false;
      spoke.values["node-autoscaling"] = "karpenter";
      expect(decodeSettings(raw(spoke))).to.deep.include({ egress, warnings: [] });
      spoke.values["one-nat-per-az"] = true;
      expect(decodeSettings(raw(spoke)).warnings).to.deep.equal([
        `one-nat-per-az is true, which changes nothing: egress is ${egress}, and only zonal uses it`,
      ]);
      const hub = goodConfig("hub");
      hub.values["protect"] = true;
      hub.values["egress"] = egress;
      expect(decodeSettings(raw(hub)).warnings).to.deep.equal([
        `egress is ${egress}, which changes nothing: it is a key of spokes`,
      ]);
    });
  }

  it("warn of a cluster without a path to Route 53", () => {
    const spoke = goodConfig("dev");
    spoke.values["egress"] = "none";
    expect(decodeSettings(raw(spoke)).warnings).to.deep.equal([
      "egress is none: nodes pull a cached image only after a spoke with a path to the internet has pulled it once, and " +
        "external-dns does not reach Amazon Route 53, so it writes no records",
    ]);
  });

  it("warn of a hub whose guard is off while spokes need it, and not of one without spokes", () => {
    // Review engine 6.
    const config = goodConfig("hub");
    expect(decodeSettings(raw(config)).warnings).to.have.length(1);
    config.values["networks"] = { hub: { cidr: "10.0.0.0/16", account: "111111111111" } };
    expect(decodeSettings(raw(config)).warnings).to.deep.equal([]);
  });

  it("warn of a cluster that nobody can use, and not of a network without a cluster", () => {
    // Review C1.
    const config = goodConfig();
    config.values["cluster-admins"] = [];
    expect(decodeSettings(raw(config)).warnings).to.deep.equal([
      "cluster-admins is empty: nobody can use kubectl in the cluster; list the ARNs of the IAM roles that may",
    ]);
    Object.assign(config.values, { cluster: false, "node-autoscaling": "karpenter" });
    expect(decodeSettings(raw(config)).warnings).to.deep.equal([]);
  });
});
