import { expect } from "chai";
import { deploymentPolicies, grantsOf, previewPolicies } from "../../bootstrap/deployment-policy";
import { asking } from "./requests";
import { dev, DEV_ACCOUNT, hub, HUB_ACCOUNT } from "./scopes";

const OURS = { "aws:ResourceTag/Project": "piksel", "ec2:CreateAction": "CreateVpc" };
const spokeAccess = `arn:aws:iam::${HUB_ACCOUNT}:role/piksel-spoke-access`;

describe("the preview role", () => {
  for (const [name, deployment] of Object.entries({ hub, dev })) {
    it(`of ${name} may do nothing that the deployment role is granted for making something, but take spoke-access`, () => {
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

  it("of a spoke takes the hub's role for zones, as its provider does in a preview, and no other", () => {
    const may = asking(previewPolicies(dev));
    expect(may("sts:AssumeRole", spokeAccess)).to.equal("allowed");
    expect(may("sts:AssumeRole", `arn:aws:iam::${HUB_ACCOUNT}:role/other`)).to.equal("not allowed");
    expect(asking(previewPolicies(hub))("sts:AssumeRole", spokeAccess)).to.equal("not allowed");
  });

  it("reads how things are set up", () => {
    const may = asking(previewPolicies(dev));
    expect(may("ec2:DescribeRouteTables")).to.equal("allowed");
    expect(may("eks:DescribeCluster")).to.equal("allowed");
    expect(may("iam:GetRolePolicy", `arn:aws:iam::${DEV_ACCOUNT}:role/dev-node`)).to.equal("allowed");
    expect(asking(previewPolicies(hub))("s3:GetBucketPolicy", "arn:aws:s3:::hub-logs-1")).to.equal("allowed");
  });

  it("reads nothing that is in them", () => {
    const may = asking([...previewPolicies(dev), ...previewPolicies(hub)]);
    for (const [action, resource] of [
      ["s3:GetObject", "arn:aws:s3:::hub-logs-1/AWSLogs/x"],
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
      ["ssm:GetParameter", "*"],
    ] as const) {
      expect(may(action, resource), action).to.equal("not allowed");
    }
  });
});
