import { expect } from "chai";
import { deploymentPolicies } from "../../../delivery/bootstrap/deployment-policy";
import { asking } from "./requests";
import { hub, HUB_ACCOUNT, hubOnFirstUpdate } from "./scopes";

const OURS = { "aws:ResourceTag/Project": "piksel" };
const role = (name: string): string => `arn:aws:iam::${HUB_ACCOUNT}:role/${name}`;
const ec2 = (kind: string): string => `arn:aws:ec2:ap-southeast-3:${HUB_ACCOUNT}:${kind}/x`;

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
    expect(may("s3:DeleteObject", `${results}/x`)).to.equal("allowed");
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
    const [gateway, table] = [ec2("transit-gateway"), ec2("transit-gateway-route-table")];
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
      may("ec2:AuthorizeSecurityGroupIngress", ec2("security-group"), group(name));
    expect([open("hub-resolver"), open("hub-endpoint")]).to.deep.equal(["allowed", "allowed"]);
    expect([open("payroll"), open()]).to.deep.equal(["not allowed", "not allowed"]);
    const make = (name: string): string =>
      may("ec2:CreateSecurityGroup", ec2("security-group"), { "aws:RequestTag/Name": name });
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
      expect(may("iam:CreateRole", role(name), bounded), name).to.equal("allowed");
      expect(may("iam:CreateRole", role(name)), name).to.equal("not allowed");
    }
    expect(may("sts:AssumeRole", role("piksel-spoke-access-dev"))).to.equal("not allowed");
    const passed = { "iam:PassedToService": "eks.amazonaws.com" };
    expect(may("iam:PassRole", role("hub-publishing"), passed)).to.equal("not allowed");
  });

  it("deletes the one role for all spokes that earlier versions made, and makes it no more", () => {
    const former = role("piksel-spoke-access");
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
