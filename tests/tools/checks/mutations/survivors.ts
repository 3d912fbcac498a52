import { withInputs, without, withPolicy, withResource } from "../../../support/modifications";
import { TGW, vpc, type Survivor } from "./mutation";

/** Changes that no check covers. */
export const SURVIVORS: readonly Survivor[] = [
  {
    what: "a network ACL of no subnet",
    modifications: { dev: [withResource("aws:ec2/networkAcl:NetworkAcl", "acl", { vpcId: vpc("dev") })] },
    reason: "it filters nothing until it is associated with a subnet",
  },
  {
    what: "a public subnet without default route, in the AZ without NAT gateway",
    modifications: { dev: [without("ec2/route:Route", "dev-public-2")] },
    reason: "nothing in it sends traffic; a load balancer there belongs to the cluster",
  },
  {
    what: "a public subnet of the hub without default route",
    modifications: { hub: [without("ec2/route:Route", "hub-public-1")] },
    reason: "the hub has nothing in its public subnets",
  },
  {
    what: "no S3 endpoint in the hub",
    modifications: { hub: [without("ec2/vpcEndpoint:VpcEndpoint", "hub-s3")] },
    reason: "nothing in the hub pulls images",
  },
  {
    what: "a blackhole route wider than the address space",
    modifications: {
      hub: [withInputs(`${TGW}/route:Route`, "hub-spokes-blackhole", { destinationCidrBlock: "0.0.0.0/0" })],
    },
    reason: "it drops everything that the narrower route drops",
  },
  {
    what: "the role of a chart that the platform has removed, beside EKS Auto Mode",
    modifications: {
      dev: [
        withInputs("eks/cluster:Cluster", "dev-eksCluster", {
          computeConfig: { enabled: true, nodePools: ["system"] },
        }),
      ],
      "dev/platform": [without("kubernetes:helm.sh/v3:Release", "dev-load-balancer-controller")],
    },
    reason: "the spoke removes the role in the last step of a move to EKS Auto Mode",
  },
  {
    what: "DHCP options with only AmazonProvidedDNS",
    modifications: {
      dev: [withInputs("ec2/vpcDhcpOptions:VpcDhcpOptions", "dev", { domainNameServers: ["AmazonProvidedDNS"] })],
    },
    reason: "it is the setting dns-resolver vpc",
  },
  {
    what: "no authorization of a VPC association",
    modifications: {
      dev: [without("route53/vpcAssociationAuthorization:VpcAssociationAuthorization", "dev-piksel.internal")],
    },
    reason: "AWS then rejects the association; the program takes its IDs from the authorization",
  },
  {
    what: "an endpoint whose policy allows no pull",
    modifications: {
      hub: [
        withPolicy("ec2/vpcEndpoint:VpcEndpoint", "hub-endpoint-ecr.dkr", "policy", /ecr:BatchGetImage/g, "ecr:Other"),
      ],
    },
    reason: "tests/components/hub/access.spec.ts covers the actions that policies allow",
  },
  {
    what: "a log format with fewer fields",
    modifications: { dev: [withInputs("ec2/flowLog:FlowLog", "dev", { logFormat: "${srcaddr}" })] },
    reason: "the fields and the table that reads them come from one list, flow-log-fields.ts",
  },
  {
    what: "a subnet without Karpenter's discovery tag",
    modifications: { dev: [withInputs("ec2/subnet:Subnet", "dev-private-1", { tags: {} })] },
    reason: "it creates no path; tests/components/spoke/cluster.spec.ts covers the tags",
  },
];
