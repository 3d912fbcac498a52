import { idOf, withInputs, without, withPolicy, withResource } from "../../../support/modifications";
import { on, subnet, table, zone, type Mutation } from "./mutation";

/** Changes of hosted zones, DHCP options and the endpoints that answer names. */
export const NAME_RESOLUTION: readonly Mutation[] = [
  on(
    "dev",
    "no association with an endpoint's hosted zone",
    ["shared-endpoints-are-reachable", "image-pulls-are-private", "names-resolve-consistently"],
    without("route53/zoneAssociation:ZoneAssociation", "dev-api.ecr.ap-southeast-3.amazonaws.com"),
  ),
  on(
    "dev",
    "no association with the spoke's own hosted zone",
    ["names-resolve-consistently"],
    without("route53/zoneAssociation:ZoneAssociation", "dev-dev.piksel.internal"),
  ),
  on(
    "hub",
    "a hosted zone without the hub's VPC",
    ["names-resolve-consistently"],
    withInputs("route53/zone:Zone", "hub-zone-piksel.internal", { vpcs: [] }),
  ),
  on(
    "dev",
    "DNS host names disabled, so that no private hosted zone answers",
    ["shared-endpoints-are-reachable", "image-pulls-are-private", "names-resolve-consistently"],
    withInputs("ec2/vpc:Vpc", "dev", { enableDnsHostnames: false }),
  ),
  on(
    "hub",
    "the registry's record without its wildcard",
    ["shared-endpoints-are-reachable", "image-pulls-are-private"],
    withInputs("route53/record:Record", "hub-endpoint-dkr.ecr.ap-southeast-3.amazonaws.com", {
      name: "dkr.ecr.ap-southeast-3.amazonaws.com",
    }),
  ),
  on(
    "hub",
    "a record that points to the other endpoint",
    ["shared-endpoints-are-reachable"],
    withInputs("route53/record:Record", "hub-endpoint-api.ecr.ap-southeast-3.amazonaws.com", {
      aliases: [
        {
          name: `${idOf("aws:ec2/vpcEndpoint:VpcEndpoint", "hub-endpoint-ecr.dkr").slice(0, -1)}.dnsEntries[0].dnsName}`,
        },
      ],
    }),
  ),
  on(
    "hub",
    "a record in another hosted zone",
    ["shared-endpoints-are-reachable", "image-pulls-are-private"],
    withInputs("route53/record:Record", "hub-endpoint-api.ecr.ap-southeast-3.amazonaws.com", {
      zoneId: zone("hub-zone-piksel.internal"),
    }),
  ),
  on(
    "hub",
    "a Resolver endpoint with other addresses than the spokes query",
    ["names-resolve-consistently"],
    withInputs("route53/resolverEndpoint:ResolverEndpoint", "hub-resolver", {
      ipAddresses: [1, 2].map((n) => ({
        subnetId: subnet(`hub-private-${String(n)}`),
        ip: `10.0.${String((n - 1) * 64)}.20`,
      })),
    }),
  ),
  on(
    "dev",
    "DHCP options without AmazonProvidedDNS",
    ["names-resolve-consistently"],
    withInputs("ec2/vpcDhcpOptions:VpcDhcpOptions", "dev", { domainNameServers: ["10.0.0.10", "10.0.64.10"] }),
  ),
  on("dev", "no S3 endpoint", ["image-pulls-are-private"], without("ec2/vpcEndpoint:VpcEndpoint", "dev-s3")),
  on(
    "dev",
    "an S3 endpoint in the route table of only one AZ",
    ["image-pulls-are-private"],
    withInputs("ec2/vpcEndpoint:VpcEndpoint", "dev-s3", { routeTableIds: [table("dev-private-1")] }),
  ),
  on(
    "dev",
    "an S3 endpoint that does not allow image layers",
    // The other bucket is not on the allowlist.
    ["image-pulls-are-private", "wildcards-are-allowlisted"],
    withPolicy("ec2/vpcEndpoint:VpcEndpoint", "dev-s3", "policy", "starport", "other"),
  ),
  on(
    "dev",
    "an S3 endpoint that does not allow layers of registry.k8s.io",
    ["s3-endpoint-allows-registries", "wildcards-are-allowlisted"],
    withPolicy("ec2/vpcEndpoint:VpcEndpoint", "dev-s3", "policy", "prod-registry-k8s-io-ap-southeast-3", "other"),
  ),
  on(
    "prod",
    "an S3 endpoint that requires our credentials for URLs presigned by a registry",
    ["s3-endpoint-allows-registries"],
    withPolicy(
      "ec2/vpcEndpoint:VpcEndpoint",
      "prod-s3",
      "policy",
      /("arn:aws:s3:::prod-registry-k8s-io[^"]*"\])/,
      '$1,"Condition":{"StringEquals":{"aws:PrincipalAccount":["444444444444"]}}',
    ),
  ),
  on(
    "dev",
    "a Resolver rule of the type SYSTEM",
    ["paths-are-fully-modeled"],
    withResource("aws:route53/resolverRule:ResolverRule", "rule", {
      domainName: "piksel.internal",
      ruleType: "SYSTEM",
    }),
  ),
];
