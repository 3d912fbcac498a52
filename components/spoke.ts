import * as pulumi from "@pulumi/pulumi";
import { addressPlan } from "./address-plan";
import type { HubContract } from "./hub-contract";
import { Network } from "./network/network";
import { TransitAttachment } from "./network/transit-attachment";
import type { SpokeSettings } from "./settings/settings";
import { kubernetesSubnetTags } from "./tags";

/** A workload account's network: its VPC, joined to the hub and to nothing else. */
export class Spoke extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;

  constructor(settings: SpokeSettings, hub: HubContract, opts?: pulumi.ComponentResourceOptions) {
    const { network, zones, oneNatPerAz } = settings;
    const name = network.name;
    super("piksel:spoke:Spoke", name, {}, opts);
    const mine = { parent: this };

    const vpc = new Network(
      name,
      {
        plan: addressPlan(network.cidr, zones),
        natGateways: oneNatPerAz ? "OnePerAz" : "Single",
        subnetTags: kubernetesSubnetTags(name),
        logArchiveArn: hub.logArchiveArn,
      },
      mine,
    );
    new TransitAttachment(
      name,
      { network: vpc, transitGatewayId: hub.transitGatewayId, destinationCidrBlock: hub.cidr },
      mine,
    );

    this.vpcId = vpc.vpcId;
    this.registerOutputs({ vpcId: this.vpcId });
  }
}
