import { text, type ModelResource } from "../../resource";
import { FOLLOWED } from "./followed";

/**
 * Services that neither route packets between networks nor answer DNS queries. Any other resource, from any provider, is
 * reported until the model covers it. By service name in @pulumi/aws and in CloudFormation.
 */
const HARMLESS_SERVICES: readonly string[] = [
  ...["accessanalyzer", "account", "acm", "acmpca", "athena", "auditmanager", "backup", "budgets", "cfg", "cloudtrail"],
  ...["cloudwatch", "config", "costexplorer", "cur", "detective", "dynamodb", "ebs", "ecr", "ecrpublic", "eks"],
  ...["events", "firehose", "glue", "guardduty", "iam", "identitystore", "inspector2", "kinesis", "kms", "logs"],
  ...["macie2", "organizations", "ram", "resourceexplorer", "resourcegroups", "s3", "s3control", "s3tables"],
  ...["scheduler", "secretsmanager", "securityhub", "servicequotas", "sns", "sqs", "ssm", "ssoadmin", "xray"],
];

/** Networking types that route nothing, or that other checks examine. */
const HARMLESS_TYPES: readonly string[] = [
  ...["eip", "flowLog", "keyPair", "launchTemplate", "tag"],
  ...["ami", "amiCopy", "amiFromInstance", "amiLaunchPermission", "imageBlockPublicAccess", "allowedImagesSettings"],
  ...["capacityReservation", "dedicatedHost", "placementGroup", "serialConsoleAccess", "instanceMetadataDefaults"],
  ...["snapshotCreateVolumePermission", "volumeAttachment", "subnetCidrReservation"],
  ...["networkInsightsPath", "networkInsightsAnalysis", "networkInsightsAccessScope"],
  ...["vpcEndpointPolicy", "vpcEndpointConnectionNotification", "vpcNetworkPerformanceMetricSubscription"],
]
  .map((name) => `aws:ec2/${name}`)
  .concat(
    // Egress rules are ignored: the model assumes that senders may send anything.
    "aws:vpc/securityGroupEgressRule",
    "aws:route53/vpcAssociationAuthorization",
    ...["resolverQueryLogConfig", "resolverQueryLogConfigAssociation", "queryLog", "healthCheck", "delegationSet"].map(
      (name) => `aws:route53/${name}`,
    ),
    ...["hostedZoneDnsSec", "keySigningKey"].map((name) => `aws:route53/${name}`),
  );

/** Packages without AWS networking: Pulumi's own, and components, whose children are listed separately. */
const HARMLESS_PACKAGES: readonly string[] = [
  ...["pulumi", "pulumiservice", "kubernetes", "random", "tls", "time"],
  ...["awsx", "eks", "piksel"],
];

/** Properties with the CloudFormation type of a Cloud Control resource, `AWS::EC2::VPC`. */
const NAMED_BY = ["typeName", "type"];
const CLOUD_CONTROL: readonly string[] = ["aws:cloudcontrol/resource:Resource", "aws-native:index:ExtensionResource"];

/** Whether a resource may route traffic or answer DNS queries in a way that the model does not cover. */
export function isUnfollowed(resource: ModelResource): boolean {
  const { type } = resource;
  if (type in FOLLOWED) return false;
  const [pack = "", module = "", name = ""] = type.split(":");
  if (HARMLESS_PACKAGES.includes(pack)) return false;
  if (HARMLESS_TYPES.includes(`${pack}:${module}`)) return false;
  return !HARMLESS_SERVICES.includes(serviceOf(resource, module, name));
}

/** The service: `ec2` for `aws:ec2/vpc:Vpc`, `aws-native:ec2:Vpc`, `awscc:index/ec2Vpc:Ec2Vpc` and `AWS::EC2::VPC`. */
function serviceOf(resource: ModelResource, module: string, name: string): string {
  if (CLOUD_CONTROL.includes(resource.type)) {
    const named = NAMED_BY.map((property) => text(resource, property)).find((value) => value !== "") ?? "";
    return (named.split("::")[1] ?? "").toLowerCase();
  }
  const [service = "", inside = name] = module.split("/");
  if (service !== "index") return service.toLowerCase();
  return (/^[A-Z]?[a-z0-9]+/.exec(inside)?.[0] ?? "").toLowerCase();
}
