import { items, text, textIn, type ModelResource } from "../../model/resource";
import { inside, isEmpty, isTrue, judged, ofType, type Rule } from "./rule";

const REPOSITORY = "aws:ecr/repository:Repository";
const TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";

/** Tags are immutable; except in the image cache, where they follow the upstream registry. */
const tagsStay: Rule["check"] = (stack) =>
  ofType(stack, REPOSITORY).flatMap((repository) => {
    const passed =
      text(repository, "imageTagMutability") === "IMMUTABLE" &&
      isEmpty(repository.inputs["imageTagMutabilityExclusionFilters"]);
    return judged(repository, ["imageTagMutability", "imageTagMutabilityExclusionFilters"], "has immutable tags", [
      !passed && "has mutable tags",
    ]);
  });

const imagesAreScanned: Rule["check"] = (stack) =>
  ofType(stack, REPOSITORY).flatMap((repository) => {
    const passed = isTrue(inside(repository.inputs, "imageScanningConfiguration")["scanOnPush"]);
    return judged(repository, ["imageScanningConfiguration"], "scans images on push", [
      !passed && "does not scan images on push",
    ]);
  });

const ENCRYPTIONS = ["AES256", "KMS", "KMS_DSSE"];

function encryption(repository: ModelResource): string | undefined {
  const kinds = items(repository, "encryptionConfigurations").map((each) => textIn(each, "encryptionType"));
  const passed = kinds.length > 0 && kinds.every((kind) => ENCRYPTIONS.includes(kind));
  return passed ? undefined : "has no encryption configuration";
}

const imagesAreEncrypted: Rule["check"] = (stack) =>
  [...ofType(stack, REPOSITORY), ...ofType(stack, TEMPLATE)].flatMap((repository) =>
    judged(repository, ["encryptionConfigurations"], "encrypts its images", [encryption(repository)]),
  );

export const REGISTRY_RULES: readonly Rule[] = [
  { source: "Preventing image tags from being overwritten in Amazon ECR", check: tagsStay },
  { source: "Scan images for software vulnerabilities in Amazon ECR", check: imagesAreScanned },
  { source: "Encryption at rest (Amazon ECR)", check: imagesAreEncrypted },
];
