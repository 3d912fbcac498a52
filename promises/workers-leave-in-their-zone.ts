import { subnetsOf } from "../model/estate";
import { finding, type NetworkPromise } from "./promise";

export const workersLeaveInTheirZone: NetworkPromise = {
  name: "workers-leave-in-their-zone",
  sentence: "Workers leave by a NAT gateway, and by that of their own zone where it has one.",
  check(stack, all) {
    if (stack.isHub) return undefined;
    const zoneOf = (natId: string): string | undefined => {
      const subnetId = all.model.natGateways.find(({ id }) => id === natId)?.subnetId;
      return all.model.subnets.find(({ id }) => id === subnetId)?.zone;
    };
    const own = all.model.natGateways.filter(({ id }) => stack.resources.some((resource) => resource.id === id));
    const zones = own.map(({ id }) => zoneOf(id));
    return finding(
      subnetsOf(all, stack, "private").map(({ name, zone, routes }) => {
        const nat = routes.find(({ kind, destination }) => kind === "NAT gateway" && destination === "0.0.0.0/0");
        const leaves = nat === undefined ? undefined : zoneOf(nat.target);
        const holds = leaves !== undefined && (leaves === zone || !zones.includes(zone));
        return {
          holds,
          evidence: `${name} in ${zone} leaves ${leaves === undefined ? "by no NAT gateway" : `in ${leaves}`}`,
        };
      }),
    );
  },
};
