import { more, withInputs, withPolicy, without } from "../../../support/bend";
import { subnet, TGW, vpc, type Survivor } from "./mutation";

/** Changes that no check is about. */
export const SURVIVORS: readonly Survivor[] = [
  {
    what: "a network ACL of no subnet",
    bends: { dev: [more("aws:ec2/networkAcl:NetworkAcl", "acl", { vpcId: vpc("dev") })] },
    reason: "it filters nothing until a subnet has it",
  },
  {
    what: "a public subnet without its way out, in the zone that has no NAT gateway",
    bends: { dev: [without("ec2/route:Route", "dev-public-2")] },
    reason: "nothing in it sends; a load balancer that is put there is the cluster's affair",
  },
  {
    what: "a public subnet of the hub without its way out",
    bends: { hub: [without("ec2/route:Route", "hub-public-1")] },
    reason: "the hub has nothing in its public subnets",
  },
  {
    what: "the hub's S3 endpoint forgotten",
    bends: { hub: [without("ec2/vpcEndpoint:VpcEndpoint", "hub-s3")] },
    reason: "nothing in the hub fetches images",
  },
  {
    what: "the blackhole wider than the address space",
    bends: { hub: [withInputs(`${TGW}/route:Route`, "hub-spokes-blackhole", { destinationCidrBlock: "0.0.0.0/0" })] },
    reason: "it drops all that it dropped before",
  },
  {
    what: "a third address of the resolver",
    bends: {
      hub: [
        withInputs("route53/resolverEndpoint:ResolverEndpoint", "hub-resolver", {
          ipAddresses: [0, 64, 128].map((third, index) => ({
            subnetId: subnet(`hub-private-${String(index + 1)}`),
            ip: `10.0.${String(third)}.10`,
          })),
        }),
      ],
    },
    reason: "the two that the spokes know answer as before; it costs money, which the costs tell",
  },
  {
    what: "DHCP options that hand out AmazonProvidedDNS alone",
    bends: {
      dev: [withInputs("ec2/vpcDhcpOptions:VpcDhcpOptions", "dev", { domainNameServers: ["AmazonProvidedDNS"] })],
    },
    reason: "it is what dns-resolver vpc says",
  },
  {
    what: "an authorization forgotten",
    bends: { dev: [without("route53/vpcAssociationAuthorization:VpcAssociationAuthorization", "dev-piksel.internal")] },
    reason: "AWS refuses the association then, so it cannot run; the program takes its ids from the authorization",
  },
  {
    what: "an endpoint whose policy lets nobody pull",
    bends: {
      hub: [
        withPolicy("ec2/vpcEndpoint:VpcEndpoint", "hub-endpoint-ecr.dkr", "policy", /ecr:BatchGetImage/g, "ecr:Other"),
      ],
    },
    reason: "what policies allow, action by action, is held by tests/components/hub/access.spec.ts",
  },
  {
    what: "a log format with fewer fields",
    bends: { dev: [withInputs("ec2/flowLog:FlowLog", "dev", { logFormat: "${srcaddr}" })] },
    reason: "the fields and the table that reads them are one list, flow-log-fields.ts",
  },
  {
    what: "a subnet without the tag by which Karpenter finds it",
    bends: { dev: [withInputs("ec2/subnet:Subnet", "dev-private-1", { tags: { SubnetType: "Private" } })] },
    reason: "it makes no way; that nodes are found is held by tests/components/spoke/cluster.spec.ts",
  },
];
