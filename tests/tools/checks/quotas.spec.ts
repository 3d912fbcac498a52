import { expect } from "chai";
import { defaultQuotas, type Quota, quotaReaches, quotaUses } from "../../../tools/checks/fits-default-quotas";
import {
  countOf,
  isStandard,
  length,
  longest,
  longestSum,
  type Measure,
  most,
  mostBy,
  ofNetworks,
  vcpusOf,
} from "../../../tools/checks/quotas/measures";
import type { AllStacks, ModelResource, Properties, StackResources } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { checks } from "../../../tools/report/view/checks";
import { project, withConfig } from "../../support/plans";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";

let made = 0;
function resource(type: string, inputs: Properties = {}): ModelResource {
  made += 1;
  return { type, name: String(made), id: String(made), inputs };
}

function stack(name: string, ...resources: readonly ModelResource[]): StackResources {
  return { name, isHub: name === "hub", resources };
}

function allStacks(...stacks: readonly StackResources[]): AllStacks {
  return { project: "net", stacks, addressSpace: "10.0.0.0/8", accountMap: [], shareWith: [] };
}

/** The value of a measure for one stack with these resources. */
function measured(measure: Measure, ...resources: readonly ModelResource[]): number | undefined {
  const hub = stack("hub", ...resources);
  return measure(hub, allStacks(hub));
}

describe("a measure", () => {
  it("is undefined, not zero, if there is nothing to measure", () => {
    const measures = [
      countOf(ROLE),
      mostBy(ROLE, ({ name }) => name),
      longest(ROLE, "assumeRolePolicy"),
      longestSum(POLICY, "policy", ({ name }) => name),
      ofNetworks(() => 1),
    ];
    expect(measures.map((measure) => measured(measure, resource("aws:s3/bucket:Bucket")))).to.deep.equal(
      measures.map(() => undefined),
    );
    expect(most([])).to.equal(undefined);
    expect(most([0, 3, 2])).to.equal(3);
  });

  it("counts the matching resources of a type", () => {
    const roles = [resource(ROLE, { path: "/a/" }), resource(ROLE, { path: "/b/" }), resource(VPC)];
    expect(measured(countOf(ROLE), ...roles)).to.equal(2);
    expect(
      measured(
        countOf(ROLE, ({ inputs }) => inputs["path"] === "/b/"),
        ...roles,
      ),
    ).to.equal(1);
    expect(
      measured(
        countOf(ROLE, () => false),
        ...roles,
      ),
    ).to.equal(undefined);
  });

  it("counts the resources with the most frequent value of a property", () => {
    const policies = ["a", "b", "b", "c"].map((role) => resource(POLICY, { role }));
    expect(
      measured(
        mostBy(POLICY, ({ inputs }) => String(inputs["role"])),
        ...policies,
      ),
    ).to.equal(2);
  });

  it("takes the longest policy of a type, each on its own", () => {
    const roles = ["12345", "1234567", "1"].map((assumeRolePolicy) => resource(ROLE, { assumeRolePolicy }));
    expect(measured(longest(ROLE, "assumeRolePolicy"), ...roles)).to.equal(7);
  });

  it("adds up the inline policies of a role without white space, which IAM does not count", () => {
    const policies = [
      resource(POLICY, { role: "a", policy: "1 2\n3" }),
      resource(POLICY, { role: "a", policy: "45" }),
      resource(POLICY, { role: "b", policy: "1234" }),
    ];
    expect(
      measured(
        longestSum(POLICY, "policy", ({ inputs }) => String(inputs["role"])),
        ...policies,
      ),
    ).to.equal(5);
  });

  it("takes the fullest network of this stack only", () => {
    const [small, large] = [resource(VPC), resource(VPC)];
    const hub = stack("hub", small, resource(SUBNET, { vpcId: small.id }));
    const dev = stack("dev", large, resource(SUBNET, { vpcId: large.id }), resource(SUBNET, { vpcId: large.id }));
    const subnets = ofNetworks((network) => network.subnets.length);
    expect([hub, dev].map((each) => subnets(each, allStacks(hub, dev)))).to.deep.equal([1, 2]);
  });

  it("counts unknown values with their longest possible length", () => {
    expect(length('{"Resource":"x"}')).to.equal(16);
    expect(length('"${aws:iam/role:Role::hub.arn}"')).to.equal(102);
    expect(length('"${aws:route53/zone:Zone::hub.arn}"')).to.equal(62);
    expect(length('"${aws:iam/role:Role::a.arn}${aws:iam/role:Role::b.arn}"')).to.equal(202);
    // A policy variable has the length of its text.
    expect(length('"${aws:PrincipalAccount}"')).to.equal(25);
  });
});

