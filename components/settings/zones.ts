import { closest, distance } from "fastest-levenshtein";
import { MAX_ZONES } from "../address-plan";
import { otherPartition, REGIONS, REGIONS_AS_OF } from "../facts/aws-regions";
import type { Faults, Rule } from "./faults";
import type { Fields } from "./fields";

/** Amazon EKS requires subnets in at least two AZs ("Amazon EKS networking requirements for VPC and subnets"). */
const MIN_ZONES = 2;

const REGION = "[a-z]{2,4}(?:-[a-z]+)+-\\d{1,2}";

const EXAMPLE = "ap-southeast-3";

/** Most letters by which a text differs from the Region that was probably meant. */
const NEAR = 3;

/** Reads `aws:region`. It is not in the project's namespace, so `Pulumi.yaml` cannot give it a default. */
export function decodeRegion(region: string | undefined, faults: Faults): string | undefined {
  if (region !== undefined && REGIONS.has(region)) return region;
  faults.add("aws:region", region, regionAdvice(region ?? ""));
  return undefined;
}

function regionAdvice(region: string): string {
  const code = `must be the code of an AWS Region, for example: pulumi config set aws:region ${EXAMPLE}`;
  const partition = otherPartition(region);
  if (partition !== undefined) {
    return (
      `a Region of ${partition}; ARNs and DNS names of this program are those of the partition aws only, ` +
      `so choose one of its Regions, such as ${EXAMPLE}`
    );
  }
  const nearest = closest(region.slice(0, 40), [...REGIONS.keys()]);
  const isNear = region !== "" && distance(region.slice(0, 40), nearest) <= NEAR;
  const isNew = new RegExp(`^${REGION}$`).test(region);
  return [
    code,
    ...(isNear ? [`the nearest is ${nearest}`] : []),
    ...(isNew ? [`if it is newer than ${REGIONS_AS_OF}, add it to components/facts/aws-regions.ts`] : []),
  ].join("; ");
}

/**
 * Reads the AZs in use, in order: the first `az-count` of `availability-zones`, or of REGION + a, b, c.
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
  const most = REGIONS.get(region ?? "")?.most ?? MAX_ZONES;
  if (count > most) {
    faults.add(
      "az-count",
      count,
      `an account has ${most} AZs in ${region}; set it to ${most}, or choose another Region`,
    );
    return undefined;
  }
  if (given.length > 0) return given.slice(0, count);
  const zones = ["a", "b", "c"].slice(0, count).map((letter) => `${region}${letter}`);
  if (region === undefined || zones.every((zone) => isInEveryAccount(zone, region))) return zones;
  faults.add("availability-zones", [], `${region} has no ${zones.join(", ")} in every account; ${lookUp(region)}`);
  return undefined;
}

function isInEveryAccount(zone: string, region: string): boolean {
  return REGIONS.get(region)?.letters.includes(zone.slice(region.length)) ?? false;
}

function lookUp(region: string): string {
  return (
    "list the names that each account of networks has, " +
    `aws ec2 describe-availability-zones --region ${region} --query "AvailabilityZones[].ZoneName"`
  );
}

/** A transit gateway cannot attach in a Local Zone (Amazon VPC Transit Gateways, "Amazon VPC attachments"). */
function zoneRule(region: string | undefined): Rule {
  return (zone) => {
    const [, zoneRegion = "", suffix = ""] = new RegExp(`^(${REGION})(.*)$`).exec(zone) ?? [];
    const where = region ?? "aws:region";
    const { letters = "a", sometimes = "" } = REGIONS.get(region ?? "") ?? {};
    const example = `such as ${region ?? "REGION"}${(letters + sometimes).slice(0, 1)}`;
    if (suffix.startsWith("-")) {
      return `a Local or Wavelength Zone; must be an Availability Zone of ${where}, ${example}`;
    }
    if (!/^[a-z]$/.test(suffix)) return `must be the name of an Availability Zone of ${where}, ${example}`;
    if (region === undefined) return undefined;
    if (zoneRegion !== region) {
      return `an Availability Zone of ${zoneRegion}; must be one of aws:region ${region}, ${example}`;
    }
    const all = [...letters, ...sometimes].sort();
    return all.includes(suffix)
      ? undefined
      : `${region} has the Availability Zones ${all.join(", ")} (${REGIONS_AS_OF}); choose one of these`;
  };
}
