/**
 * Types that make or carry ways between networks. What they join is told by the checks of ways, transit tables, names and
 * logs, so the checks of accounts and of data leave them out. By the beginning of their token.
 */
const NETWORKING = [
  ...["aws:ec2/", "aws:ec2transitgateway/", "aws:ec2clientvpn/", "aws:vpc/", "aws:vpclattice/", "aws:verifiedaccess/"],
  ...["aws:route53", "aws:networkmanager/", "aws:networkfirewall/", "aws:directconnect/", "aws:globalaccelerator/"],
  ...["aws:lb/", "aws:alb/", "aws:elb/", "aws:ram/"],
];

/** Types among them that share data or run something, and make no way. */
const NOT_NETWORKING = [
  ...[
    "ami",
    "ebsSnapshot",
    "snapshot",
    "instance",
    "launchConfiguration",
    "launchTemplate",
    "spot",
    "fleet",
    "keyPair",
  ],
  ...["volume", "ebs", "vpcEndpointServiceAllowedPrinciple"],
].map((name) => `aws:ec2/${name}`);

export function isNetworking(type: string): boolean {
  return NETWORKING.some((each) => type.startsWith(each)) && !NOT_NETWORKING.some((each) => type.startsWith(each));
}
