/** A policy in normalized form (IAM User Guide, "IAM JSON policy elements reference"). */
export interface IamDocument {
  /** Only the newer version has variables; a policy without a version has the older one. */
  readonly version: "2008-10-17" | "2012-10-17";
  readonly statements: readonly IamStatement[];
}

export interface IamStatement {
  /** Empty if the statement has none. */
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  /** Undefined in an identity-based policy, where the identity is the principal. */
  readonly principals: Except<Principal> | undefined;
  readonly actions: Except<string>;
  /** Undefined in trust policies and other policies that apply to the resource itself. */
  readonly resources: Except<string> | undefined;
  /** All of them must match. */
  readonly conditions: readonly Condition[];
}

/** The values of an element; for `NotAction` and the like, everything except these values. */
export interface Except<T> {
  readonly isExcept: boolean;
  /** At least one. */
  readonly list: readonly T[];
}

export interface Principal {
  /** `Everybody` is `"*"` and `{"AWS": "*"}`, which are equivalent (same guide, "Principal", "All principals"). */
  readonly kind: "Everybody" | "AWS" | "Service" | "Federated" | "CanonicalUser";
  readonly value: string;
}

export interface Condition {
  /** As written in the policy; always an IAM operator. */
  readonly operator: string;
  /** As written in the policy; keys are not case-sensitive. */
  readonly key: string;
  /** At least one. */
  readonly values: readonly string[];
}

/** Whether a condition has this key. */
export function isAbout({ key }: Condition, name: string): boolean {
  return key.toLowerCase() === name.toLowerCase();
}
