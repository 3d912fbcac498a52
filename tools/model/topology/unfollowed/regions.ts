import { text } from "../../resource";
import { awsServiceOf } from "../gateway-endpoints";
import type { Resources } from "../resources";
import { FOLLOWED } from "./followed";
import type { Reported } from "./reported";

/**
 * Resources in another Region than the network. VPCs, transit gateways and service names belong to one Region (Amazon VPC
 * User Guide, "VPC basics"). The network's Region is that of the first subnet, the hub's.
 */
export function elsewhere(resources: Resources): Reported[] {
  const [first] = resources.ofType("aws:ec2/subnet:Subnet").map((each) => text(each, "availabilityZone"));
  const home = (first ?? "").replace(/[a-z]$/, "");
  if (home === "") return [];
  return Object.keys(FOLLOWED)
    .flatMap((type) => resources.ofType(type))
    .flatMap((resource) => {
      const regions = [
        text(resource, "region"),
        text(resource, "availabilityZone").replace(/[a-z]$/, ""),
        awsServiceOf(text(resource, "serviceName"))?.region ?? "",
      ];
      const other = regions.find((region) => region !== "" && region !== home);
      return other === undefined ? [] : [{ resource, why: `is in ${other}, but the network is in ${home}` }];
    });
}
