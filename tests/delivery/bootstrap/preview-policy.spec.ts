import { expect } from "chai";
import { deploymentPolicies, grantsOf, previewPolicies } from "../../../delivery/bootstrap/deployment-policy";
import { asking } from "./requests";
import { dev, DEV_ACCOUNT, hub, HUB_ACCOUNT } from "./scopes";

const OURS = { "aws:ResourceTag/Project": "piksel", "ec2:CreateAction": "CreateVpc" };
const hubRole = (name: string): string => `arn:aws:iam::${HUB_ACCOUNT}:role/${name}`;

describe("the preview role", () => {
  for (const [name, deployment] of Object.entries({ hub, dev })) {
    it(`of ${name} may do nothing that the deployment role is granted for making something, but take the role that reads`, () => {
      const may = asking(previewPolicies(deployment));
      const granted = grantsOf(deployment).flatMap(({ statements }) => statements);
      const allowed = granted.flatMap(({ Action, Resource }) =>
        [Action]
          .flat()
          .flatMap((action) =>
            [Resource ?? "*"].flat().flatMap((resource) => (may(action, resource, OURS) === "allowed" ? [action] : [])),
          ),
      );
      expect(allowed).to.deep.equal(name === "hub" ? [] : ["sts:AssumeRole"]);
    });

    it(`of ${name} reads all that the deployment role reads`, () => {
      const sids = (policies: ReturnType<typeof previewPolicies>) =>
        policies.flatMap(({ Statement }) => Statement).filter(({ Sid }) => Sid?.startsWith("Read"));
      expect(sids(previewPolicies(deployment))).to.deep.equal(sids(deploymentPolicies(deployment)));
    });
  }

  // Review M4.
  it("of a spoke takes the hub's role that reads this spoke's authorisations, and none that makes them", () => {
    const may = asking(previewPolicies(dev));
    expect(may("sts:AssumeRole", hubRole("piksel-spoke-preview-dev"))).to.equal("allowed");
    for (const other of ["piksel-spoke-access-dev", "piksel-spoke-preview-prod", "piksel-dns-records-dev", "other"]) {
      expect(may("sts:AssumeRole", hubRole(other)), other).to.equal("not allowed");
    }
    expect(asking(previewPolicies(hub))("sts:AssumeRole", hubRole("piksel-spoke-preview-dev"))).to.equal("not allowed");
  });

  it("names every action that it reads by", () => {
    const actions = [hub, dev].flatMap((deployment) =>
      previewPolicies(deployment).flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)),
    );
    expect(actions.filter((action) => action.includes("*"))).to.deep.equal([]);
  });

  it("reads how things are set up", () => {
    const may = asking(previewPolicies(dev));
    expect(may("ec2:DescribeRouteTables")).to.equal("allowed");
    const cluster = `arn:aws:eks:ap-southeast-3:${DEV_ACCOUNT}:cluster/piksel-dev`;
    expect(may("eks:DescribeCluster", cluster)).to.equal("allowed");
    expect(may("iam:GetRolePolicy", `arn:aws:iam::${DEV_ACCOUNT}:role/dev-node`)).to.equal("allowed");
    expect(asking(previewPolicies(hub))("s3:GetBucketPolicy", "arn:aws:s3:::hub-logs-1a2b3c4")).to.equal("allowed");
  });

  it("reads nothing that is in them", () => {
    const may = asking([...previewPolicies(dev), ...previewPolicies(hub)]);
    // Launch templates are of the types in use, and their user data is read with them, in a spoke.
    expect(may("ec2:DescribeLaunchTemplateVersions")).to.equal("allowed");
    expect(asking(previewPolicies(hub))("ec2:DescribeLaunchTemplateVersions")).to.equal("not allowed");
    for (const [action, resource] of [
      ["s3:GetObject", "arn:aws:s3:::hub-logs-1a2b3c4/AWSLogs/x"],
      ["ec2:DescribeInstanceAttribute", "*"],
      ["ec2:DescribeSpotInstanceRequests", "*"],
      ["ec2:GetConsoleOutput", "*"],
      ["ec2:GetPasswordData", "*"],
      ["ecr:BatchGetImage", "*"],
      ["ecr:GetAuthorizationToken", "*"],
      ["eks:AccessKubernetesApi", "*"],
      ["logs:GetLogEvents", "*"],
      ["sqs:ReceiveMessage", "*"],
      ["athena:StartQueryExecution", "*"],
      ["kms:Decrypt", "*"],
      ["secretsmanager:GetSecretValue", "*"],
      ["ssm:GetParameter", `arn:aws:ssm:ap-southeast-3:${DEV_ACCOUNT}:parameter/prod/db`],
    ] as const) {
      expect(may(action, resource), action).to.equal("not allowed");
    }
  });
});
