import { withInputs, withResource } from "../../../support/modifications";
import { TGW, type Mutation } from "./mutation";

const clusterGroup = (spoke: string): string =>
  `\${aws:eks/cluster:Cluster::${spoke}-eksCluster.vpcConfig.clusterSecurityGroupId}`;

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/** A rule of dev's cluster group that allows staging's cluster group. */
const RULE = withResource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "from-staging", {
  ...HTTPS,
  securityGroupId: clusterGroup("dev"),
  referencedSecurityGroupId: clusterGroup("staging"),
});

/** The same, inside a group. */
const INLINE = withInputs("ec2/defaultSecurityGroup:DefaultSecurityGroup", "dev", {
  ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [clusterGroup("staging")] }],
});

const ATTACHMENT = `${TGW}/vpcAttachment:VpcAttachment`;
const disabled = (type: string, name: string) => withInputs(type, name, { securityGroupReferencingSupport: "disable" });
const broken = ["paths-are-fully-modeled"];

/** A rule that AWS accepts in a plan with references. */
const ACCEPTED: Mutation = {
  what: "a rule for a security group of another spoke",
  modifications: { dev: [RULE] },
  breaks: [],
};

/** Mutations of a plan in which dev and staging are connected, with references. */
export const WITH_REFERENCES: readonly Mutation[] = [
  ACCEPTED,
  {
    what: "a rule for a security group of another spoke, with the option off for the transit gateway",
    modifications: { hub: [disabled(`${TGW}/transitGateway:TransitGateway`, "hub")], dev: [RULE] },
    breaks: broken,
  },
  {
    what: "a rule for a security group of another spoke, with the option off for its own attachment",
    modifications: { dev: [RULE, disabled(ATTACHMENT, "dev")] },
    breaks: broken,
  },
  {
    what: "a rule inside a group for one of another spoke, with the option off for that spoke's attachment",
    modifications: { dev: [INLINE], staging: [disabled(ATTACHMENT, "staging")] },
    // A default security group should have no rules at all.
    breaks: ["not-reachable-from-the-internet", ...broken],
  },
];

/** Mutations of a plan in which dev and staging are connected, without references. */
export const WITHOUT_REFERENCES: readonly Mutation[] = [{ ...ACCEPTED, breaks: broken }];
