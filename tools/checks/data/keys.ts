import { text } from "../../model/resource";
import { isEmpty, isTrue, judged, ofType, type Rule } from "./rule";

/** Properties that keep a key outside AWS, or outside its Region, or skip the policy safety check. */
const ELSEWHERE = ["customKeyStoreId", "xksKeyId", "multiRegion", "bypassPolicyLockoutSafetyCheck"];

/** Access to a key is decided by its policy, which the checks of accounts and wildcards cover. */
const keysAreRotated: Rule["check"] = (stack) =>
  ofType(stack, "aws:kms/key:Key").flatMap((key) => {
    const elsewhere = ELSEWHERE.filter((property) => !isEmpty(key.inputs[property]));
    return judged(key, ["enableKeyRotation", "keyUsage", ...ELSEWHERE], "rotates automatically", [
      !isTrue(key.inputs["enableKeyRotation"]) && "does not set enableKeyRotation",
      !["", "ENCRYPT_DECRYPT"].includes(text(key, "keyUsage")) && "has a keyUsage other than ENCRYPT_DECRYPT",
      elsewhere.length > 0 && `sets ${elsewhere.join(", ")}, which is not allowed`,
    ]);
  });

export const KEY_RULES: readonly Rule[] = [{ source: "Rotate AWS KMS keys", check: keysAreRotated }];
