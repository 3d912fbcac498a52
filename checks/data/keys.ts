import { text } from "../../model/resource";
import { isEmpty, isTrue, judged, ofType, type Rule } from "./rule";

/** What would take a key out of AWS's keeping, or out of its Region. */
const ELSEWHERE = ["customKeyStoreId", "xksKeyId", "multiRegion", "bypassPolicyLockoutSafetyCheck"];

/** Who may use a key is in its policy, which the checks of accounts and of wildcards read. */
const keysAreRotated: Rule["check"] = (stack) =>
  ofType(stack, "aws:kms/key:Key").flatMap((key) => {
    const elsewhere = ELSEWHERE.filter((property) => !isEmpty(key.inputs[property]));
    return judged(key, ["enableKeyRotation", "keyUsage", ...ELSEWHERE], "is rotated", [
      !isTrue(key.inputs["enableKeyRotation"]) && "is not rotated",
      !["", "ENCRYPT_DECRYPT"].includes(text(key, "keyUsage")) && "is for something else than encryption",
      elsewhere.length > 0 && `sets ${elsewhere.join(", ")}`,
    ]);
  });

export const KEY_RULES: readonly Rule[] = [{ source: "Rotate AWS KMS keys", check: keysAreRotated }];
