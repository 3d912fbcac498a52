import { expect } from "chai";
import type { PolicyDocument } from "../../../components/policy-document";
import { withSpokes } from "../../../tools/bench/spokes";
import { plan, planStack, type Plan } from "../../../tools/planner/plan";
import { evaluate, type IamRequest } from "../../support/iam";
import { project, withConfig } from "../../support/plans";
import { policiesOf, policyOf } from "../../support/policies";

const HUB = "111111111111";
const DEV = "222222222222";
const STRANGER = "999999999999";
const ADDON_REGISTRY = "296578399912";

const REPOSITORY = `arn:aws:ecr:ap-southeast-3:${HUB}:repository/piksel-core`;

/** A request by a node, a stack or a person of an account. */
const request = (account: string, action: string, resource: string, more: IamRequest["context"] = {}): IamRequest => ({
  principal: `arn:aws:iam::${account}:role/any`,
  action,
  resource,
  context: { "aws:PrincipalAccount": account, ...more },
});

/** Account whose registry a request is about. */
const of = (account: string): IamRequest["context"] => ({ "aws:ResourceAccount": account });

let planned: Plan;
const policy = (resource: string, property?: string): PolicyDocument => policyOf(planned, "hub", resource, property);
before(async () => {
  planned = await plan(
    withConfig(project, "hub", {
      "image-publishers": ["repo:piksel-ina/core:ref:refs/heads/main"],
      "shared-endpoints": ["ecr.api", "ecr.dkr", "sts"],
    }),
  );
});

describe("the endpoints of the registry", () => {
  for (const service of ["ecr.api", "ecr.dkr"]) {
    const verdict = (asked: IamRequest): string =>
      evaluate(policy(`aws:ec2/vpcEndpoint:VpcEndpoint::hub-endpoint-${service}`), asked);

    it(`${service} lets a spoke be authorised, and pull our images`, () => {
      expect(verdict(request(DEV, "ecr:GetAuthorizationToken", "*"))).to.equal("allowed");
      expect(verdict(request(DEV, "ecr:BatchGetImage", REPOSITORY, of(HUB)))).to.equal("allowed");
    });

    it(`${service} lets the images of EKS add-ons be pulled, which its zone captures`, () => {
      const addon = `arn:aws:ecr:ap-southeast-3:${ADDON_REGISTRY}:repository/eks/coredns`;
      expect(verdict(request(DEV, "ecr:BatchGetImage", addon))).to.equal("allowed");
      expect(verdict(request(DEV, "ecr:PutImage", addon))).to.equal("not allowed");
    });

    it(`${service} lets a first pull fill the cache`, () => {
      const cached = `arn:aws:ecr:ap-southeast-3:${HUB}:repository/quay/prometheus/prometheus`;
      expect(verdict(request(DEV, "ecr:BatchImportUpstreamImage", cached))).to.equal("allowed");
    });

    it(`${service} lets nobody push to a registry outside, with our credentials or others`, () => {
      const theirs = `arn:aws:ecr:ap-southeast-3:${STRANGER}:repository/loot`;
      expect(verdict(request(DEV, "ecr:PutImage", theirs, of(STRANGER)))).to.equal("not allowed");
      expect(verdict(request(STRANGER, "ecr:PutImage", theirs, of(STRANGER)))).to.equal("not allowed");
    });

    it(`${service} lets nobody pull an image of a registry outside`, () => {
      const theirs = `arn:aws:ecr:ap-southeast-3:${STRANGER}:repository/trojan`;
      expect(verdict(request(DEV, "ecr:BatchGetImage", theirs, of(STRANGER)))).to.equal("not allowed");
    });

    it(`${service} does not accept credentials of an account outside`, () => {
      expect(verdict(request(STRANGER, "ecr:GetAuthorizationToken", "*"))).to.equal("not allowed");
      expect(verdict(request(STRANGER, "ecr:BatchGetImage", REPOSITORY, of(HUB)))).to.equal("not allowed");
    });
  }

  it("another service's endpoint allows that service for our accounts only", () => {
    const sts = policy("aws:ec2/vpcEndpoint:VpcEndpoint::hub-endpoint-sts");
    expect(evaluate(sts, request(DEV, "sts:GetCallerIdentity", "*"))).to.equal("allowed");
    expect(evaluate(sts, request(STRANGER, "sts:GetCallerIdentity", "*"))).to.equal("not allowed");
    expect(evaluate(sts, request(DEV, "ec2:DescribeInstances", "*"))).to.equal("not allowed");
  });
});

