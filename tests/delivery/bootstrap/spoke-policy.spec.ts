import { expect } from "chai";
import { deploymentPolicies } from "../../../delivery/bootstrap/deployment-policy";
import { asking } from "./requests";
import { dev, DEV_ACCOUNT, HUB_ACCOUNT } from "./scopes";

const OURS = { "aws:ResourceTag/Project": "piksel" };
const BOUNDED = { "iam:PermissionsBoundary": dev.boundaryArn };
const role = (name: string, account = DEV_ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`;
const ec2 = (kind: string, account = DEV_ACCOUNT): string => `arn:aws:ec2:ap-southeast-3:${account}:${kind}/x`;

describe("the deployment role of a spoke", () => {
  const may = asking(deploymentPolicies(dev));

  it("makes a network, and tags it as it does", () => {
    expect(may("ec2:CreateVpc", ec2("vpc"))).to.equal("allowed");
    expect(may("ec2:CreateTags", ec2("vpc"), { "ec2:CreateAction": "CreateVpc" })).to.equal("allowed");
  });

  it("changes and deletes what the program has tagged, and nothing else", () => {
    for (const [action, kind] of [
      ["ec2:DeleteVpc", "vpc"],
      ["ec2:ReplaceRoute", "route-table"],
      ["ec2:CreateRoute", "route-table"],
      ["ec2:DeleteNatGateway", "natgateway"],
      ["ec2:DeleteTags", "subnet"],
    ] as const) {
      expect(may(action, ec2(kind), OURS), action).to.equal("allowed");
      expect(may(action, ec2(kind)), action).to.equal("not allowed");
    }
  });

  it("builds into VPCs and subnets of the program alone, an attachment to the gateway too", () => {
    for (const [action, kind] of [
      ["ec2:CreateSubnet", "vpc"],
      ["ec2:CreateRouteTable", "vpc"],
      ["ec2:CreateVpcEndpoint", "vpc"],
      ["ec2:CreateFlowLogs", "vpc"],
      ["ec2:CreateNatGateway", "subnet"],
      ["ec2:CreateTransitGatewayVpcAttachment", "vpc"],
      ["ec2:CreateTransitGatewayVpcAttachment", "subnet"],
    ] as const) {
      expect(may(action, ec2(kind), OURS), `${action} ${kind}`).to.equal("allowed");
      expect(may(action, ec2(kind)), `${action} ${kind}`).to.equal("not allowed");
    }
    const gateway = ec2("transit-gateway", HUB_ACCOUNT);
    expect(may("ec2:CreateTransitGatewayVpcAttachment", gateway)).to.equal("allowed");
  });

  it("works in its region alone", () => {
    const elsewhere = { "aws:RequestedRegion": "us-east-1" };
    expect(may("ec2:DeleteVpc", ec2("vpc"), { ...OURS, ...elsewhere })).to.equal("not allowed");
    expect(may("ec2:DescribeVpcs", "*", elsewhere)).to.equal("not allowed");
  });

  it("opens the group that EKS made for its cluster, and no other group", () => {
    const group = (tags: Record<string, string>): string =>
      may("ec2:AuthorizeSecurityGroupIngress", ec2("security-group"), tags);
    expect(group({ "aws:ResourceTag/aws:eks:cluster-name": "piksel-dev" })).to.equal("allowed");
    expect(group({ "aws:ResourceTag/aws:eks:cluster-name": "other" })).to.equal("not allowed");
    expect(group({ ...OURS, "aws:ResourceTag/Name": "dev" })).to.equal("not allowed");
    expect(group({})).to.equal("not allowed");
  });

  it("makes roles of its own name with the boundary on them, and none without", () => {
    for (const action of [
      "iam:CreateRole",
      "iam:PutRolePolicy",
      "iam:AttachRolePolicy",
      "iam:UpdateAssumeRolePolicy",
      "iam:DeleteRole",
    ]) {
      expect(may(action, role("dev-node-1a2b3c4"), BOUNDED), action).to.equal("allowed");
      expect(may(action, role("dev-node-1a2b3c4")), action).to.equal("not allowed");
      expect(may(action, role("admin"), BOUNDED), action).to.equal("not allowed");
    }
  });

  it("cannot take the boundary off, nor put a wider one on", () => {
    expect(may("iam:DeleteRolePermissionsBoundary", role("dev-node"), BOUNDED)).to.equal("not allowed");
    const wider = { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" };
    expect(may("iam:PutRolePermissionsBoundary", role("dev-node"), wider)).to.equal("not allowed");
  });

  it("cannot change what an administrator has prepared: its role, the policies, the boundary, the issuer", () => {
    const own = role("pulumi-deployments/piksel-network-dev-deployment");
    for (const action of ["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole", "iam:PassRole"]) {
      expect(may(action, own, BOUNDED), action).to.equal("not allowed");
    }
    for (const action of ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:DeletePolicy"]) {
      expect(may(action, dev.boundaryArn), action).to.equal("not allowed");
    }
    const issuer = `arn:aws:iam::${DEV_ACCOUNT}:oidc-provider/api.pulumi.com/oidc`;
    expect(may("iam:UpdateOpenIDConnectProviderThumbprint", issuer)).to.equal("not allowed");
    expect(may("iam:AddClientIDToOpenIDConnectProvider", issuer)).to.equal("not allowed");
  });

  it("makes neither users nor keys", () => {
    for (const action of ["iam:CreateUser", "iam:CreateAccessKey", "iam:CreateLoginProfile"]) {
      expect(may(action, `arn:aws:iam::${DEV_ACCOUNT}:user/x`), action).to.equal("not allowed");
    }
  });

  it("passes its roles to EC2 and EKS, and to nothing that would run code with them", () => {
    const to = (service: string) => ({ "iam:PassedToService": service });
    expect(may("iam:PassRole", role("dev-node-1a2b3c4"), to("eks.amazonaws.com"))).to.equal("allowed");
    expect(may("iam:PassRole", role("dev-node-1a2b3c4"), to("lambda.amazonaws.com"))).to.equal("not allowed");
    for (const other of ["admin", "dev-admin"]) {
      expect(may("iam:PassRole", role(other), to("ec2.amazonaws.com")), other).to.equal("not allowed");
    }
  });

  it("passes one role to EventBridge, the one that tells the hub of changes", () => {
    const toEvents = { "iam:PassedToService": "events.amazonaws.com" };
    expect(may("iam:PassRole", role("dev-transit-events-1a2b3c4"), toEvents)).to.equal("allowed");
    expect(may("iam:PassRole", role("dev-node-1a2b3c4"), toEvents)).to.equal("not allowed");
  });

  it("takes the hub's roles for this spoke's zones, and no other role anywhere", () => {
    expect(may("sts:AssumeRole", role("piksel-spoke-access-dev", HUB_ACCOUNT))).to.equal("allowed");
    expect(may("sts:AssumeRole", role("piksel-spoke-preview-dev", HUB_ACCOUNT))).to.equal("allowed");
    for (const other of ["piksel-spoke-access-prod", "piksel-spoke-access", "piksel-dns-records-dev"]) {
      expect(may("sts:AssumeRole", role(other, HUB_ACCOUNT)), other).to.equal("not allowed");
    }
    expect(may("sts:AssumeRole", role("OrganizationAccountAccessRole", HUB_ACCOUNT))).to.equal("not allowed");
    expect(may("sts:AssumeRole", role("admin"))).to.equal("not allowed");
  });

  it("keeps its own cluster, queue, rules and log group, and not those of others", () => {
    const arn = (service: string, path: string): string => `arn:aws:${service}:ap-southeast-3:${DEV_ACCOUNT}:${path}`;
    for (const [action, own, other] of [
      ["eks:UpdateClusterVersion", arn("eks", "cluster/piksel-dev"), arn("eks", "cluster/other")],
      ["eks:DeleteNodegroup", arn("eks", "nodegroup/piksel-dev/system-1/x"), arn("eks", "nodegroup/other/a/x")],
      ["sqs:DeleteQueue", arn("sqs", "piksel-dev"), arn("sqs", "orders")],
      ["events:PutRule", arn("events", "rule/dev-karpenter-health-1a2b3c4"), arn("events", "rule/nightly")],
      ["events:PutRule", arn("events", "rule/dev-transit-events-1a2b3c4"), arn("events", "rule/dev-nightly")],
      ["ssm:PutParameter", arn("ssm", "parameter/piksel/dev/deletion-guard"), arn("ssm", "parameter/piksel/prod/x")],
      [
        "logs:DeleteLogGroup",
        arn("logs", "log-group:/aws/eks/piksel-dev/cluster"),
        arn("logs", "log-group:/aws/lambda/x"),
      ],
    ] as const) {
      expect(may(action, own), action).to.equal("allowed");
      expect(may(action, other), action).to.equal("not allowed");
    }
  });

  it("launches instances from launch templates of its own alone, as EKS requires of who makes a node group", () => {
    const from = { "ec2:LaunchTemplate": ec2("launch-template") };
    expect(may("ec2:RunInstances", ec2("launch-template"), { ...from, ...OURS })).to.equal("allowed");
    expect(may("ec2:RunInstances", ec2("launch-template"), from)).to.equal("not allowed");
    expect(may("ec2:RunInstances", ec2("instance"), from)).to.equal("allowed");
    expect(may("ec2:RunInstances", ec2("instance"))).to.equal("not allowed");
  });

  // Review H5.
  it("makes a tagged key, and changes and uses none: the key's own policy lets the role of its stack manage it", () => {
    const tags = { "aws:RequestTag/Project": "piksel", "aws:TagKeys": ["Project", "Owner"] };
    expect(may("kms:CreateKey", "*", tags)).to.equal("allowed");
    expect(may("kms:CreateKey")).to.equal("not allowed");
    for (const action of ["kms:CreateGrant", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:Decrypt"]) {
      expect(may(action, `arn:aws:kms:ap-southeast-3:${DEV_ACCOUNT}:key/1`, OURS), action).to.equal("not allowed");
    }
  });

  it("leaves the account's own guards alone", () => {
    for (const action of [
      "cloudtrail:StopLogging",
      "config:StopConfigurationRecorder",
      "guardduty:DeleteDetector",
      "organizations:LeaveOrganization",
      "account:CloseAccount",
      "route53:ChangeResourceRecordSets",
      "secretsmanager:GetSecretValue",
      "ssm:GetParameter",
    ]) {
      expect(may(action, "*", OURS), action).to.equal("not allowed");
    }
  });
});
