import { items, text, textIn, type ModelResource } from "../../model/resource";
import { inside, isEmpty, isTrue, judged, ofType, type Rule } from "./rule";

const REPOSITORY = "aws:ecr/repository:Repository";
const TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";

/** A tag names one image for good. Not in the cache, where it is to follow what the registry upstream has. */
const tagsStay: Rule["check"] = (stack) =>
  ofType(stack, REPOSITORY).flatMap((repository) => {
    const passed =
      text(repository, "imageTagMutability") === "IMMUTABLE" &&
      isEmpty(repository.inputs["imageTagMutabilityExclusionFilters"]);
    return judged(repository, ["imageTagMutability", "imageTagMutabilityExclusionFilters"], "keeps its tags", [
      !passed && "lets tags be moved",
    ]);
  });

const imagesAreScanned: Rule["check"] = (stack) =>
  ofType(stack, REPOSITORY).flatMap((repository) => {
    const passed = isTrue(inside(repository.inputs, "imageScanningConfiguration")["scanOnPush"]);
    return judged(repository, ["imageScanningConfiguration"], "is scanned", [
      !passed && "does not scan what is pushed",
    ]);
  });

const ENCRYPTIONS = ["AES256", "KMS", "KMS_DSSE"];

function encryption(repository: ModelResource): string | undefined {
  const kinds = items(repository, "encryptionConfigurations").map((each) => textIn(each, "encryptionType"));
  const passed = kinds.length > 0 && kinds.every((kind) => ENCRYPTIONS.includes(kind));
  return passed ? undefined : "names no encryption of its images";
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