describe("the reach of a quota", () => {
  /** Roles of the hub: two and three for each spoke. */
  function withSpokes(count: number): AllStacks {
    const roles = Array.from({ length: 2 + 3 * count }, () => resource(ROLE));
    return allStacks(
      stack("hub", ...roles),
      ...Array.from({ length: count }, (_, index) => stack(`spoke-${String(index + 1)}`, resource(VPC))),
    );
  }

  const roles = (limit: number): Quota => ({
    ...{ name: "roles of an account", limit, isAdjustable: true, source: "a page" },
    used: countOf(ROLE),
  });
  const reach = (limit: number, smaller = 1, larger = 2): number | undefined =>
    quotaReaches(withSpokes(smaller), withSpokes(larger), [roles(limit)])[0]?.spokes;

  it("shows the usage of each stack that uses the quota", () => {
    const uses = quotaUses(withSpokes(2), [roles(10)]);
    expect(uses.map((use) => [use.stack, use.used])).to.deep.equal([["hub", 8]]);
  });

  it("is exactly the largest number of spokes that fits", () => {
    for (let limit = 8; limit <= 20; limit += 1) {
      const spokes = reach(limit)!;
      const used = (count: number): number => quotaUses(withSpokes(count), [roles(limit)])[0]!.used;
      expect([used(spokes) <= limit, used(spokes + 1) <= limit], `limit ${String(limit)}`).to.deep.equal([true, false]);
    }
    expect([8, 10, 11, 13, 14].map((limit) => reach(limit))).to.deep.equal([2, 2, 3, 3, 4]);
  });

  it("is the same for any two numbers of spokes", () => {
    expect([reach(20), reach(20, 2, 3), reach(20, 1, 5)]).to.deep.equal([6, 6, 6]);
  });

  it("is below the number of spokes if the quota is already exceeded", () => {
    expect(reach(5, 3, 4)).to.equal(1);
    expect(reach(1, 3, 4)).to.equal(-1);
  });

  it("is empty for what does not grow, or without an additional spoke", () => {
    const fixed = { ...roles(10), used: countOf(VPC) };
    expect(quotaReaches(withSpokes(1), withSpokes(2), [fixed])).to.deep.equal([]);
    expect(quotaReaches(withSpokes(2), withSpokes(2), [roles(10)])).to.deep.equal([]);
  });

  it("shows what each spoke adds", () => {
    const [met] = quotaReaches(withSpokes(1), withSpokes(3), [roles(20)]);
    expect([met?.stack, met?.used, met?.perSpoke]).to.deep.equal(["hub", 5, 3]);
  });
});

