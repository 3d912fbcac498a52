import { expect } from "chai";
import { accessKey } from "../../../components/spoke/cluster";
import { architectureOf, architecturesFault } from "../../../components/facts/instance-types";
import { kubernetesVersionFault, kubernetesVersionWarning } from "../../../components/facts/versions";
import { nodesByZone } from "../../../components/spoke/nodes";
import { privateServicesFault, wayTo } from "../../../components/facts/endpoint-services";

describe("the architecture of an instance type", () => {
  for (const type of [
    "m7g.large",
    "c6gn.xlarge",
    "t4g.small",
    "im4gn.large",
    "is4gen.medium",
    "a1.large",
    "x2gd.metal",
  ]) {
    it(`${type} is arm64`, () => {
      expect(architectureOf(type)).to.equal("arm64");
    });
  }
  for (const type of ["m7i.large", "g5.xlarge", "m7i-flex.large", "c7a.large", "t3.medium", "p4d.24xlarge"]) {
    it(`${type} is x86_64`, () => {
      expect(architectureOf(type)).to.equal("x86_64");
    });
  }
  it("is one in a list, or a fault", () => {
    expect(architecturesFault(["m7g.large", "c7g.large"])).to.be.undefined;
    expect(architecturesFault(["m7g.large", "t3.large"])).to.contain("m7g.large is arm64 and t3.large is x86_64");
  });
});

describe("a Kubernetes version", () => {
  it("that EKS supports is taken, and any other refused with those", () => {
    expect(kubernetesVersionFault("1.35")).to.be.undefined;
    expect(kubernetesVersionFault("1.30")).to.contain('"1.35" (until 2027-03-27)');
  });

  it("whose support ends within 60 days is warned of, with the next one", () => {
    expect(kubernetesVersionWarning("1.35", "2026-11-24")).to.be.undefined;
    expect(kubernetesVersionWarning("1.34", "2026-11-24")).to.contain(
      "standard support of Kubernetes 1.34 ends on 2026-12-02, and EKS then upgrades the cluster",
    );
    expect(kubernetesVersionWarning("1.34", "2026-12-24")).to.contain("ended on 2026-12-02");
    expect(kubernetesVersionWarning("1.34", "2026-11-24")).to.contain('set kubernetes-version to "1.35"');
  });
});

describe("the nodes of a count", () => {
  for (const [nodes, zones, expected] of [
    [2, 2, [1, 1]],
    [2, 3, [1, 1, 1]],
    [5, 3, [2, 2, 1]],
    [1, 2, [1, 1]],
    [100, 3, [34, 33, 33]],
  ] as const) {
    it(`${String(nodes)} in ${String(zones)} zones are ${expected.join(", ")}`, () => {
      expect(nodesByZone(nodes, zones)).to.deep.equal(expected);
    });
  }
});

describe("the key of an administrator", () => {
  it("tells roles of one name apart by account and path", () => {
    expect([
      accessKey("arn:aws:iam::222222222222:role/ops"),
      accessKey("arn:aws:iam::333333333333:role/ops"),
      accessKey("arn:aws:iam::222222222222:role/team/ops"),
    ]).to.deep.equal(["222222222222/ops", "333333333333/ops", "222222222222/team/ops"]);
  });
});

describe("what a private node needs", () => {
  it("goes by the hub's endpoint where there is one, S3 by the gateway endpoint, and the rest by NAT", () => {
    const ways = { sharedEndpoints: ["ecr.api"], nat: true };
    expect(["ecr.api", "s3", "sts"].map((service) => wayTo(service, ways))).to.deep.equal([
      "shared endpoint",
      "gateway endpoint",
      "NAT gateway",
    ]);
  });

  it("is a fault of a cluster without NAT unless all of it is private", () => {
    const sentence = (services: string): string =>
      "egress is none, so the cluster needs an endpoint for every service that it calls, and the hub has none for " +
      `${services}; add them to shared-endpoints of the hub and update the hub first, or choose another egress`;
    const few = { sharedEndpoints: ["ecr.api", "ecr.dkr"], nat: false };
    expect(privateServicesFault(few, true)).to.equal(
      sentence("ec2, eks, eks-auth, sts, sqs, elasticloadbalancing, ssm, ssmmessages, ec2messages, logs"),
    );
    expect(privateServicesFault(few, false)).to.equal(
      sentence("ec2, eks, eks-auth, sts, ssm, ssmmessages, ec2messages, logs"),
    );
    const all = "ec2 ecr.api ecr.dkr eks eks-auth sts ssm ssmmessages ec2messages logs".split(" ");
    expect(privateServicesFault({ sharedEndpoints: all, nat: false }, false)).to.be.undefined;
    expect(privateServicesFault({ sharedEndpoints: all, nat: false }, true)).to.equal(
      sentence("sqs, elasticloadbalancing"),
    );
    const withManaged = [...all, "sqs", "elasticloadbalancing"];
    expect(privateServicesFault({ sharedEndpoints: withManaged, nat: false }, true)).to.be.undefined;
    expect(privateServicesFault({ sharedEndpoints: [], nat: true }, true)).to.be.undefined;
  });
});
