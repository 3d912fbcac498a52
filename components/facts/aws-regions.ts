/** Availability Zones of a Region, by the letters after its code. */
interface RegionZones {
  /** Letters that every account has, in order. */
  readonly letters: string;
  /** Letters that some accounts have and others do not; absent: none. */
  readonly sometimes?: string;
  /** Most AZs that one account can use, where there are more letters than that. */
  readonly most?: number;
  /** Whether an AZ name may mean another AZ in each account. @default false */
  readonly isMappedByAccount?: boolean;
}

/** Day on which {@link REGIONS} was compared with its sources. */
export const REGIONS_AS_OF = "2026-11-26";

const THREE: RegionZones = { letters: "abc" };
const THREE_BY_ACCOUNT: RegionZones = { ...THREE, isMappedByAccount: true };

/**
 * Regions of AWS's commercial partition, `aws`, and their AZs.
 *
 * Codes: AWS Global Infrastructure, "AWS Regions". Letters: "AWS Availability Zones" there, and the answers of
 * `DescribeAvailabilityZones`. Letters have gaps where an AZ takes no new customers (Amazon EC2 User Guide, "AWS
 * Availability Zones": "we might restrict access to a constrained Availability Zone"). In Tokyo accounts have a, c and
 * d, and old ones b; in Montreal a, b and d; in N. California two of a, b and c, and which two differs. Mapping: "AZ IDs"
 * there, "Regions with independently mapped Availability Zones"; accounts that are created from November 2025 on have one
 * mapping ("AWS Availability Zones").
 *
 * To support another Region or AZ, add it here.
 */
export const REGIONS: ReadonlyMap<string, RegionZones> = new Map<string, RegionZones>([
  ["af-south-1", THREE],
  ["ap-east-1", THREE],
  ["ap-east-2", THREE],
  ["ap-northeast-1", { letters: "acd", sometimes: "b", isMappedByAccount: true }],
  ["ap-northeast-2", { letters: "abcd" }],
  ["ap-northeast-3", THREE],
  ["ap-south-1", THREE],
  ["ap-south-2", THREE],
  ["ap-southeast-1", THREE_BY_ACCOUNT],
  ["ap-southeast-2", THREE_BY_ACCOUNT],
  ["ap-southeast-3", THREE],
  ["ap-southeast-4", THREE],
  ["ap-southeast-5", THREE],
  ["ap-southeast-6", THREE],
  ["ap-southeast-7", THREE],
  ["ca-central-1", { letters: "abd", sometimes: "c" }],
  ["ca-west-1", THREE],
  ["eu-central-1", THREE],
  ["eu-central-2", THREE],
  ["eu-north-1", THREE],
  ["eu-south-1", THREE],
  ["eu-south-2", THREE],
  ["eu-west-1", THREE_BY_ACCOUNT],
  ["eu-west-2", THREE],
  ["eu-west-3", THREE],
  ["il-central-1", THREE],
  ["me-central-1", THREE],
  ["me-south-1", THREE],
  ["mx-central-1", THREE],
  ["sa-east-1", THREE_BY_ACCOUNT],
  ["us-east-1", { letters: "abcdef", isMappedByAccount: true }],
  ["us-east-2", THREE],
  ["us-west-1", { letters: "", sometimes: "abc", most: 2, isMappedByAccount: true }],
  ["us-west-2", { letters: "abcd", isMappedByAccount: true }],
]);

/**
 * The beginning of the AZ IDs of a Region: `apse3` of `apse3-az1` in ap-southeast-3. It is the first part of the Region's
 * code, the first letter of each point of the compass, and the number (AWS Global Infrastructure, "AWS Availability Zones").
 */
export function zoneIdPrefix(region: string): string {
  const [area = "", compass = "", number = ""] = region.split("-");
  const points = /^(north|south)(east|west)$/.exec(compass)?.slice(1) ?? [compass];
  return `${area}${points.map((point) => point.charAt(0)).join("")}${number}`;
}

/** Whether a text has the form of an AZ ID, such as `apse3-az1`, and not of an AZ name. */
export function isZoneId(zone: string): boolean {
  return /^[a-z]+\d+-az\d+$/.test(zone);
}

/** The Region of an AZ, by its name or its AZ ID; empty for an AZ ID of an unknown Region. */
export function regionOfZone(zone: string): string {
  if (!isZoneId(zone)) return zone.replace(/[a-z]$/, "");
  return [...REGIONS.keys()].find((region) => zone.startsWith(`${zoneIdPrefix(region)}-`)) ?? "";
}

/**
 * Partitions other than `aws`, by the beginning of their Regions' codes (AWS General Reference, "Amazon Resource Names
 * (ARNs)", and the `partitions` file of the AWS SDKs, as of {@link REGIONS_AS_OF}).
 */
const PARTITIONS = [
  { begins: "cn-", name: "China", partition: "aws-cn" },
  { begins: "us-gov-", name: "GovCloud (US)", partition: "aws-us-gov" },
  { begins: "us-isob-", name: "Secret", partition: "aws-iso-b" },
  { begins: "us-isof-", name: "ISOF", partition: "aws-iso-f" },
  { begins: "us-iso-", name: "Top Secret", partition: "aws-iso" },
  { begins: "eu-isoe-", name: "ISOE", partition: "aws-iso-e" },
  { begins: "eusc-", name: "European Sovereign Cloud", partition: "aws-eusc" },
] as const;

/** The partition of a Region, such as `the China partition, aws-cn`; undefined for the partition `aws`. */
export function otherPartition(region: string): string | undefined {
  const found = PARTITIONS.find(({ begins }) => region.startsWith(begins));
  return found === undefined ? undefined : `the ${found.name} partition, ${found.partition}`;
}
