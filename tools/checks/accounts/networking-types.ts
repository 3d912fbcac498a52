/**
 * Types that create paths between networks, by prefix of their type token. The checks of paths, transit gateway route
 * tables, DNS and logs cover them, so the checks of accounts and data skip them.
 */
const NETWORKING = [
  ...["aws:ec2/", "aws:ec2transitgateway/", "aws:ec2clientvpn/", "aws:vpc/", "aws:vpclattice/", "aws:verifiedaccess/"],
  ...["aws:route53", "aws:networkmanager/", "aws:networkfirewall/", "aws:directconnect/", "aws:globalaccelerator/"],
  ...["aws:lb/", "aws:alb/", "aws:elb/", "aws:ram/"],
];

/** Exceptions that share data or run code, and create no path. */
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
