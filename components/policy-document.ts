/** An IAM policy document (IAM User Guide, "IAM JSON policy elements reference"). */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  /**
   * Absent in a trust policy and in the policy of a repository, which apply to the role or repository that has them.
   */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Condition;
}

/** Values to compare with, by operator and condition key. All of the comparisons must be true. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** Denies everybody access without TLS: a principal that the Deny leaves out could connect without it. */
export function denyWithoutTls(Sid: string, Action: string, Resource: string | readonly string[]): Statement {
  return {
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
