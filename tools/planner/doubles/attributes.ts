import { symbolicAttribute, symbolicId, type Identity } from "../engine/resource";
import type { Properties } from "../engine/wire";

/** Types whose physical id is also a property, and which: mostly their name. */
const ID_PROPERTY: Readonly<Record<string, string>> = {
  "aws:athena/workgroup:Workgroup": "name",
  "aws:cloudwatch/eventRule:EventRule": "name",
  "aws:glue/catalogDatabase:CatalogDatabase": "name",
  "aws:glue/catalogTable:CatalogTable": "name",
  "aws:iam/instanceProfile:InstanceProfile": "name",
  "aws:iam/role:Role": "name",
  "aws:kms/key:Key": "keyId",
  "aws:route53/zone:Zone": "zoneId",
  "aws:s3/bucket:Bucket": "bucket",
  "aws:sqs/queue:Queue": "url",
};

/** Attributes that AWS adds and that the program reads, beside `arn`, which all have. */
const COMPUTED: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": ["latestVersion"],
  "aws:ec2/natGateway:NatGateway": ["publicIp", "privateIp"],
  "aws:ec2/vpc:Vpc": ["defaultRouteTableId", "defaultSecurityGroupId", "mainRouteTableId"],
  "aws:eks/cluster:Cluster": ["endpoint"],
};

/** Attributes that are no text. */
const STRUCTURED: Readonly<Record<string, (resource: Identity) => Properties>> = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": (endpoint) => ({
    dnsEntries: [
      {
        dnsName: symbolicAttribute(endpoint, "dnsEntries[0].dnsName"),
        hostedZoneId: symbolicAttribute(endpoint, "dnsEntries[0].hostedZoneId"),
      },
    ],
  }),
};

/** Types whose physical id is their ARN. */
const ARN_IS_ID: readonly string[] = [
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  "aws:iam/policy:Policy",
  "aws:ram/resourceShare:ResourceShare",
];

/** What AWS answers beside the inputs of a resource: symbols that say where a value comes from. */
export function attributes(resource: Identity & { readonly inputs: Properties }): Properties {
  const computed = ["arn", ...(COMPUTED[resource.type] ?? [])];
  const answer: Properties = Object.fromEntries(computed.map((name) => [name, symbolicAttribute(resource, name)]));
  if (ARN_IS_ID.includes(resource.type)) answer["arn"] = symbolicId(resource);
  const idProperty = ID_PROPERTY[resource.type];
  if (idProperty !== undefined) answer[idProperty] = resource.inputs[idProperty] ?? symbolicId(resource);
  return { ...answer, ...STRUCTURED[resource.type]?.(resource) };
}
