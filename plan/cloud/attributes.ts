import { symbolicAttribute, symbolicId, type Identity } from "../engine/resource";
import type { Properties } from "../engine/wire";

/** Types whose physical id is their name, and the property that holds it. */
const NAMED_BY_ID: Readonly<Record<string, string>> = {
  "aws:athena/workgroup:Workgroup": "name",
  "aws:glue/catalogDatabase:CatalogDatabase": "name",
  "aws:glue/catalogTable:CatalogTable": "name",
  "aws:iam/role:Role": "name",
  "aws:s3/bucket:Bucket": "bucket",
};

/** Attributes that AWS adds and that the program reads, beside `arn`, which all have. */
const COMPUTED: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/natGateway:NatGateway": ["publicIp", "privateIp"],
  "aws:ec2/vpc:Vpc": ["defaultRouteTableId", "defaultSecurityGroupId", "mainRouteTableId"],
};

/** What AWS answers beside the inputs of a resource: symbols that say where a value comes from. */
export function attributes(resource: Identity & { readonly inputs: Properties }): Properties {
  const computed = ["arn", ...(COMPUTED[resource.type] ?? [])];
  const answer: Properties = Object.fromEntries(computed.map((name) => [name, symbolicAttribute(resource, name)]));
  const nameProperty = NAMED_BY_ID[resource.type];
  if (nameProperty !== undefined) answer[nameProperty] = resource.inputs[nameProperty] ?? symbolicId(resource);
  return answer;
}