describe("a repository", () => {
  for (const [place, property] of [
    ["aws:ecr/repositoryPolicy:RepositoryPolicy::hub-images-piksel-core", "policy"],
    ["aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate::hub-cache-quay", "repositoryPolicy"],
  ] as const) {
    it(`is listed and pulled from by our accounts, and pushed to by none of them: ${place}`, () => {
      const document = policy(place, property);
      expect(evaluate(document, request(DEV, "ecr:BatchGetImage", REPOSITORY))).to.equal("allowed");
      expect(evaluate(document, request(DEV, "ecr:ListImages", REPOSITORY))).to.equal("allowed");
      expect(evaluate(document, request(DEV, "ecr:PutImage", REPOSITORY))).to.equal("not allowed");
      expect(evaluate(document, request(STRANGER, "ecr:BatchGetImage", REPOSITORY))).to.equal("not allowed");
    });
  }

  it("that is cached is made and filled by a first pull, below the prefixes of the cache alone", () => {
    const registry = policy("aws:ecr/registryPolicy:RegistryPolicy::hub-cache");
    const below = (path: string): string => `arn:aws:ecr:ap-southeast-3:${HUB}:repository/${path}`;
    const by = (account: string, role: string, path: string): string =>
      evaluate(
        registry,
        request(account, "ecr:CreateRepository", below(path), {
          "aws:PrincipalArn": `arn:aws:iam::${account}:role/${role}`,
        }),
      );
    expect(by(DEV, "dev-node-1a2b3c4", "ecr-public/karpenter")).to.equal("allowed");
    expect(by(DEV, "dev-karpenter-node-1a2b3c4", "quay/x")).to.equal("allowed");
    expect(by(DEV, "dev-node-1a2b3c4", "mine")).to.equal("not allowed");
    expect(by(STRANGER, "dev-node-1a2b3c4", "quay/x")).to.equal("not allowed");
    // Security review, low: a repository that somebody else makes has no policy, and nobody pulls from it.
    expect(by(DEV, "dev-karpenter-1a2b3c4", "quay/x")).to.equal("not allowed");
    expect(by(DEV, "administrator", "quay/x")).to.equal("not allowed");
  });
});

describe("the role of image publishers", () => {
  const role = "aws:iam/role:Role::hub-publishing";
  const github = (sub: string, aud = "sts.amazonaws.com"): IamRequest => ({
    principal: "${aws:iam/openIdConnectProvider:OpenIdConnectProvider::hub-publishing}",
    action: "sts:AssumeRoleWithWebIdentity",
    resource: role,
    context: { "token.actions.githubusercontent.com:sub": sub, "token.actions.githubusercontent.com:aud": aud },
  });
  const asks = (asked: IamRequest): string => evaluate(policy(role, "assumeRolePolicy"), asked);

  it("is taken by the listed workflow, and by no other branch, repository or audience", () => {
    expect(asks(github("repo:piksel-ina/core:ref:refs/heads/main"))).to.equal("allowed");
    expect(asks(github("repo:piksel-ina/core:ref:refs/heads/feature"))).to.equal("not allowed");
    expect(asks(github("repo:stranger/core:ref:refs/heads/main"))).to.equal("not allowed");
    expect(asks(github("repo:piksel-ina/core:ref:refs/heads/main", "other"))).to.equal("not allowed");
  });

  it("pushes to our repositories and does nothing else", () => {
    const document = policy("aws:iam/rolePolicy:RolePolicy::hub-publishing");
    const ours = "${aws:ecr/repository:Repository::hub-images-piksel-core.arn}";
    expect(evaluate(document, request(HUB, "ecr:PutImage", ours))).to.equal("allowed");
    expect(evaluate(document, request(HUB, "ecr:PutImage", "arn:aws:ecr:r:1:repository/other"))).to.equal(
      "not allowed",
    );
    expect(evaluate(document, request(HUB, "ecr:DeleteRepository", ours))).to.equal("not allowed");
    expect(evaluate(document, request(HUB, "ecr:GetAuthorizationToken", "*"))).to.equal("allowed");
  });

  it("does not exist where nobody publishes", async () => {
    const none = await plan(project);
    const names = none[0]?.resources.map(({ type, name }) => `${type} ${name}`) ?? [];
    expect(names.filter((name) => name.includes("publishing") || name.includes("OpenIdConnect"))).to.deep.equal([]);
  });
});

