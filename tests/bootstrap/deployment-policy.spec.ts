import { expect } from "chai";
import { deploymentPolicies } from "../../bootstrap/deployment-policy";
import { asking } from "./requests";
import { dev, DEV_ACCOUNT, hub, HUB_ACCOUNT, hubOnFirstUpdate, OPS } from "./scopes";

const OURS = { "aws:ResourceTag/Project": "piksel" };
const BOUNDED = { "iam:PermissionsBoundary": dev.boundaryArn };
const role = (name: string, account = DEV_ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`;
const spokeAccess = role("piksel-spoke-access-dev", HUB_ACCOUNT);
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
    expect(may("sts:AssumeRole", spokeAccess)).to.equal("allowed");
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

  it("launches instances from launch templates of its own alone, as EKS demands of who makes a node group", () => {
    const from = { "ec2:LaunchTemplate": ec2("launch-template") };
    expect(may("ec2:RunInstances", ec2("launch-template"), { ...from, ...OURS })).to.equal("allowed");
    expect(may("ec2:RunInstances", ec2("launch-template"), from)).to.equal("not allowed");
    expect(may("ec2:RunInstances", ec2("instance"), from)).to.equal("allowed");
    expect(may("ec2:RunInstances", ec2("instance"))).to.equal("not allowed");
  });

  // Review, Low: the role that deploys does not administer the cluster.
  it("lets the listed administrators into the cluster, and Karpenter's nodes as nodes", () => {
    const cluster = `arn:aws:eks:ap-southeast-3:${DEV_ACCOUNT}:cluster/piksel-dev`;
    const enter = (principal: string, type: string): string =>
      may("eks:CreateAccessEntry", cluster, { "eks:principalArn": principal, "eks:accessEntryType": type });
    expect(enter(OPS, "STANDARD")).to.equal("allowed");
    expect(enter(role("dev-karpenter-node-1a2b3c4"), "EC2_LINUX")).to.equal("allowed");
    expect(enter(role("dev-karpenter-node-1a2b3c4"), "STANDARD")).to.equal("not allowed");
    const own = role("pulumi-deployments/piksel-network-dev-deployment");
    for (const type of ["STANDARD", "EC2_LINUX"]) expect(enter(own, type), type).to.equal("not allowed");
  });

  it("makes the listed administrators administrators, and nobody else", () => {
    const policy = (name: string) => ({ "eks:policyArn": `arn:aws:eks::aws:cluster-access-policy/${name}` });
    const entry = (path: string): string => `arn:aws:eks:ap-southeast-3:${DEV_ACCOUNT}:access-entry/piksel-dev/${path}`;
    const ops = entry(`role/${DEV_ACCOUNT}/ops/1`);
    const admin = policy("AmazonEKSClusterAdminPolicy");
    expect(may("eks:AssociateAccessPolicy", ops, admin)).to.equal("allowed");
    expect(may("eks:AssociateAccessPolicy", ops, policy("AmazonEKSSecretReaderPolicy"))).to.equal("not allowed");
    const own = entry(`role/${DEV_ACCOUNT}/piksel-network-dev-deployment/1`);
    expect(may("eks:AssociateAccessPolicy", own, admin)).to.equal("not allowed");
    expect(may("eks:UpdateAccessEntry", ops)).to.equal("not allowed");
    // Access is taken from whoever has it.
    for (const action of ["eks:DisassociateAccessPolicy", "eks:DeleteAccessEntry"]) {
      expect(may(action, own), action).to.equal("allowed");
    }
  });

  it("knows an administrator with a path by either form of the entry's name", () => {
    const sso = `arn:aws:iam::${DEV_ACCOUNT}:role/aws-reserved/sso.amazonaws.com/Admin_1`;
    const mayToo = asking(deploymentPolicies({ ...dev, clusterAdmins: [sso] }));
    const admin = { "eks:policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy" };
    const entry = (name: string): string =>
      mayToo(
        "eks:AssociateAccessPolicy",
        `arn:aws:eks:ap-southeast-3:${DEV_ACCOUNT}:access-entry/piksel-dev/role/${DEV_ACCOUNT}/${name}/1`,
        admin,
      );
    expect(entry("Admin_1")).to.equal("allowed");
    expect(entry("aws-reserved/sso.amazonaws.com/Admin_1")).to.equal("allowed");
    expect(entry("NotAdmin_1")).to.equal("not allowed");
  });

  it("lets nobody but nodes in where no administrator is listed", () => {
    const mayToo = asking(deploymentPolicies({ ...dev, clusterAdmins: [] }));
    const cluster = `arn:aws:eks:ap-southeast-3:${DEV_ACCOUNT}:cluster/piksel-dev`;
    expect(mayToo("eks:CreateAccessEntry", cluster, { "eks:principalArn": OPS })).to.equal("not allowed");
    const node = { "eks:principalArn": role("dev-karpenter-node-1"), "eks:accessEntryType": "EC2_LINUX" };
    expect(mayToo("eks:CreateAccessEntry", cluster, node)).to.equal("allowed");
  });

  it("makes no cluster that would have it as an administrator", () => {
    const creator = (admin: string): string =>
      may("eks:CreateCluster", "*", { "eks:bootstrapClusterCreatorAdminPermissions": admin });
    expect(creator("false")).to.equal("allowed");
    expect(creator("true")).to.equal("not allowed");
    expect(may("eks:CreateCluster")).to.equal("not allowed");
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

describe("the deployment role of the hub", () => {
  const may = asking(deploymentPolicies(hub));
  const archive = "arn:aws:s3:::hub-logs-1a2b3c4";

  // Review M3.
  it("makes and changes the log archive while an administrator lets it, and at no other time", () => {
    const mayAtFirst = asking(deploymentPolicies(hubOnFirstUpdate));
    for (const action of [
      "s3:CreateBucket",
      "s3:DeleteBucket",
      "s3:PutBucketPolicy",
      "s3:PutLifecycleConfiguration",
      "s3:PutBucketVersioning",
      "s3:PutBucketObjectLockConfiguration",
    ]) {
      expect(mayAtFirst(action, archive), action).to.equal("allowed");
      expect(may(action, archive), action).to.equal("not allowed");
      expect(mayAtFirst(action, "arn:aws:s3:::payroll"), action).to.equal("not allowed");
    }
    expect(may("s3:GetBucketPolicy", archive)).to.equal("allowed");
  });

  it("is refused every log, whatever else allows it", () => {
    for (const deployment of [hub, hubOnFirstUpdate]) {
      const everything = {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      } as const;
      const mayAll = asking([...deploymentPolicies(deployment), everything]);
      for (const action of [
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:PutObjectRetention",
        "s3:BypassGovernanceRetention",
      ]) {
        expect(mayAll(action, `${archive}/AWSLogs/x`), action).to.equal("denied");
      }
    }
  });

  it("keeps the bucket of query results at any time, which the archive's statements do not reach", () => {
    const results = "arn:aws:s3:::hub-logs-results-1a2b3c4";
    expect(may("s3:PutBucketPolicy", results)).to.equal("allowed");
    expect(may("s3:GetObject", `${results}/x`)).to.equal("not allowed");
    expect(may("s3:PutBucketPolicy", "arn:aws:s3:::hub-logs-payroll")).to.equal("not allowed");
  });

  it("keeps the repositories, and neither pushes nor pulls an image", () => {
    const repository = `arn:aws:ecr:ap-southeast-3:${HUB_ACCOUNT}:repository/piksel-core`;
    expect(may("ecr:SetRepositoryPolicy", repository)).to.equal("allowed");
    for (const action of ["ecr:PutImage", "ecr:BatchGetImage", "ecr:BatchDeleteImage"]) {
      expect(may(action, repository), action).to.equal("not allowed");
    }
  });

  it("keeps the transit gateway that carries its tag, and gives it its first table back", () => {
    const [gateway, table] = [ec2("transit-gateway", HUB_ACCOUNT), ec2("transit-gateway-route-table", HUB_ACCOUNT)];
    expect(may("ec2:ModifyTransitGateway", gateway, OURS)).to.equal("allowed");
    expect(may("ec2:ModifyTransitGateway", gateway)).to.equal("not allowed");
    // Review A4: AWS made the table, without a tag.
    expect(may("ec2:ModifyTransitGateway", table)).to.equal("allowed");
    for (const action of ["ec2:CreateTransitGatewayRoute", "ec2:DeleteTransitGatewayRoute"]) {
      expect(may(action, table, OURS), action).to.equal("allowed");
      expect(may(action, table), action).to.equal("not allowed");
    }
  });

  // Review H5.
  it("shares gateways inside the organization, by the share's name", () => {
    const within = { "ram:RequestedAllowsExternalPrincipals": "false" };
    expect(may("ram:CreateResourceShare", "*", within)).to.equal("allowed");
    expect(may("ram:CreateResourceShare", "*", { "ram:RequestedAllowsExternalPrincipals": "true" })).to.equal(
      "not allowed",
    );
    expect(may("ram:CreateResourceShare")).to.equal("not allowed");
    expect(may("ram:CreateResourceShare", "*", { ...within, "ram:RequestedResourceType": "ec2:Subnet" })).to.equal(
      "not allowed",
    );
    const own = { "ram:ResourceShareName": "hub-transit-gateway" };
    expect(may("ram:AssociateResourceShare", "*", own)).to.equal("allowed");
    expect(may("ram:AssociateResourceShare", "*", { ...own, "ram:RequestedResourceType": "ec2:Subnet" })).to.equal(
      "not allowed",
    );
    expect(may("ram:UpdateResourceShare", "*", { ...own, "ram:RequestedAllowsExternalPrincipals": "true" })).to.equal(
      "not allowed",
    );
  });

  it("opens its own security groups, told by a name that it cannot give to another", () => {
    const group = (name?: string) => ({ ...OURS, ...(name === undefined ? {} : { "aws:ResourceTag/Name": name }) });
    const open = (name?: string): string =>
      may("ec2:AuthorizeSecurityGroupIngress", ec2("security-group", HUB_ACCOUNT), group(name));
    expect([open("hub-resolver"), open("hub-endpoint")]).to.deep.equal(["allowed", "allowed"]);
    expect([open("payroll"), open()]).to.deep.equal(["not allowed", "not allowed"]);
    const make = (name: string): string =>
      may("ec2:CreateSecurityGroup", ec2("security-group", HUB_ACCOUNT), { "aws:RequestTag/Name": name });
    expect([make("hub-resolver"), make("payroll")]).to.deep.equal(["allowed", "not allowed"]);
  });

  it("makes the roles that it has for each spoke, bounded, and takes no role itself", () => {
    const bounded = { "iam:PermissionsBoundary": hub.boundaryArn };
    for (const name of [
      "piksel-spoke-access-dev",
      "piksel-spoke-preview-dev",
      "piksel-dns-records-dev",
      "hub-publishing-1",
    ]) {
      expect(may("iam:CreateRole", role(name, HUB_ACCOUNT), bounded), name).to.equal("allowed");
      expect(may("iam:CreateRole", role(name, HUB_ACCOUNT)), name).to.equal("not allowed");
    }
    expect(may("sts:AssumeRole", spokeAccess)).to.equal("not allowed");
    const passed = { "iam:PassedToService": "eks.amazonaws.com" };
    expect(may("iam:PassRole", role("hub-publishing", HUB_ACCOUNT), passed)).to.equal("not allowed");
  });

  it("deletes the one role for all spokes that earlier versions made, and makes it no more", () => {
    const former = role("piksel-spoke-access", HUB_ACCOUNT);
    expect([may("iam:DeleteRolePolicy", former), may("iam:DeleteRole", former)]).to.deep.equal(["allowed", "allowed"]);
    expect(may("iam:CreateRole", former, { "iam:PermissionsBoundary": hub.boundaryArn })).to.equal("not allowed");
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
