/**
 * A bucket of another owner that nodes and pods read indirectly, over HTTPS: a package repository, an agent or a
 * registry redirects to it. S3 of the same Region goes through the gateway endpoint, which refuses buckets that its
 * policy does not list. A bucket of another Region goes through the NAT gateway and is not listed.
 */
interface ReadBucket {
  readonly bucket: string;
  /** Who reads it, or which registry redirects to it. */
  readonly for: string;
}

/** Buckets from one source: the document, and the month in which it was read. */
export interface BucketSource {
  readonly source: string;
  readonly asOf: string;
  /** Buckets in a Region. */
  readonly buckets: (region: string) => readonly ReadBucket[];
}

/** Buckets of AWS. */
export const AWS_BUCKETS: readonly BucketSource[] = [
  {
    source: 'Amazon ECR User Guide, "Amazon ECR interface VPC endpoints"',
    asOf: "2026-11",
    buckets: (region) => [
      { bucket: `prod-${region}-starport-layer-bucket`, for: "layers of ECR's private registries" },
    ],
  },
  {
    source: 'Amazon Linux 2023 User Guide, "Managing repositories"; aws-samples/data-perimeter-policy-examples',
    asOf: "2026-11",
    buckets: (region) =>
      [`al2023-repos-${region}-de612dc2`, `al2023-${region}`].map((bucket) => ({ bucket, for: "packages of AL2023" })),
  },
  {
    source: 'AWS Systems Manager User Guide, "SSM Agent communications with AWS managed S3 buckets"',
    asOf: "2026-11",
    buckets: (region) =>
      [
        `amazon-ssm-${region}`,
        `amazon-ssm-packages-${region}`,
        `aws-ssm-${region}`,
        `aws-ssm-distributor-file-${region}`,
        `aws-ssm-document-attachments-${region}`,
        `patch-baseline-snapshot-${region}`,
        `${region}-birdwatcher-prod`,
      ].map((bucket) => ({ bucket, for: "the SSM Agent, and what Distributor installs: GuardDuty's agent among it" })),
  },
  {
    source: 'Amazon CloudWatch User Guide, "Download the CloudWatch agent package"',
    asOf: "2026-11",
    buckets: (region) => [{ bucket: `amazoncloudwatch-agent-${region}`, for: "the CloudWatch agent's package" }],
  },
  {
    source: 'Amazon EKS User Guide, "Set up kubectl and eksctl"',
    asOf: "2026-11",
    buckets: (region) => (region === "us-west-2" ? [{ bucket: "amazon-eks", for: "kubectl as EKS builds it" }] : []),
  },
];

/** Regions in which registry.k8s.io has a bucket of the form `prod-registry-k8s-io-REGION`. */
const KUBERNETES_REGIONS: readonly string[] = [
  ...["af-south-1", "ap-east-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2"],
  ...["ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6"],
  ...["ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1"],
  ...["eu-south-2", "eu-west-1", "eu-west-3", "il-central-1", "me-central-1", "mx-central-1", "sa-east-1"],
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
];

/**
 * Regions in which its name has another form. Where it has no bucket (ap-east-2, me-south-1), registry.k8s.io sends
 * clients to one in another Region.
 */
const KUBERNETES_EXCEPTIONS: Readonly<Record<string, string>> = {
  "eu-west-2": "767373bbdcb8270361b96548387bf2a9ad0d48758c35-eu-west-2",
};

/** The only bucket of a registry, in the Region `home`. */
const inOneRegion =
  (home: string, bucket: string, registry: string) =>
  (region: string): readonly ReadBucket[] =>
    region === home ? [{ bucket, for: registry }] : [];

/**
 * Buckets of public registries. Others do not use S3 of a Region: public.ecr.aws redirects to CloudFront, ghcr.io to
 * `pkg-containers.githubusercontent.com`, and registry.k8s.io's manifests and the registries of Google are served by
 * Google.
 */
export const REGISTRY_BUCKETS: readonly BucketSource[] = [
  {
    // It finds the Region of the client's address and checks whether the bucket of that Region has the blob.
    source: "kubernetes/registry.k8s.io, cmd/archeio/internal/app/buckets.go, of 2026-08-06",
    asOf: "2026-11",
    buckets: (region) => {
      const bucket =
        KUBERNETES_EXCEPTIONS[region] ??
        (KUBERNETES_REGIONS.includes(region) ? `prod-registry-k8s-io-${region}` : undefined);
      return bucket === undefined ? [] : [{ bucket, for: "registry.k8s.io" }];
    },
  },
  {
    // Clients inside AWS get a signed URL of the bucket (quay/quay, storage/cloud.py, CloudFrontedS3Storage).
    source: 'OpenShift Container Platform, "Configuring your firewall"',
    asOf: "2026-11",
    buckets: inOneRegion("us-east-1", "quayio-production-s3", "quay.io"),
  },
  {
    // Clients inside AWS may get a signed URL of the bucket, others a content delivery network's.
    source: "JFrog Help Center, what to allow for Docker Hub, of 2025-05; docker/hub-feedback, issue 1318",
    asOf: "2026-11",
    buckets: inOneRegion("us-east-1", "docker-images-prod", "docker.io"),
  },
];

/** All buckets of some lists in a Region. */
export function bucketsIn(region: string, lists: readonly BucketSource[]): readonly ReadBucket[] {
  return lists.flatMap(({ buckets }) => buckets(region));
}
