import { expect } from "chai";
import { boundaryPolicy } from "../../bootstrap/boundary";
import { MANAGED_POLICY_CHARACTERS, size } from "../../bootstrap/documents";
import type { PolicyDocument } from "../../components/policy-document";
import { plan, type Plan } from "../../plan/plan";
import { project, withConfig } from "../support/plans";
import { policiesOf } from "../support/policies";
import { asking } from "./requests";
import { dev, DEV_ACCOUNT, hub, HUB_ACCOUNT } from "./scopes";

const EVERYTHING: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

describe("the boundary of the roles that a stack makes", () => {
  let planned: Plan;
  before(async () => {
    planned = await plan(withConfig(project, "hub", { "image-publishers": ["repo:acme/core:ref:refs/heads/main"] }));
  });

  for (const [name, deployment] of Object.entries({ hub, dev })) {
    it(`leaves them all that their own policies give them, in ${name}`, () => {
      const may = asking([boundaryPolicy(deployment)]);
      const actions = policiesOf(planned, name)
        .filter(({ place }) => place.startsWith("aws:iam/rolePolicy:"))
        .flatMap(({ document }) => document.Statement.flatMap(({ Action }) => Action));
      expect(actions).not.to.have.length(0);
      const role = `arn:aws:iam::${deployment.account}:role/${name}-karpenter-node`;
      const context = { "iam:PassedToService": "ec2.amazonaws.com" };
      const refused = actions.filter((action) => may(action, role, context) !== "allowed");
      expect(refused).to.deep.equal([]);
    });
  }

  it("leaves nodes, CNI, EBS CSI and the control plane what AWS's own policies give them", () => {
    const may = asking([boundaryPolicy(dev)]);
    for (const action of [
      "ec2:AssignPrivateIpAddresses",
      "ec2:AttachVolume",
      "ec2:CreateNetworkInterface",
      "ec2messages:GetMessages",
      "ecr:BatchGetImage",
      "eks-auth:AssumeRoleForPodIdentity",
      "eks:DescribeCluster",
      "elasticloadbalancing:CreateLoadBalancer",
      "kms:DescribeKey",
      "ssm:UpdateInstanceInformation",
      "ssmmessages:OpenDataChannel",
    ]) {
      expect(may(action), action).to.equal("allowed");
    }
    expect(may("kms:Decrypt", "*", { "aws:ResourceTag/Project": "piksel" })).to.equal("allowed");
    const key = `arn:aws:kms:ap-southeast-3:${DEV_ACCOUNT}:key/ebs`;
    const byVolume = { "kms:ViaService": "ec2.ap-southeast-3.amazonaws.com" };
    expect(may("kms:CreateGrant", key, byVolume)).to.equal("allowed");
    expect(may("kms:CreateGrant", key)).to.equal("not allowed");
  });

  it("holds even a role that was given everything", () => {
    const may = asking([EVERYTHING], boundaryPolicy(dev));
    for (const action of [
      "iam:CreateRole",
      "iam:CreateUser",
      "iam:PutRolePolicy",
      "iam:AttachRolePolicy",
      "iam:CreatePolicyVersion",
      "iam:UpdateAssumeRolePolicy",
      "organizations:LeaveOrganization",
      "cloudtrail:StopLogging",
      "sts:AssumeRole",
      "s3:GetObject",
      "kms:Decrypt",
      "eks:CreateAccessEntry",
      "secretsmanager:GetSecretValue",
      "route53:ChangeResourceRecordSets",
    ]) {
      expect(may(action), action).to.equal("not allowed");
    }
    expect(may("ec2:RunInstances", "*", { "aws:RequestedRegion": "us-east-1" })).to.equal("not allowed");
  });

  it("lets Karpenter pass its nodes' role to EC2, and no role to anything else", () => {
    const may = asking([EVERYTHING], boundaryPolicy(dev));
    const own = `arn:aws:iam::${DEV_ACCOUNT}:role/dev-karpenter-node`;
    expect(may("iam:PassRole", own, { "iam:PassedToService": "ec2.amazonaws.com" })).to.equal("allowed");
    expect(may("iam:PassRole", own, { "iam:PassedToService": "lambda.amazonaws.com" })).to.equal("not allowed");
    const admin = `arn:aws:iam::${HUB_ACCOUNT}:role/admin`;
    expect(may("iam:PassRole", admin, { "iam:PassedToService": "ec2.amazonaws.com" })).to.equal("not allowed");
  });

  it("fits a managed policy", () => {
    expect(size(boundaryPolicy(dev))).to.be.at.most(MANAGED_POLICY_CHARACTERS);
  });
});
