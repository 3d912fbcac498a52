import type { Properties } from "../../model/resource";
import { assigned, elsewhere, fixed, handling, reach, spoken, table, within, type LiveTable } from "./rule";

/** Security groups and VPC endpoints. Defaults: Amazon EC2 API Reference; AWS PrivateLink Guide. */
export const DOOR_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:ec2/securityGroup:SecurityGroup": table({
    description: spoken,
    // The provider takes AWS's rule for everything out of a new group (terraform-provider-aws, aws_security_group).
    egress: reach(),
    ingress: elsewhere("reach"),
    name: fixed,
    namePrefix: fixed,
    ownerId: assigned,
    revokeRulesOnDelete: handling(),
    vpcId: reach(),
  }),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": table({
    description: spoken,
    egress: reach(),
    ingress: reach(),
    name: fixed,
    namePrefix: fixed,
    ownerId: assigned,
    revokeRulesOnDelete: handling(),
    vpcId: reach(),
  }),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": table({
    cidrIpv4: reach(),
    cidrIpv6: reach(),
    description: spoken,
    fromPort: reach(),
    ipProtocol: reach(),
    prefixListId: reach(),
    referencedSecurityGroupId: reach(),
    securityGroupId: reach(),
    securityGroupRuleId: assigned,
    toPort: reach(),
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": table({
    autoAccept: handling(),
    cidrBlocks: assigned,
    dnsEntries: assigned,
    // Gateway endpoints have `service-defined` (Amazon EC2 API Reference, DnsOptions).
    dnsOptions: within(reach(), {
      dnsRecordIpType: reach("ipv4", "service-defined"),
      privateDnsPreference: reach("VERIFIED_DOMAINS_ONLY"),
    }),
    ipAddressType: reach("ipv4"),
    networkInterfaceIds: assigned,
    ownerId: assigned,
    policy: { concern: "access", defaults: [], isDocument: true, isDefault: isFullAccess },
    prefixListId: assigned,
    privateDnsEnabled: reach(),
    requesterManaged: handling(),
    resourceConfigurationArn: reach(),
    routeTableIds: reach(),
    securityGroupIds: reach(),
    serviceName: reach(),
    serviceNetworkArn: reach(),
    serviceRegion: { ...reach(), isDefault: isOwnRegion },
    state: reach("available", "pending"),
    subnetConfigurations: within({ ...reach(), isDefault: areOwnAddresses }, { ipv4: assigned }),
    subnetIds: reach(),
    vpcEndpointType: reach("Gateway"),
    vpcId: reach(),
  }),
};

/** The policy of an endpoint without one (AWS PrivateLink Guide, "Control access using endpoint policies"). */
function isFullAccess(policy: unknown): boolean {
  return (
    typeof policy === "string" &&
    policy.replace(/\s/g, "").includes('"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]')
  );
}

/** `com.amazonaws.REGION.SERVICE`. */
function isOwnRegion(region: unknown, { serviceName }: Properties): boolean {
  return String(serviceName).split(".")[2] === region;
}

/** An address of AWS's choice in each of the endpoint's subnets, and no IPv6 address. */
function areOwnAddresses(value: unknown, { subnetIds }: Properties): boolean {
  return (
    Array.isArray(value) &&
    value.every((each: Properties | null) => {
      const isOurs = Array.isArray(subnetIds) && subnetIds.includes(each?.["subnetId"]);
      return isOurs && [undefined, null, ""].includes(each?.["ipv6"] as undefined);
    })
  );
}
