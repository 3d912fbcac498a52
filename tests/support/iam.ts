import type { PolicyDocument } from "../../components/policy-document";
import * as iam from "../../tools/model/iam/evaluate";
import { readDocument } from "../../tools/model/iam/read-document";

export type { IamRequest, Verdict } from "../../tools/model/iam/evaluate";

/** What one policy says to a request, as AWS keeps it. */
export function evaluate(policy: PolicyDocument, request: iam.IamRequest): iam.Verdict {
  return iam.evaluate(readDocument(JSON.stringify(policy)), request);
}
