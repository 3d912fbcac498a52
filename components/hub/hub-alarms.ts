import type * as pulumi from "@pulumi/pulumi";
import { Alarms } from "../alarms/alarms";
import {
  gatewaySubjects,
  inboundResolverSubjects,
  natSubjects,
  outboundResolverSubjects,
  vpnSubjects,
} from "../alarms/subjects";
import type { HubSettings } from "../settings/settings";
import type { Resolver } from "./dns";
import type { Forwarding } from "./forwarding";
import type { Sites } from "./sites";
import type { TransitGateway } from "./transit-gateway";

/** What the hub's account sees and has alarms for. */
export interface HubAlarmsArgs {
  readonly settings: HubSettings;
  readonly gateway: TransitGateway;
  /** Undefined where there is no Resolver inbound endpoint. */
  readonly resolver: Resolver | undefined;
  /** Undefined where no domain is forwarded. */
  readonly forwarding: Forwarding | undefined;
  /** Ids of the NAT gateways through which spokes reach the internet, in AZ order. */
  readonly natGatewayIds: readonly pulumi.Output<string>[];
  readonly vpnIds: Sites["vpnIds"];
}

/** Alarms of the hub: its NAT gateways, the whole transit gateway, both Resolver endpoints and the VPN connections. */
export function createHubAlarms(
  name: string,
  { settings, gateway, resolver, forwarding, natGatewayIds, vpnIds }: HubAlarmsArgs,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { network, region, naming, alarms } = settings;
  new Alarms(
    name,
    {
      ...{ prefix: naming.prefix, network: network.name, account: network.account, region },
      emails: alarms.emails,
      topics: alarms.topics,
      subjects: [
        ...natSubjects(natGatewayIds),
        ...gatewaySubjects(gateway.id),
        ...(resolver === undefined ? [] : inboundResolverSubjects(resolver.id, resolver.addressIds)),
        ...(forwarding === undefined ? [] : outboundResolverSubjects(forwarding.endpointId, forwarding.addressIds)),
        ...Object.entries(vpnIds).flatMap(([site, id]) => vpnSubjects(site, id)),
      ],
      dashboard: {
        natGateways: natGatewayIds,
        transitGateway: gateway.id,
        resolverAddresses: resolver?.addressIds ?? [],
        forwardingAddresses: forwarding?.addressIds ?? [],
        vpns: vpnIds,
      },
    },
    opts,
  );
}
