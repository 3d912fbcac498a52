/**
 * A private ECR registry of AWS that nodes and pods pull from. `*.dkr.ecr.REGION` resolves to the hub's endpoint for
 * all of them, so images of a registry that the endpoint policy does not list cannot be pulled.
 *
 * AWS App Mesh is not among them: its support ended on 2026-09-30. Images that AWS offers only in public.ecr.aws come
 * through the cache, or through NAT.
 */
interface AwsRegistry {
  /** Software whose images it contains. */
  readonly of: string;
  /** Document that lists the accounts, and month in which it was read. */
  readonly source: string;
  readonly asOf: string;
  /** Account of the registry by Region; absent: the Region has none, or it is not documented. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Account in the Regions that are not listed. @default none */
  readonly elsewhere?: string;
}

/** One account in some Regions, which are usually the older ones, and another in each of the others. */
function byRegion(common: string, regions: string, others: Readonly<Record<string, string>>): Record<string, string> {
  return { ...Object.fromEntries(regions.split(" ").map((region) => [region, common])), ...others };
}

/** Older Regions, which are enabled in every account. */
const FIRST_REGIONS =
  "ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 " +
  "eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2";

export const AWS_REGISTRIES: readonly AwsRegistry[] = [
  {
    of: "Amazon EKS: add-ons, the pause container, GuardDuty's agent from version 1.8.1 on",
    source: 'Amazon EKS User Guide, "View Amazon container image registries for Amazon EKS add-ons"',
    asOf: "2026-11",
    elsewhere: "602401143452",
    accounts: byRegion("602401143452", FIRST_REGIONS, {
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
    }),
  },
  {
    of: "Amazon GuardDuty: the agent of EKS Runtime Monitoring",
    source: 'Amazon GuardDuty User Guide, "Amazon ECR repository hosting GuardDuty agent"',
    asOf: "2026-11",
    accounts: {
      "af-south-1": "379032919888",
      "ap-east-1": "790429075973",
      "ap-northeast-1": "781592569369",
      "ap-northeast-2": "732248494576",
      "ap-northeast-3": "810724417379",
      "ap-south-1": "610108029387",
      "ap-south-2": "618745550137",
      "ap-southeast-1": "584580519942",
      "ap-southeast-2": "011662287384",
      "ap-southeast-3": "617474730032",
      "ap-southeast-4": "750462861327",
      "ca-central-1": "001188825231",
      "eu-central-1": "409493279830",
      "eu-central-2": "718440343717",
      "eu-north-1": "366771026645",
      "eu-south-1": "528450769569",
      "eu-south-2": "531047660167",
      "eu-west-1": "673884943994",
      "eu-west-2": "109118265657",
      "eu-west-3": "113643092156",
      "il-central-1": "292660727137",
      "me-central-1": "601769779514",
      "me-south-1": "541829937850",
      "sa-east-1": "941219317354",
      "us-east-1": "031903291036",
      "us-east-2": "591382732059",
      "us-west-1": "373421517865",
      "us-west-2": "039403964562",
    },
  },
  {
    of: "Bottlerocket: its admin and control containers, and its update operator",
    source: "bottlerocket-os/bottlerocket-core-kit, sources/api/schnauzer/src/helpers, ECR_MAP",
    asOf: "2026-11",
    accounts: byRegion("328549459982", FIRST_REGIONS, {
      "af-south-1": "917644944286",
      "ap-east-1": "375569722642",
      "ap-south-2": "764716012617",
      "ap-southeast-3": "386774335080",
      "ap-southeast-4": "731751899352",
      "ap-southeast-5": "851725293737",
      "ca-west-1": "253897149516",
      "eu-central-2": "861738308508",
      "eu-south-1": "586180183710",
      "eu-south-2": "620625777247",
      "il-central-1": "288123944683",
      "me-central-1": "553577323255",
      "me-south-1": "509306038620",
    }),
  },
  {
    of: "AWS Deep Learning Containers",
    source: "aws/deep-learning-containers, docs/reference/region_availability.md",
    asOf: "2026-11",
    accounts: byRegion("763104351884", FIRST_REGIONS, {
      "af-south-1": "626614931356",
      "ap-east-1": "871362719292",
      "ap-east-2": "975050140332",
      "ap-northeast-3": "364406365360",
      "ap-south-2": "772153158452",
      "ap-southeast-3": "907027046896",
      "ap-southeast-4": "457447274322",
      "ap-southeast-5": "550225433462",
      "ap-southeast-6": "633930458069",
      "ap-southeast-7": "590183813437",
      "ca-west-1": "204538143572",
      "eu-central-2": "380420809688",
      "eu-south-1": "692866216735",
      "eu-south-2": "503227376785",
      "il-central-1": "780543022126",
      "me-central-1": "914824155844",
      "me-south-1": "217643126080",
      "mx-central-1": "637423239942",
    }),
  },
  {
    of: "AWS for Fluent Bit",
    source: "aws/aws-for-fluent-bit, scripts/publish.sh",
    asOf: "2026-11",
    accounts: byRegion("906394416424", FIRST_REGIONS, {
      "af-south-1": "928143927712",
      "ap-east-1": "449074385750",
      "ap-south-2": "378905956269",
      "ap-southeast-3": "921575906885",
      "eu-central-2": "269912160255",
      "eu-south-1": "960320637246",
      "eu-south-2": "146576467002",
      "me-central-1": "358001906437",
      "me-south-1": "741863432321",
    }),
  },
];

/** Accounts of AWS's registries in a Region, sorted; at least one. */
export function awsRegistries(region: string): readonly string[] {
  return [...new Set(AWS_REGISTRIES.flatMap(({ accounts, elsewhere }) => accounts[region] ?? elsewhere ?? []))].sort();
}

/** Public registries that the hub's registry caches, each under a prefix: those that need no credentials. */
export const IMAGE_CACHES = [
  { prefix: "ecr-public", upstream: "public.ecr.aws" },
  { prefix: "kubernetes", upstream: "registry.k8s.io" },
  { prefix: "quay", upstream: "quay.io" },
] as const;
