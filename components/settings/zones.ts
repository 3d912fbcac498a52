import { closest, distance } from "fastest-levenshtein";
import { MAX_ZONES } from "../address-plan";
import { isZoneId, otherPartition, REGIONS, REGIONS_AS_OF, regionOfZone, zoneIdPrefix } from "../facts/aws-regions";
import type { Faults, Rule } from "./faults";
import type { Fields } from "./fields";
import type { Network } from "./settings";

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
 * Reads the AZs in use, in order: the first `az-count` of `availability-zones`, which are all names or all AZ IDs, or of
 * REGION + a, b, c.
 *
 * @param region undefined when it has a fault
 */
export function decodeZones(fields: Fields, region: string | undefined, faults: Faults): readonly string[] | undefined {
  const count = fields.integer("az-count", [MIN_ZONES, MAX_ZONES]);
  const given = fields.list("availability-zones", zoneRule(region));
  if (count === undefined || given === undefined) return undefined;
  if (isMixed(given)) {
    faults.add("availability-zones", given, "mixes names and AZ IDs; list names only, or AZ IDs only");
  }
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

/** Whether some AZs are given by name and others by AZ ID: two could be the same. */
function isMixed(zones: readonly string[]): boolean {
  const isName = new RegExp(`^${REGION}[a-z]$`);
  const texts = zones.filter((zone) => typeof zone === "string");
  return texts.some(isZoneId) && texts.some((zone) => isName.test(zone));
}

/** What {@link zoneNamesWarning} depends on. */
interface ZoneChoices {
  readonly region: string;
  readonly networks: readonly Network[];
  /** Names or AZ IDs. */
  readonly zones: readonly string[];
}

/**
 * A warning where the AZ names of two accounts may mean different AZs. A transit gateway keeps traffic in the AZ where it
 * begins while the other attachment has a subnet there (Amazon VPC Transit Gateways, "Appliance in a shared services VPC").
 */
export function zoneNamesWarning({ region, networks, zones }: ZoneChoices): string[] {
  const isOneAccount = new Set(networks.map(({ account }) => account)).size === 1;
  if (REGIONS.get(region)?.isMappedByAccount !== true || zones.every(isZoneId) || isOneAccount) return [];
  return [
    `AZs are given by name, and in ${region} a name may mean another AZ in each account: traffic between networks then ` +
      "crosses AZs. List AZ IDs in availability-zones instead; the IDs of the AZs in use change nothing",
  ];
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
    if (/^[a-z]+\d+-[a-z0-9-]*\d$/.test(zone)) return zoneIdFault(zone, region);
    const [, zoneRegion = "", suffix = ""] = new RegExp(`^(${REGION})(.*)$`).exec(zone) ?? [];
    const where = region ?? "aws:region";
    const { letters = "a", sometimes = "" } = REGIONS.get(region ?? "") ?? {};
    const example = `such as ${region ?? "REGION"}${(letters + sometimes).slice(0, 1)}`;
    if (suffix.startsWith("-")) {
      return `a Local or Wavelength Zone; must be an Availability Zone of ${where}, ${example}`;
    }
    if (!/^[a-z]$/.test(suffix)) return `must be the name or AZ ID of an Availability Zone of ${where}, ${example}`;
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

/** What is wrong with an AZ ID. Which ones an account has is known only there. */
function zoneIdFault(zone: string, region: string | undefined): string | undefined {
  const example = `such as ${region === undefined ? "REGION" : zoneIdPrefix(region)}-az1`;
  if (!isZoneId(zone)) {
    return `the ID of a Local or Wavelength Zone; must be an AZ ID of ${region ?? "aws:region"}, ${example}`;
  }
  if (region === undefined || regionOfZone(zone) === region) return undefined;
  return `an AZ ID of ${regionOfZone(zone) || "another Region"}; must be one of aws:region ${region}, ${example}`;
}