describe("the default quotas", () => {
  it("match the AWS documentation: adjustable or not", () => {
    const describeQuotas = (isAdjustable: boolean): string[] =>
      defaultQuotas("10.0.0.0/8")
        .filter((quota) => quota.isAdjustable === isAdjustable)
        .map(({ limit, name }) => `${String(limit)} ${name}`);
    expect(describeQuotas(false)).to.deep.equal([
      "10240 characters of inline policies per role",
      "10240 characters per repository policy",
      "10240 characters per repository policy of the image cache",
      "10240 characters per registry policy",
      "20480 bytes per bucket policy",
      "20480 characters per endpoint policy",
      "300 VPCs per private hosted zone",
      "1000 VPC association authorizations per hosted zone",
      "5000 attachments per transit gateway",
      "200 prefixes per transit gateway to Direct Connect",
      "256 /16 networks in the address space",
    ]);
    expect(describeQuotas(true)).to.deep.equal([
      "2048 characters per role trust policy",
      "1000 IAM roles per account",
      "10 managed policies per role",
      "500 hosted zones per account",
      "4 Resolver endpoints per Region",
      "6 IP addresses per Resolver endpoint",
      "20 query logging configurations per Region",
      "10000 routes per transit gateway",
      "20 route tables per transit gateway",
      "50 VPN connections per Region",
      "50 customer gateways per Region",
      "1000 Resolver rules per Region",
      "5 VPCs per Region",
      "200 subnets per VPC",
      "200 route tables per VPC",
      "500 routes per route table",
      "5 Elastic IP addresses per Region",
      "5 firewalls per Region",
      "50 stateful rule groups per Region",
      "5 NAT gateways per Availability Zone",
      "60 inbound rules per security group",
      "5 security groups per network interface",
      "50 interface endpoints per VPC",
      "20 gateway endpoints per Region",
      "30 managed node groups per cluster",
      "5 vCPUs of Standard On-Demand instances during node updates",
    ]);
  });

  it("each name the page with the value", () => {
    expect(
      defaultQuotas("10.0.0.0/8").filter(({ source }) => !/^[A-Z].+, ("[^"]+"|[\w-]+)$/.test(source)),
    ).to.deep.equal([]);
  });

  it("count a policy for itself while its role is not known, as in the first preview of a spoke", () => {
    const inline = defaultQuotas("10.0.0.0/8").find(({ name }) => name === "characters of inline policies per role")!;
    const dev = stack("dev", resource(POLICY, { policy: "123" }), resource(POLICY, { policy: "12" }));
    expect(inline.used(dev, allStacks(dev))).to.equal(3);
  });

  it("allow as many networks as the address space has /16 CIDRs", () => {
    const networks = (space: string): number | undefined => defaultQuotas(space).at(-1)?.limit;
    expect(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(networks)).to.deep.equal([256, 16, 1]);
  });
});

const NAME = "vCPUs of Standard On-Demand instances during node updates";

// Review A9.
describe("the vCPUs of an instance type", () => {
  it("follow from the size in its name", () => {
    const types = ["m7g.medium", "m7g.large", "c7i.xlarge", "r8g.2xlarge", "c5.9xlarge", "m7i.metal-24xl", "m7g.metal"];
    expect(types.map(vcpusOf)).to.deep.equal([1, 2, 4, 8, 36, 96, 64]);
  });

  it("are those of large for small sizes of T3, T3a and T4g, and fewer for T2", () => {
    const small = ["t3.nano", "t3a.micro", "t4g.small", "t3.medium", "t3.large", "t4g.xlarge"];
    expect(small.map(vcpusOf)).to.deep.equal([2, 2, 2, 2, 2, 4]);
    expect(["t2.nano", "t2.micro", "t2.small", "t2.medium", "t2.large"].map(vcpusOf)).to.deep.equal([1, 1, 1, 2, 2]);
  });

  it("are unknown for an unknown size", () => {
    expect(["m9x.metal", "m7g.huge", "m7g", ""].map(vcpusOf)).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("count against the quota only for the Standard families", () => {
    expect(
      ["a1.large", "c7g.large", "im4gn.large", "m7i-flex.large", "t3.small", "z1d.large"].filter(isStandard),
    ).to.have.lengthOf(6);
    expect(
      ["g5.xlarge", "p5.48xlarge", "inf2.xlarge", "trn1.2xlarge", "x2gd.large", "hpc7g.4xlarge", "u-6tb1.metal"].filter(
        isStandard,
      ),
    ).to.deep.equal([]);
  });
});

describe("the quota of vCPUs", () => {
  const uses = async (config: Record<string, boolean | number | readonly string[]> = {}) => {
    const all = stacksOfPlan(await plan(withConfig(project, "dev", config as never)));
    return quotaUses(all, defaultQuotas(all.addressSpace))
      .filter(({ quota }) => quota.name === NAME)
      .map(({ stack, used }) => `${stack} ${String(used)}`);
  };

  it("counts every node and two more per AZ, at two vCPUs each", async () => {
    expect(await uses()).to.deep.equal(["dev 12", "staging 12", "prod 18"]);
  });

  it("counts the largest of several types, and nothing for an unknown size or without a cluster", async () => {
    expect((await uses({ "node-instance-types": ["m7g.large", "m7g.2xlarge"] }))[0]).to.equal("dev 48");
    expect((await uses({ "node-count": 5 }))[0]).to.equal("dev 18");
    expect(await uses({ "node-instance-types": ["g5.xlarge"] })).to.deep.equal(["staging 12", "prod 18"]);
    expect(await uses({ cluster: false })).to.deep.equal(["staging 12", "prod 18"]);
  });

  it("is reported if exceeded, but the check passes: the first deployment increases it", async () => {
    const results = checks(await plan(project)).filter(({ name }) => name === "fits-default-quotas");
    expect(results.map(({ passed }) => passed)).to.deep.equal([true, true, true, true]);
    const shown = results.flatMap(({ stack, evidence }) =>
      evidence.filter((line) => line.startsWith(NAME)).map((line) => `${stack} ${line}`),
    );
    const page = '(AWS General Reference, "Amazon EC2 endpoints and quotas")';
    expect(shown).to.deep.equal([
      `dev ${NAME}: 12 of 5, request an increase before the first deployment ${page}`,
      `staging ${NAME}: 12 of 5, request an increase before the first deployment ${page}`,
      `prod ${NAME}: 18 of 5, request an increase before the first deployment ${page}`,
    ]);
  });
});
