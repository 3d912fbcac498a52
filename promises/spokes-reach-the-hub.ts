import { subnetsOf } from "../model/estate";
import { text, texts } from "../model/resource";
import { holds, trace } from "../model/trace";
import { hostAddress } from "../components/address-plan";
import { finding, type NetworkPromise } from "./promise";

/** An address in the hub's private subnets, where its endpoints and its resolver are: as good as any other there. */
const HOST = 10;

/** What the hub offers, by type of resource: the port, and the security groups that must let it in. */
const SERVICES = [
  { type: "aws:ec2/vpcEndpoint:VpcEndpoint", kind: "Interface", protocol: "tcp", port: 443 },
  { type: "aws:route53/resolverEndpoint:ResolverEndpoint", kind: "", protocol: "udp", port: 53 },
] as const;

export const spokesReachTheHub: NetworkPromise = {
  name: "spokes-reach-the-hub",
  sentence: "A spoke's private subnets reach the hub's endpoints and resolver, and are answered.",
  check(stack, all) {
    const hub = all.stacks.find(({ isHub }) => isHub);
    if (stack.isHub || hub === undefined) return undefined;
    const ways = subnetsOf(all, stack, "private").flatMap((from) =>
      subnetsOf(all, hub, "private").flatMap((to) => {
        const there = trace(all.model, from, hostAddress(to.cidr, HOST));
        const back = trace(all.model, to, hostAddress(from.cidr, HOST));
        return [there, back].map(({ hops, end }) => ({
          holds: end === "reached",
          evidence: `${hops.join("; ")}: ${end}`,
        }));
      }),
    );
    const doors = SERVICES.flatMap(({ type, kind, protocol, port }) =>
      hub.resources
        .filter((each) => each.type === type && (kind === "" || text(each, "vpcEndpointType") === kind))
        .map((service) => {
          const groups = texts(service, "securityGroupIds");
          const open = all.model.rules.some(
            (rule) =>
              groups.includes(rule.groupId) &&
              rule.protocol === protocol &&
              rule.fromPort <= port &&
              rule.toPort >= port &&
              subnetsOf(all, stack, "private").every(({ cidr }) => holds(rule.cidr, cidr.split("/")[0] ?? "")),
          );
          return {
            holds: open,
            evidence: `${service.name} ${open ? "admits" : "does not admit"} ${stack.name}, ${protocol} ${String(port)}`,
          };
        }),
    );
    return finding([...ways, ...doors]);
  },
};
