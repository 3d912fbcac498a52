import { expect } from "chai";
import { deploymentPolicies } from "../../bootstrap/deployment-policy";
import { asking } from "./requests";
import { dev, DEV_ACCOUNT, hub, HUB_ACCOUNT } from "./scopes";

const OURS = { "aws:ResourceTag/Project": "piksel" };
const BOUNDED = { "iam:PermissionsBoundary": dev.boundaryArn };
const role = (name: string, account = DEV_ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`;
const spokeAccess = role("piksel-spoke-access", HUB_ACCOUNT);

describe("the deployment role of a spoke", () => {
  const may = asking(deploymentPolicies(dev));

  it("makes a network, and tags it as it does", () => {
    expect(may("ec2:CreateVpc")).to.equal("allowed");
    expect(may("ec2:CreateTags", "*", { "ec2:CreateAction": "CreateVpc" })).to.equal("allowed");
  });

  it("changes and deletes what the program has tagged, and nothing else", () => {
    for (const action of ["ec2:DeleteVpc", "ec2:ReplaceRoute", "ec2:DeleteNatGateway", "ec2:DeleteTags"]) {
      expect(may(action, "*", OURS), action).to.equal("allowed");
      expect(may(action), action).to.equal("not allowed");
    }
  });

  it("cannot make somebody else's resource look like its own", () => {
    expect(may("ec2:CreateTags", `arn:aws:ec2:ap-southeast-3:${DEV_ACCOUNT}:vpc/vpc-1`)).to.equal("not allowed");
  });

  it("works in its region alone", () => {
    const elsewhere = { "aws:RequestedRegion": "us-east-1" };
    expect(may("ec2:CreateVpc", "*", elsewhere)).to.equal("not allowed");
    expect(may("ec2:DescribeVpcs", "*", elsewhere)).to.equal("not allowed");
  });

  it("makes roles of its own name with the boundary on them, and none without", () => {
    for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"]) {
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
    expect(may("iam:PassRole", role("dev-node"), to("eks.amazonaws.com"))).to.equal("allowed");
    expect(may("iam:PassRole", role("dev-node"), to("lambda.amazonaws.com"))).to.equal("not allowed");
    expect(may("iam:PassRole", role("admin"), to("eks.amazonaws.com"))).to.equal("not allowed");
  });

  it("takes the hub's role for zones, and no other role anywhere", () => {
    expect(may("sts:AssumeRole", spokeAccess)).to.equal("allowed");
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

  it("launches instances from launch templates of the account alone, as EKS demands of who makes a node group", () => {
    const template = `arn:aws:ec2:ap-southeast-3:${DEV_ACCOUNT}:launch-template/lt-1`;
    expect(may("ec2:RunInstances", "*", { "ec2:LaunchTemplate": template })).to.equal("allowed");
    expect(may("ec2:RunInstances")).to.equal("not allowed");
  });

  it("makes a tagged key and gives EKS its grant, and encrypts and decrypts nothing", () => {
    expect(may("kms:CreateKey", "*", { "aws:RequestTag/Project": "piksel" })).to.equal("allowed");
    expect(may("kms:CreateKey")).to.equal("not allowed");
    expect(may("kms:CreateGrant", "*", OURS)).to.equal("allowed");
    expect(may("kms:CreateGrant")).to.equal("not allowed");
    expect(may("kms:Decrypt", "*", OURS)).to.equal("not allowed");
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

describe("the deployment role of the hub", () => {
  const may = asking(deploymentPolicies(hub));
  const archive = "arn:aws:s3:::hub-logs-1a2b3c4";

  it("keeps the log archive, and neither reads nor deletes a log", () => {
    expect(may("s3:PutBucketPolicy", archive)).to.equal("allowed");
    expect(may("s3:PutBucketPolicy", "arn:aws:s3:::payroll")).to.equal("not allowed");
    for (const action of ["s3:GetObject", "s3:DeleteObject", "s3:PutObject"]) {
      expect(may(action, `${archive}/AWSLogs/x`), action).to.equal("not allowed");
    }
  });

  it("keeps the repositories, and neither pushes nor pulls an image", () => {
    const repository = `arn:aws:ecr:ap-southeast-3:${HUB_ACCOUNT}:repository/piksel-core`;
    expect(may("ecr:SetRepositoryPolicy", repository)).to.equal("allowed");
    for (const action of ["ecr:PutImage", "ecr:BatchGetImage", "ecr:BatchDeleteImage"]) {
      expect(may(action, repository), action).to.equal("not allowed");
    }
  });

  it("keeps the transit gateway and shares that carry its tag", () => {
    for (const action of ["ec2:ModifyTransitGateway", "ec2:DeleteTransitGatewayRoute", "ram:AssociateResourceShare"]) {
      expect(may(action, "*", OURS), action).to.equal("allowed");
      expect(may(action), action).to.equal("not allowed");
    }
  });

  it("makes the role for spokes, bounded, and takes no role itself", () => {
    const bounded = { "iam:PermissionsBoundary": hub.boundaryArn };
    expect(may("iam:CreateRole", spokeAccess, bounded)).to.equal("allowed");
    expect(may("iam:CreateRole", spokeAccess)).to.equal("not allowed");
    expect(may("sts:AssumeRole", spokeAccess)).to.equal("not allowed");
    const passed = { "iam:PassedToService": "eks.amazonaws.com" };
    expect(may("iam:PassRole", role("hub-publishing", HUB_ACCOUNT), passed)).to.equal("not allowed");
  });

  it("trusts GitHub for publishers, and nobody else", () => {
    const issuer = (host: string): string => `arn:aws:iam::${HUB_ACCOUNT}:oidc-provider/${host}`;
    expect(may("iam:CreateOpenIDConnectProvider", issuer("token.actions.githubusercontent.com"))).to.equal("allowed");
    expect(may("iam:CreateOpenIDConnectProvider", issuer("evil.example"))).to.equal("not allowed");
  });

  it("has no cluster to make", () => {
    expect(may("eks:CreateCluster")).to.equal("not allowed");
  });
});
