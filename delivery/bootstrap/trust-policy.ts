import { policyDocument, type PolicyDocument } from "../../components/policy-document";
import { CHANGING, issuerArn, PULUMI_ISSUER, subject, type FullStack, type Operation } from "./identities";

export interface Trust extends FullStack {
  readonly account: string;
}

/** Who takes the deployment role: updates and destroys of this one stack. */
export function deploymentTrust(trust: Trust): PolicyDocument {
  return trustPolicy(trust, CHANGING);
}

/** Who takes the preview role: every operation of this one stack, as it begins. */
export function previewTrust(trust: Trust): PolicyDocument {
  return trustPolicy(trust, ["*"]);
}

/** Trusts tokens of Pulumi Cloud by audience and subject (Pulumi Docs, "Configuring OpenID Connect for AWS"). */
function trustPolicy(trust: Trust, operations: readonly (Operation | "*")[]): PolicyDocument {
  return policyDocument({
    Effect: "Allow",
    Principal: { Federated: issuerArn(trust.account) },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: { [`${PULUMI_ISSUER}:aud`]: trust.organization },
      StringLike: {
        [`${PULUMI_ISSUER}:sub`]: operations.map((operation) => subject(trust, operation)),
      },
    },
  });
}
