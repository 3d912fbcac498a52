import { expect } from "chai";
import { roleArn } from "../../../components/names";
import { policyDocument, type PolicyDocument } from "../../../components/policy-document";
import { MANAGE_KEY, secretsKeyPolicy } from "../../../components/spoke/cluster";
import { deploymentNames } from "../../../delivery/identities";
import { plan } from "../../../tools/planner/plan";
import { evaluate } from "../../support/iam";
import { project } from "../../support/plans";
import { policyOf } from "../../support/policies";

const DEV = "222222222222";
const { deploymentRole, previewRole } = deploymentNames("piksel-network", "dev");

/** What the policy gives by itself: the statement of the account only lets the account's IAM policies decide. */
const byItself = (): PolicyDocument => {
  const [, ...given] = secretsKeyPolicy(DEV, roleArn(DEV, deploymentRole)).Statement;
  return policyDocument(...given);
};

const verdict = (action: string, principalArn: string, account = DEV): string =>
  evaluate(byItself(), {
    principal: principalArn,
    action,
    resource: "the key",
    context: { "aws:PrincipalArn": principalArn, "aws:PrincipalAccount": account },
  });

// Reviews B2 and H5.
describe("the policy of the key of a cluster's secrets", () => {
  it("is on the key of every spoke, for its own account and its own deployment role", async () => {
    const planned = await plan(project);
    for (const [stack, account] of [
      ["dev", DEV],
      ["staging", "333333333333"],
      ["prod", "444444444444"],
    ] as const) {
      expect(policyOf(planned, stack, `aws:kms/key:Key::${stack}-cluster`)).to.deep.equal(
        secretsKeyPolicy(account, roleArn(account, `piksel-network-${stack}-deployment`)),
      );
    }
  });

  it("lets the stack's deployment role manage the key, and neither encrypt nor decrypt with it", () => {
    const deployment = roleArn(DEV, deploymentRole);
    for (const action of MANAGE_KEY) expect(verdict(action, deployment), action).to.equal("allowed");
    for (const action of ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom"]) {
      expect(verdict(action, deployment), action).to.equal("not allowed");
    }
  });

  it("gives nothing by itself to the preview role, which pull requests take, nor to any other role", () => {
    for (const other of [
      roleArn(DEV, previewRole),
      roleArn(DEV, deploymentNames("piksel-network", "prod").deploymentRole),
      `arn:aws:iam::${DEV}:role/${deploymentRole}`,
      `arn:aws:iam::${DEV}:role/dev-node-1a2b3c4`,
    ]) {
      expect(verdict("kms:PutKeyPolicy", other), other).to.equal("not allowed");
    }
    const stranger = "999999999999";
    expect(verdict("kms:PutKeyPolicy", roleArn(stranger, deploymentRole), stranger)).to.equal("not allowed");
  });

  it("leaves all else to the account's IAM policies, as AWS's default key policy does", () => {
    const [account] = secretsKeyPolicy(DEV, roleArn(DEV, deploymentRole)).Statement;
    expect(account).to.deep.equal({
      Sid: "AccountDecides",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${DEV}:root` },
      Action: "kms:*",
      Resource: "*",
    });
  });
});
