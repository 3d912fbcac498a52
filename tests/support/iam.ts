import type { PolicyDocument } from "../../components/policy-document";
import * as iam from "../../tools/model/iam/permissions";
import { readDocument } from "../../tools/model/iam/document";

export type { IamRequest, IamVerdict } from "../../tools/model/iam/permissions";

/** What one policy says to a request, as AWS keeps it. */
export function evaluate(policy: PolicyDocument, request: iam.IamRequest): iam.IamVerdict {
  return iam.evaluate(readDocument(JSON.stringify(policy)), request);
}
