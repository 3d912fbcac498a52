import { expect } from "chai";
import { deploymentTrust, previewTrust } from "../../../delivery/bootstrap/deployment-policy";
import type { PolicyDocument } from "../../../components/policy-document";
import { evaluate } from "../../support/iam";

const trust = { organization: "acme", project: "piksel-network", stack: "dev", account: "222222222222" };
const ISSUER = "arn:aws:iam::222222222222:oidc-provider/api.pulumi.com/oidc";
const subject = (operation: string, { org = "acme", project = "piksel-network", stack = "dev" } = {}): string =>
  `pulumi:deploy:org:${org}:project:${project}:stack:${stack}:operation:${operation}:scope:write`;

const verdict = (policy: PolicyDocument, sub: string, aud = "acme", principal = ISSUER): string =>
  evaluate(policy, {
    principal,
    action: "sts:AssumeRoleWithWebIdentity",
    resource: "the role",
    context: { "api.pulumi.com/oidc:aud": aud, "api.pulumi.com/oidc:sub": sub },
  });

describe("who takes the deployment role", () => {
  const policy = deploymentTrust(trust);

  it("is an update and a destroy of the stack", () => {
    expect(verdict(policy, subject("update"))).to.equal("allowed");
    expect(verdict(policy, subject("destroy"))).to.equal("allowed");
  });

  it("is no preview, which runs the code of a pull request, and no refresh", () => {
    for (const operation of ["preview", "refresh", "detect-drift"]) {
      expect(verdict(policy, subject(operation)), operation).to.equal("not allowed");
    }
  });

  it("is no other stack, project or organization", () => {
    expect(verdict(policy, subject("update", { stack: "prod" }))).to.equal("not allowed");
    expect(verdict(policy, subject("update", { stack: "dev2" }))).to.equal("not allowed");
    expect(verdict(policy, subject("update", { project: "other" }))).to.equal("not allowed");
    expect(verdict(policy, subject("update", { org: "evil" }), "evil")).to.equal("not allowed");
  });

  it("is no token for another audience, and of no other issuer", () => {
    expect(verdict(policy, subject("update"), "other")).to.equal("not allowed");
    const github = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com";
    expect(verdict(policy, subject("update"), "acme", github)).to.equal("not allowed");
  });
});

describe("who takes the preview role", () => {
  const policy = previewTrust(trust);

  it("is every operation of the stack, each of which begins with it", () => {
    for (const operation of ["preview", "update", "refresh", "destroy", "detect-drift"]) {
      expect(verdict(policy, subject(operation)), operation).to.equal("allowed");
    }
  });

  it("is no other stack", () => {
    expect(verdict(policy, subject("preview", { stack: "prod" }))).to.equal("not allowed");
  });
});