describe("the S3 endpoint of a spoke", () => {
  const s3 = (asked: IamRequest): string =>
    evaluate(policyOf(planned, "dev", "aws:ec2/vpcEndpoint:VpcEndpoint::dev-s3"), asked);
  const bucketOf = (account: string): IamRequest["context"] => ({ "aws:ResourceAccount": account });

  it("lets image layers through, by whatever signed URL", () => {
    const layer = "arn:aws:s3:::prod-ap-southeast-3-starport-layer-bucket/abc";
    expect(s3({ principal: "*", action: "s3:GetObject", resource: layer })).to.equal("allowed");
    expect(s3({ principal: "*", action: "s3:PutObject", resource: layer })).to.equal("not allowed");
  });

  it("lets the operating system's packages through", () => {
    const file = "arn:aws:s3:::al2023-repos-ap-southeast-3-de612dc2/core/repomd.xml";
    expect(s3({ principal: "*", action: "s3:GetObject", resource: file })).to.equal("allowed");
  });

  it("lets us use our buckets", () => {
    expect(s3(request(DEV, "s3:PutObject", "arn:aws:s3:::mine/x", bucketOf(DEV)))).to.equal("allowed");
    expect(s3(request(DEV, "s3:GetObject", "arn:aws:s3:::hubs/x", bucketOf(HUB)))).to.equal("allowed");
  });

  it("allows no write to a bucket outside, with our credentials or others", () => {
    const loot = "arn:aws:s3:::loot/x";
    expect(s3(request(DEV, "s3:PutObject", loot, bucketOf(STRANGER)))).to.equal("not allowed");
    expect(s3(request(STRANGER, "s3:PutObject", loot, bucketOf(STRANGER)))).to.equal("not allowed");
  });
});

describe("the policies fit AWS's size limits at 100 spokes", () => {
  const LIMITS: Readonly<Record<string, number>> = {
    // IAM User Guide, "IAM and AWS STS quotas"
    "aws:iam/role:Role": 2_048,
    "aws:iam/rolePolicy:RolePolicy": 10_240,
    // AWS PrivateLink Guide, "AWS PrivateLink quotas"
    "aws:ec2/vpcEndpoint:VpcEndpoint": 20_480,
    // Amazon ECR User Guide, "Amazon ECR service quotas"
    "aws:ecr/repositoryPolicy:RepositoryPolicy": 10_240,
    "aws:ecr/registryPolicy:RegistryPolicy": 10_240,
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": 10_240,
    // Amazon S3 User Guide, "Bucket policies"
    "aws:s3/bucketPolicy:BucketPolicy": 20_480,
    // Amazon SNS API Reference, "SetTopicAttributes": an attribute is at most 30 KB
    "aws:sns/topicPolicy:TopicPolicy": 30_000,
  };
  it("each of the hub's", async () => {
    const hub = await planStack(withSpokes(project, 100), "hub", {});
    for (const { place, document } of policiesOf([hub], "hub")) {
      const type = place.slice(0, place.indexOf("::"));
      // An id of AWS's is shorter than our symbol for it: a zone's ARN has some 50 characters.
      const text = JSON.stringify(document).replace(/\$\{[^{}]+::[^{}]+\}/g, "x".repeat(50));
      expect(text.length, place).to.be.below(LIMITS[type] ?? 0);
    }
  });
});
