import { policyDocument, type PolicyDocument } from "../policy-document";

/** Every principal of one account that its own IAM policies let take the role. */
export function accountTrust(account: string, actions: readonly string[]): PolicyDocument {
  return policyDocument({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: actions,
  });
}

/** Authorises VPCs of a Region for hosted zones, and takes the authorizations back. It reads and changes no record. */
export function authorizePolicy(zoneArns: readonly string[], region: string): PolicyDocument {
  return policyDocument({
    Sid: "AuthorizeVpcs",
    Effect: "Allow",
    Action: [
      "route53:CreateVPCAssociationAuthorization",
      "route53:DeleteVPCAssociationAuthorization",
      "route53:ListVPCAssociationAuthorizations",
    ],
    Resource: zoneArns,
    // A list request has no VPC in it, and passes (Amazon Route 53 Developer Guide, "Using IAM policy conditions for
    // fine-grained access control"). No condition key names the account that owns a VPC.
    Condition: { "ForAllValues:StringLike": { "route53:VPCs": `VPCId=*,VPCRegion=${region}` } },
  });
}

/** Reads which VPCs are authorised for hosted zones, for a preview or a refresh. */
export function readAuthorizationsPolicy(zoneArns: readonly string[]): PolicyDocument {
  return policyDocument({
    Sid: "ReadAuthorizations",
    Effect: "Allow",
    Action: "route53:ListVPCAssociationAuthorizations",
    Resource: zoneArns,
  });
}

/** Writes records in one hosted zone: the calls of external-dns (its documentation, "AWS", IAM policy). */
export function writeRecordsPolicy(zoneArn: string): PolicyDocument {
  return policyDocument(
    {
      Sid: "WriteRecords",
      Effect: "Allow",
      Action: ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"],
      Resource: zoneArn,
    },
    {
      Sid: "FindZone",
      Effect: "Allow",
      Action: "route53:ListHostedZones",
      // The action has no resource (Service Authorization Reference, Amazon Route 53). It shows names and ids of zones.
      Resource: "*",
    },
  );
}
