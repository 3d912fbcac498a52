import type { ModelResource, Properties } from "../../../tools/model/resource";
import type { Network, Topology } from "../../../tools/model/topology/topology";
import * as aws from "./build";

/** A private zone of `one`, its id its domain, and its records: name → address. */
export function zone(name: string, records: aws.Routes, vpcs: readonly string[] = ["one"]): aws.Part {
  return [
    aws.resource("route53/zone:Zone", name, { name, vpcs: vpcs.map((each) => ({ vpcId: aws.ref(each) })) }),
    ...Object.entries(records).map(([record, address]) => aRecord(name, record, { records: [address] })),
  ];
}

export function aRecord(zoneName: string, name: string, inputs: Properties): ModelResource {
  return aws.resource("route53/record:Record", `${name}@${zoneName}`, {
    ...{ zoneId: aws.ref(zoneName), name, type: "A" },
    ...inputs,
  });
}

export function one(topology: Topology): Network {
  return topology.networks.find(({ name }) => name === "one")!;
}
