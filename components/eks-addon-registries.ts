/**
 * Accounts of the registries that AWS serves the images of EKS add-ons from, by region (Amazon EKS User Guide, "View
 * Amazon container image registries for Amazon EKS add-ons"). Regions that are not listed share one account.
 */
const BY_REGION: Readonly<Record<string, string>> = {
  "af-south-1": "877085696533",
  "ap-east-1": "800184023465",
  "ap-east-2": "533267051163",
  "ap-south-2": "900889452093",
  "ap-southeast-3": "296578399912",
  "ap-southeast-4": "491585149902",
  "ap-southeast-5": "151610086707",
  "ap-southeast-6": "333609536671",
  "ap-southeast-7": "121268973566",
  "ca-west-1": "761377655185",
  "eu-central-2": "900612956339",
  "eu-south-1": "590381155156",
  "eu-south-2": "455263428931",
  "il-central-1": "066635153087",
  "me-central-1": "759879836304",
  "me-south-1": "558608220178",
  "mx-central-1": "730335286997",
};

/** Account of most regions. */
const COMMON = "602401143452";

/** Account of the add-on registry of a region. */
export function eksAddonRegistry(region: string): string {
  return BY_REGION[region] ?? COMMON;
}
