import { expect } from "chai";
import type { PolicyDocument } from "../../../components/policy-document";
import { plan, type Plan } from "../../../tools/planner/plan";
import { evaluate, type IamRequest, type IamVerdict } from "../../support/iam";
import { project, stack } from "../../support/plans";
import { policiesOf, policyOf } from "../../support/policies";

const DEV = "222222222222";
const EC2 = `arn:aws:ec2:ap-southeast-3:${DEV}`;
const NODE_ROLE = "${aws:iam/role:Role::dev-karpenter-node.arn}";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

const policy = (name: string, property?: string): PolicyDocument => policyOf(planned, "dev", name, property);
const asks = (document: PolicyDocument, action: string, resource: string, context: IamRequest["context"]): IamVerdict =>
  evaluate(document, { principal: "arn:aws:iam::222222222222:role/x", action, resource, context: context ?? {} });

/** Tags that Karpenter puts on what it makes for a cluster. */
const requestTags = (cluster: string): Record<string, string> => ({
  [`aws:RequestTag/kubernetes.io/cluster/${cluster}`]: "owned",
  "aws:RequestTag/eks:eks-cluster-name": cluster,
  "aws:RequestTag/karpenter.sh/nodepool": "default",
});
/** The same tags on a resource that exists. */
const resourceTags = (cluster: string): Record<string, string> => ({
  [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: "owned",
  "aws:ResourceTag/karpenter.sh/nodepool": "default",
});

describe("Karpenter's controller", () => {
  const launch = (action: string, resource: string, context: Record<string, string>): IamVerdict =>
    asks(policy("aws:iam/rolePolicy:RolePolicy::dev-karpenter-launch"), action, resource, context);

  it("launches instances that are tagged as this cluster's, and no others", () => {
    expect(launch("ec2:RunInstances", `${EC2}:instance/*`, requestTags("piksel-dev"))).to.equal("allowed");
    expect(launch("ec2:RunInstances", `${EC2}:instance/*`, requestTags("piksel-other"))).to.equal("not allowed");
    expect(launch("ec2:RunInstances", `${EC2}:instance/*`, {})).to.equal("not allowed");
  });

  it("launches only into the cluster's subnets and with its security group", () => {
    const subnet = { "aws:ResourceTag/karpenter.sh/discovery": "piksel-dev" };
    const group = { "aws:ResourceTag/aws:eks:cluster-name": "piksel-dev" };
    expect(launch("ec2:RunInstances", `${EC2}:subnet/subnet-1`, subnet)).to.equal("allowed");
    expect(launch("ec2:RunInstances", `${EC2}:subnet/subnet-public`, {})).to.equal("not allowed");
    expect(launch("ec2:RunInstances", `${EC2}:security-group/sg-1`, group)).to.equal("allowed");
    expect(launch("ec2:RunInstances", `${EC2}:security-group/sg-open`, subnet)).to.equal("not allowed");
  });

  it("launches only in its own account and Region", () => {
    const elsewhere = `arn:aws:ec2:eu-west-1:${DEV}:instance/*`;
    expect(launch("ec2:RunInstances", elsewhere, requestTags("piksel-dev"))).to.equal("not allowed");
    const theirs = "arn:aws:ec2:ap-southeast-3:999999999999:instance/*";
    expect(launch("ec2:RunInstances", theirs, requestTags("piksel-dev"))).to.equal("not allowed");
  });

  it("terminates its own instances, and those of nobody else", () => {
    const instance = `${EC2}:instance/i-1`;
    expect(launch("ec2:TerminateInstances", instance, resourceTags("piksel-dev"))).to.equal("allowed");
    expect(launch("ec2:TerminateInstances", instance, resourceTags("piksel-prod"))).to.equal("not allowed");
    expect(launch("ec2:TerminateInstances", instance, {})).to.equal("not allowed");
  });

  it("cannot tag an instance into its own", () => {
    const steal = { ...requestTags("piksel-dev"), "aws:TagKeys": "kubernetes.io/cluster/piksel-dev" };
    expect(launch("ec2:CreateTags", `${EC2}:instance/i-database`, steal)).to.equal("not allowed");
  });

  it("gives the nodes' role to EC2, and no other role to anything", () => {
    const document = policy("aws:iam/rolePolicy:RolePolicy::dev-karpenter-node-role");
    const toEc2 = { "iam:PassedToService": "ec2.amazonaws.com" };
    expect(asks(document, "iam:PassRole", NODE_ROLE, toEc2)).to.equal("allowed");
    expect(asks(document, "iam:PassRole", "arn:aws:iam::222222222222:role/admin", toEc2)).to.equal("not allowed");
    expect(asks(document, "iam:PassRole", NODE_ROLE, { "iam:PassedToService": "lambda.amazonaws.com" })).to.equal(
      "not allowed",
    );
  });

  it("looks, in its region, and changes nothing by that", () => {
    const document = policy("aws:iam/rolePolicy:RolePolicy::dev-karpenter-discovery");
    const here = { "aws:RequestedRegion": "ap-southeast-3" };
    expect(asks(document, "ec2:DescribeSubnets", "*", here)).to.equal("allowed");
    expect(asks(document, "ec2:DescribeSubnets", "*", { "aws:RequestedRegion": "eu-west-1" })).to.equal("not allowed");
    expect(asks(document, "ssm:GetParameter", "arn:aws:ssm:ap-southeast-3::parameter/aws/service/x", {})).to.equal(
      "allowed",
    );
    expect(asks(document, "ssm:GetParameter", `arn:aws:ssm:ap-southeast-3:${DEV}:parameter/secret`, {})).to.equal(
      "not allowed",
    );
    expect(asks(document, "iam:CreateInstanceProfile", "*", here)).to.equal("not allowed");
  });

  it("has policies that fit a role's 10,240 characters", () => {
    const inline = policiesOf(planned, "dev").filter(({ place }) =>
      /RolePolicy::dev-karpenter-(launch|discovery|node-role|interruption) /.test(place),
    );
    expect(inline).to.have.length(4);
    expect(inline.reduce((sum, { document }) => sum + JSON.stringify(document).length, 0)).to.be.below(10_240);
  });
});

describe("the interruption queue", () => {
  const QUEUE = "${aws:sqs/queue:Queue::dev-karpenter.arn}";
  const send = (principal: string, context: Record<string, string>): IamVerdict =>
    evaluate(policy("aws:sqs/queuePolicy:QueuePolicy::dev-karpenter"), {
      principal,
      action: "sqs:SendMessage",
      resource: QUEUE,
      context: { "aws:SecureTransport": "true", ...context },
    });
  const rule = "${aws:cloudwatch/eventRule:EventRule::dev-karpenter-spot-interruption.arn}";

  it("takes the events of its own rules, and of nobody else's", () => {
    expect(send("events.amazonaws.com", { "aws:SourceArn": rule })).to.equal("allowed");
    const theirs = "arn:aws:events:ap-southeast-3:999999999999:rule/noise";
    expect(send("events.amazonaws.com", { "aws:SourceArn": theirs })).to.equal("not allowed");
    expect(send("arn:aws:iam::222222222222:role/x", { "aws:SourceArn": rule })).to.equal("not allowed");
  });

  it("refuses whatever comes without TLS", () => {
    const plain = { "aws:SourceArn": rule, "aws:SecureTransport": "false" };
    expect(send("events.amazonaws.com", plain)).to.equal("denied");
  });
});

describe("the roles of pods", () => {
  const take = (role: string, tags: Record<string, string>): IamVerdict =>
    evaluate(policy(`aws:iam/role:Role::${role}`, "assumeRolePolicy"), {
      principal: "pods.eks.amazonaws.com",
      action: "sts:AssumeRole",
      resource: role,
      context: tags,
    });
  const tags = (cluster: string, namespace: string, account: string): Record<string, string> => ({
    "aws:RequestTag/eks-cluster-arn": `arn:aws:eks:ap-southeast-3:${DEV}:cluster/${cluster}`,
    "aws:RequestTag/kubernetes-namespace": namespace,
    "aws:RequestTag/kubernetes-service-account": account,
  });

  const POD_ROLES = [
    ["dev-vpc-cni", "kube-system", "aws-node"],
    ["dev-ebs-csi", "kube-system", "ebs-csi-controller-sa"],
    ["dev-external-dns", "external-dns", "external-dns"],
    ["dev-load-balancer-controller", "kube-system", "aws-load-balancer-controller"],
    ["dev-karpenter", "kube-system", "karpenter"],
  ] as const;

  it("are these", () => {
    const associations = stack(planned, "dev").resources.filter(({ type }) => type.endsWith(":PodIdentityAssociation"));
    expect(
      associations.map(({ inputs }) => [inputs["roleArn"], inputs["namespace"], inputs["serviceAccount"]]),
    ).to.have.deep.members(POD_ROLES.map(([role, ...account]) => [`\${aws:iam/role:Role::${role}.arn}`, ...account]));
  });

  for (const [role, namespace, account] of POD_ROLES) {
    it(`${role} is taken by ${account} of this cluster, and by no other account, namespace or cluster`, () => {
      expect(take(role, tags("piksel-dev", namespace, account))).to.equal("allowed");
      expect(take(role, tags("piksel-dev", namespace, "default"))).to.equal("not allowed");
      expect(take(role, tags("piksel-prod", namespace, account))).to.equal("not allowed");
      expect(take(role, tags("piksel-dev", "default", account))).to.equal("not allowed");
    });
  }
});

describe("the nodes", () => {
  it("fill the cache of the hub's registry at a first pull, and make no other repository", () => {
    for (const role of ["dev-node", "dev-karpenter-node"]) {
      const document = policy(`aws:iam/rolePolicy:RolePolicy::${role}-first-pull`);
      const below = (path: string): string => `arn:aws:ecr:ap-southeast-3:111111111111:repository/${path}`;
      expect(asks(document, "ecr:CreateRepository", below("ecr-public/karpenter"), {})).to.equal("allowed");
      expect(asks(document, "ecr:CreateRepository", below("mine"), {})).to.equal("not allowed");
      expect(asks(document, "ecr:PutImage", below("ecr-public/karpenter"), {})).to.equal("not allowed");
    }
  });

  it("keep their credentials from pods, and encrypt their disks", () => {
    const templates = stack(planned, "prod").resources.filter(
      ({ type }) => type === "aws:ec2/launchTemplate:LaunchTemplate",
    );
    expect(templates.map(({ name }) => name)).to.deep.equal(["prod-system-1", "prod-system-2", "prod-system-3"]);
    for (const { inputs } of templates) {
      expect(inputs["metadataOptions"]).to.deep.equal({
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      });
      expect(inputs["blockDeviceMappings"]).to.have.nested.property("[0].ebs.encrypted", "true");
    }
  });
});
