import { expect } from "chai";
import { AWS_REGISTRIES, awsRegistries } from "../../../components/facts/registries";
import { endpointService } from "../../../components/facts/endpoint-services";
import { endpointPolicy } from "../../../components/hub/shared-endpoints";
import { membersOf, type Members } from "../../../components/members";
import { evaluate, type IamRequest } from "../../support/iam";

const HUB = "111111111111";
const DEV = "222222222222";
const STRANGER = "999999999999";
const REGION = "ap-southeast-3";

const byAccount = membersOf({ shareWith: [], hub: HUB, accounts: [HUB, DEV] });
const UNIT = "arn:aws:organizations::111111111111:ou/o-a1b2c3d4e5/ou-ab12-11111111";
const INSIDE = ["o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"];
const BESIDE = ["o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/"];

const policyFor = (members: Members, service = "ecr.dkr") =>
  endpointPolicy({ service: endpointService(service, REGION), members, account: HUB, region: REGION });
const repository = (account: string, path = "app"): string => `arn:aws:ecr:${REGION}:${account}:repository/${path}`;

/** What a role of one account does with a repository of another, by account. */
const verdict = (caller: string, action: string, owner: string, path?: string, members = byAccount): string => {
  const context = { "aws:PrincipalAccount": caller, "aws:ResourceAccount": owner };
  const request: IamRequest = {
    principal: "arn:aws:iam::1:role/x",
    action,
    resource: repository(owner, path),
    context,
  };
  return evaluate(policyFor(members), request);
};

// Review B3.
describe("the policy of the registry's endpoints", () => {
  it("lets our principals pull from and push to the registry of every network", () => {
    for (const action of ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:PutImage", "ecr:UploadLayerPart"]) {
      expect(verdict(DEV, action, DEV), action).to.equal("allowed");
      expect(verdict(DEV, action, HUB), action).to.equal("allowed");
      expect(verdict(DEV, action, STRANGER), action).to.equal("not allowed");
      expect(verdict(STRANGER, action, DEV), action).to.equal("not allowed");
    }
  });

  it("lets image updaters and scanners read our registries, and nobody else's", () => {
    const asked = ["ListImages", "DescribeImages", "DescribeRepositories", "DescribeImageScanFindings"];
    for (const action of asked.map((each) => `ecr:${each}`)) {
      expect(verdict(DEV, action, DEV), action).to.equal("allowed");
      expect(verdict(DEV, action, STRANGER), action).to.equal("not allowed");
    }
  });

  it("lets nobody manage a repository: its policy, its images, itself", () => {
    const managing = ["SetRepositoryPolicy", "DeleteRepository", "BatchDeleteImage", "CreateRepository"];
    for (const action of managing) expect(verdict(DEV, `ecr:${action}`, DEV), action).to.equal("not allowed");
  });

  it("lets the cache of the hub be filled, below its prefixes", () => {
    expect(verdict(DEV, "ecr:CreateRepository", HUB, "quay/prometheus/prometheus")).to.equal("allowed");
    expect(verdict(DEV, "ecr:BatchImportUpstreamImage", HUB, "kubernetes/pause")).to.equal("allowed");
    expect(verdict(DEV, "ecr:CreateRepository", HUB, "mine")).to.equal("not allowed");
    expect(verdict(DEV, "ecr:CreateRepository", DEV, "quay/x")).to.equal("not allowed");
  });

  it("lets the images of AWS's registries of the region be pulled, and nothing be pushed there", () => {
    for (const owner of awsRegistries(REGION)) {
      expect(verdict(DEV, "ecr:BatchGetImage", owner), owner).to.equal("allowed");
      expect(verdict(DEV, "ecr:PutImage", owner), owner).to.equal("not allowed");
      expect(verdict(STRANGER, "ecr:BatchGetImage", owner), owner).to.equal("not allowed");
    }
  });

  it("knows our accounts by the OU that the hub is shared with, and the hub's by its number", () => {
    const members = membersOf({ shareWith: [UNIT], hub: HUB, accounts: [HUB, DEV] });
    const asks = (context: IamRequest["context"], owner: string): string =>
      evaluate(policyFor(members), {
        ...{ principal: "arn:aws:iam::1:role/x", action: "ecr:PutImage", resource: repository(owner) },
        context: context ?? {},
      });
    const inside = { "aws:PrincipalOrgPaths": INSIDE };
    const hub = { "aws:PrincipalAccount": HUB };
    expect(asks({ ...inside, "aws:ResourceOrgPaths": INSIDE }, "555555555555")).to.equal("allowed");
    expect(asks({ ...inside, "aws:ResourceAccount": HUB }, HUB)).to.equal("allowed");
    expect(asks({ ...hub, "aws:ResourceOrgPaths": INSIDE }, DEV)).to.equal("allowed");
    expect(asks({ ...inside, "aws:ResourceOrgPaths": BESIDE }, STRANGER)).to.equal("not allowed");
    expect(asks({ "aws:PrincipalOrgPaths": BESIDE, "aws:ResourceAccount": HUB }, HUB)).to.equal("not allowed");
  });

  it("has a list of resources in every statement, in a region that AWS opens tomorrow too", () => {
    for (const region of ["ap-southeast-3", "us-east-1", "xx-new-1"]) {
      const document = endpointPolicy({
        ...{ service: endpointService("ecr.api", region), members: byAccount, account: HUB, region },
      });
      expect(
        document.Statement.filter(({ Resource }) => Resource === undefined || Resource.length === 0),
      ).to.deep.equal([]);
    }
  });
});

describe("the registries of AWS", () => {
  it("of Jakarta are these: EKS, GuardDuty, Bottlerocket, Deep Learning Containers, Fluent Bit", () => {
    expect(AWS_REGISTRIES.map(({ accounts }) => accounts[REGION])).to.deep.equal([
      "296578399912",
      "617474730032",
      "386774335080",
      "907027046896",
      "921575906885",
    ]);
  });

  it("are one of EKS's at least in every region", () => {
    expect(awsRegistries("eu-west-1")).to.include("602401143452");
    expect(awsRegistries("xx-new-1")).to.deep.equal(["602401143452"]);
  });

  it("are accounts of 12 digits, of regions, each list with a source and a month", () => {
    for (const { of, source, asOf, accounts } of AWS_REGISTRIES) {
      expect(source, of).to.match(/^[\w][\w/-]+[, ]/);
      expect(asOf, of).to.match(/^20\d\d-\d\d$/);
      for (const [region, account] of Object.entries(accounts)) {
        expect(region, of).to.match(/^[a-z]{2}-[a-z]+-\d$/);
        expect(account, `${of} ${region}`).to.match(/^\d{12}$/);
      }
    }
  });

  it("have one account for one thing: none is in two lists", () => {
    const all = AWS_REGISTRIES.flatMap(({ accounts }) => [...new Set(Object.values(accounts))]);
    expect(all.filter((account, index) => all.indexOf(account) !== index)).to.deep.equal([]);
  });
});
