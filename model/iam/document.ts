/** A policy in one form, however it is written (IAM User Guide, "IAM JSON policy elements reference"). */
export interface IamDocument {
  /** Variables are read in the newer version alone; a policy without a version has the older one. */
  readonly version: "2008-10-17" | "2012-10-17";
  readonly statements: readonly IamStatement[];
}

export interface IamStatement {
  /** Empty where the statement has none. */
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  /** Undefined in the policy of an identity, which is its principal. */
  readonly principals: Except<Principal> | undefined;
  readonly actions: Except<string>;
  /** Undefined in the policies of things that are the resource themselves, and in trust policies. */
  readonly resources: Except<string> | undefined;
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
}

/** What an element lists; or, of `NotAction` and the like, everything but that. */
export interface Except<T> {
  readonly isExcept: boolean;
  /** At least one. */
  readonly list: readonly T[];
}

export interface Principal {
  /** `Everybody` is `"*"` and `{"AWS": "*"}`, which say the same (the same guide, "Principal", "All principals"). */
  readonly kind: "Everybody" | "AWS" | "Service" | "Federated" | "CanonicalUser";
  readonly value: string;
}

export interface Condition {
  /** As it is written; one of IAM's. */
  readonly operator: string;
  /** As it is written; keys are the same in any case. */
  readonly key: string;
  /** At least one. */
  readonly values: readonly string[];
}

/** Whether a condition is about a key. */
export function isAbout({ key }: Condition, name: string): boolean {
  return key.toLowerCase() === name.toLowerCase();
}
