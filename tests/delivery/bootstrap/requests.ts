import type { PolicyDocument } from "../../../components/policy-document";
import { evaluate, type IamRequest, type IamVerdict } from "../../support/iam";
import { REGION } from "./scopes";

/** What all policies of a role say together: a Deny wins, then an Allow. */
function verdict(policies: readonly PolicyDocument[], request: IamRequest): IamVerdict {
  const verdicts = policies.map((policy) => evaluate(policy, request));
  if (verdicts.includes("denied")) return "denied";
  return verdicts.includes("allowed") ? "allowed" : "not allowed";
}

/** Whether a role with these policies, and the boundary if it has one, may do something; in the region, unless told. */
export function asking(policies: readonly PolicyDocument[], boundary?: PolicyDocument) {
  return (action: string, resource = "*", context: IamRequest["context"] = {}): IamVerdict => {
    const request = { principal: "the role", action, resource, context: { "aws:RequestedRegion": REGION, ...context } };
    const own = verdict(policies, request);
    return own === "allowed" && boundary !== undefined ? verdict([boundary], request) : own;
  };
}
