import type { Changes } from "../changes/changes";
import { labelOf } from "../../report/view/resources";

/** Types of which an update of the code may neither replace nor delete one: data, addresses and paths go with it. */
const MUST_STAY: readonly string[] = [
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/vpc:Vpc",
  "aws:ec2transitgateway/transitGateway:TransitGateway",
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
  "aws:ecr/repository:Repository",
  "aws:eks/cluster:Cluster",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
];

/** What of it a change replaces or deletes: `dev: replaces ec2.Vpc dev (cidrBlock)`. */
export function harm(changes: Readonly<Record<string, Changes>>): readonly string[] {
  return Object.entries(changes).flatMap(([stack, { replace, delete: gone }]) => [
    ...replace
      .filter(({ name }) => mustStay(name))
      .map(({ name, properties }) => `${stack}: replaces ${called(name)} (${properties.join(", ")})`),
    ...gone.filter(mustStay).map((name) => `${stack}: deletes ${called(name)}`),
  ]);
}

function mustStay(resource: string): boolean {
  return MUST_STAY.includes(resource.split("::")[0] ?? "");
}

function called(resource: string): string {
  const { type, name } = labelOf(resource);
  return `${type} ${name}`;
}
