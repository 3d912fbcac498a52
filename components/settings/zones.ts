import { MAX_ZONES } from "../address-plan";
import type { Faults, Rule } from "./faults";
import type { Fields } from "./fields";

/** Amazon EKS wants subnets in two zones at least ("Amazon EKS networking requirements for VPC and subnets"). */
const MIN_ZONES = 2;

const REGION = "[a-z]{2,4}(?:-[a-z]+)+-\\d{1,2}";

/** `aws:region` is not in the project's namespace: no default of `Pulumi.yaml` stands in for it. */
export function decodeRegion(region: string | undefined, faults: Faults): string | undefined {
  const advice = "must be the code of an AWS Region; pulumi config set aws:region ap-southeast-3, for instance";
  if (region !== undefined && new RegExp(`^${REGION}$`).test(region)) return region;
  faults.add("aws:region", region, advice);
  return undefined;
}

/**
 * Availability Zones in use, in order: the first `az-count` of `availability-zones`, or of REGION + a, b, c.
 *
 * @param region undefined when it has a fault
 */
export function decodeZones(fields: Fields, region: string | undefined, faults: Faults): readonly string[] | undefined {
  const count = fields.integer("az-count", [MIN_ZONES, MAX_ZONES]);
  const given = fields.list("availability-zones", zoneRule(region));
  if (count === undefined || given === undefined) return undefined;
  if (given.length > 0 && given.length < count) {
    faults.add("az-count", count, `availability-zones lists ${given.length}; list more, or none for REGION + a, b, c`);
  }
  const zones = given.length > 0 ? given : ["a", "b", "c"].map((letter) => `${region}${letter}`);
  return zones.slice(0, count);
}

/** A transit gateway has no attachment in a Local Zone (Amazon VPC Transit Gateways, "Amazon VPC attachments"). */
function zoneRule(region: string | undefined): Rule {
  return (zone) => {
    const [, zoneRegion, suffix = ""] = new RegExp(`^(${REGION})(.*)$`).exec(zone) ?? [];
    const where = region ?? "aws:region";
    const example = `such as ${region ?? "REGION"}a`;
    if (suffix.startsWith("-")) {
      return `a Local or Wavelength Zone; must be an Availability Zone of ${where}, ${example}`;
    }
    if (!/^[a-z]$/.test(suffix)) return `must be the name of an Availability Zone of ${where}, ${example}`;
    if (region !== undefined && zoneRegion !== region) {
      return `a zone of ${zoneRegion}; must be one of aws:region ${region}, ${example}`;
    }
    return undefined;
  };
}
