import type { PlannedResource } from "../engine/resource";
import { listed } from "../../report/view/words";
import { nameOf, warning, type ChangeWarning, type StackChange } from "./warning";

/** What a type takes with it when it is deleted, for good or for a successor. */
const LOSSES: readonly {
  readonly type: string;
  /** @param names of all that are deleted, in words */
  readonly text: (names: string, all: readonly PlannedResource[]) => string;
}[] = [
  {
    type: "aws:ec2/vpc:Vpc",
    text: (names) =>
      `The VPC ${names} is deleted, with its subnets and every address in them: move everything that runs there first; ` +
      "others reach it at new addresses. A new spoke beside it, and the removal of this one afterwards, interrupts less.",
  },
  {
    type: "aws:ec2transitgateway/transitGateway:TransitGateway",
    text: (names) =>
      `The transit gateway ${names} is deleted: no spoke reaches the hub until it is attached to another.`,
  },
  {
    type: "aws:eks/cluster:Cluster",
    text: (names) =>
      `The cluster ${names} is deleted with its workloads and its etcd. Load balancers and EBS volumes that Kubernetes ` +
      "created stay, incur charges and block the deletion of subnets: delete the Services, Ingresses and volume claims first.",
  },
  {
    type: "aws:kms/key:Key",
    text: (names, all) =>
      `The KMS ${all.length === 1 ? "key" : "keys"} ${names} ${all.length === 1 ? "is" : "are"} scheduled for deletion: ` +
      'what was encrypted with it cannot be read afterwards (AWS KMS Developer Guide, "Delete an AWS KMS key").',
  },
  {
    type: "aws:ecr/repository:Repository",
    text: (names, all) =>
      `The ${all.length === 1 ? "repository" : "repositories"} ${names} and all images in ${all.length === 1 ? "it" : "them"} ` +
      "are deleted: nodes that start a pod of one cannot pull it any more.",
  },
  {
    type: "aws:route53/zone:Zone",
    text: (names, all) =>
      `The hosted ${all.length === 1 ? "zone" : "zones"} ${names} and all records in ${all.length === 1 ? "it" : "them"} ` +
      "are deleted, including records that others created there.",
  },
  {
    type: "aws:route53/resolverEndpoint:ResolverEndpoint",
    text: (names) =>
      `The Resolver inbound endpoint ${names} is deleted with its IP addresses: DNS servers that forward to them, and DHCP ` +
      "options that name them, get no answer any more.",
  },
  {
    type: "aws:s3/bucket:Bucket",
    text: (names, all) =>
      `The ${all.length === 1 ? "bucket" : "buckets"} ${names} and all objects in ${all.length === 1 ? "it" : "them"} are ` +
      "deleted. Amazon S3 refuses to delete objects that Object Lock still retains.",
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    text: (names, all) =>
      `The log ${all.length === 1 ? "group" : "groups"} ${names} and all events in ${all.length === 1 ? "it" : "them"} are deleted.`,
  },
];

/** What is deleted with the resources that hold it. */
export function losses(change: StackChange): ChangeWarning[] {
  return LOSSES.flatMap(({ type, text }) => {
    const gone = change.gone(type);
    return gone.length === 0 ? [] : [warning("lost", text(listed(gone.map(nameOf)), gone), gone)];
  });
}
