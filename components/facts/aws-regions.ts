/** Availability Zones of a Region, by the letters after its code. */
interface RegionZones {
  /** Letters that every account has, in order. */
  readonly letters: string;
  /** Letters that some accounts have and others do not; absent: none. */
  readonly sometimes?: string;
  /** Most AZs that one account can use, where there are more letters than that. */
  readonly most?: number;
}

/** Day on which {@link REGIONS} was compared with its sources. */
export const REGIONS_AS_OF = "2026-11-26";

const THREE: RegionZones = { letters: "abc" };

/**
 * Regions of AWS's commercial partition, `aws`, and their AZs.
 *
 * Codes: AWS Global Infrastructure, "AWS Regions". Letters: "AWS Availability Zones" there, and the answers of
 * `DescribeAvailabilityZones`. Letters have gaps where an AZ takes no new customers (Amazon EC2 User Guide, "AWS
 * Availability Zones": "we might restrict access to a constrained Availability Zone"). In Tokyo accounts have a, c and
 * d, and old ones b; in Montreal a, b and d; in N. California two of a, b and c, and which two differs.
 *
 * To support another Region or AZ, add it here.
 */
export const REGIONS: ReadonlyMap<string, RegionZones> = new Map<string, RegionZones>([
  ["af-south-1", THREE],
  ["ap-east-1", THREE],
  ["ap-east-2", THREE],
  ["ap-northeast-1", { letters: "acd", sometimes: "b" }],
  ["ap-northeast-2", { letters: "abcd" }],
  ["ap-northeast-3", THREE],
  ["ap-south-1", THREE],
  ["ap-south-2", THREE],
  ["ap-southeast-1", THREE],
  ["ap-southeast-2", THREE],
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
  ["eu-west-1", THREE],
  ["eu-west-2", THREE],
  ["eu-west-3", THREE],
  ["il-central-1", THREE],
  ["me-central-1", THREE],
  ["me-south-1", THREE],
  ["mx-central-1", THREE],
  ["sa-east-1", THREE],
  ["us-east-1", { letters: "abcdef" }],
  ["us-east-2", THREE],
  ["us-west-1", { letters: "", sometimes: "abc", most: 2 }],
  ["us-west-2", { letters: "abcd" }],
]);

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
