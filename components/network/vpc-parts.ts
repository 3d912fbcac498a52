import type * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import type { Tier } from "../address-plan";

/**
 * Single subnets and route tables of an `awsx.ec2.Vpc`, safe while a zone is being added.
 *
 * The lists of ids (`privateSubnetIds`, ...) are unknown as a whole as long as one id in them is, and then whatever
 * reads the id of an old subnet shows a replacement in the preview that the update would not make. The lists of
 * resources stay known, so an element is taken from them, and only that element's id.
 */
export function subnetId(vpc: awsx.ec2.Vpc, tier: Tier, zone: number): pulumi.Output<string> {
  const subnets = { public: vpc.publicSubnets, private: vpc.privateSubnets, transit: vpc.isolatedSubnets }[tier];
  return subnets.apply((list) => present(list[zone], `${tier} subnet ${String(zone + 1)}`).id);
}

/** The route table is found by its Name tag: the order of the list is awsx's own affair. */
export function routeTableId(vpc: awsx.ec2.Vpc, name: string, tier: Tier, zone: number): pulumi.Output<string> {
  const wanted = `${name}-${tier}-${String(zone + 1)}`;
  return vpc.routeTables.apply((tables) =>
    pulumi
      .all(tables.map((table) => table.tags))
      .apply((tags) => present(tables[tags.findIndex((tag) => tag?.["Name"] === wanted)], `route table ${wanted}`).id),
  );
}

function present<T>(item: T | undefined, what: string): T {
  if (item === undefined) throw new Error(`awsx.ec2.Vpc created no ${what}`);
  return item;
}
