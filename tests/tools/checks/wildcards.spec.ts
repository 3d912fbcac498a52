import { expect } from "chai";
import { attachedPolicies, openStatements } from "../../../tools/checks/wildcards-are-allowlisted";
import { plan } from "../../../tools/planner/plan";
import type { Project } from "../../../tools/planner/project/project";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { project, withConfig } from "../../support/plans";

/**
 * The open statements of all stacks, `STACK RESOURCE, STATEMENT: open ELEMENTS, restricted by KEYS`, and the attached
 * managed policies, `STACK RESOURCE attaches ARN`; those that are not allowlisted end with an exclamation mark.
 */
async function openAndAttached(of: Project): Promise<string[]> {
  return stacksOfPlan(await plan(of))
    .stacks.flatMap((stack) => [
      ...openStatements(stack).map(({ resource, sid, open, keys, allowed }) => {
        const restriction = keys.length > 0 ? `restricted by ${keys.join(", ")}` : "no restricting condition";
        return `${stack.name} ${resource.name}, ${sid}: open ${open.join(", ")}, ${restriction}${allowed === undefined ? "!" : ""}`;
      }),
      ...attachedPolicies(stack).map(
        ({ resource, arn, reason }) =>
          `${stack.name} ${resource.name} attaches ${arn}${reason === undefined ? "!" : ""}`,
      ),
    ])
    .sort();
}

const OURS = "restricted by aws:PrincipalAccount";

const inEveryNetwork = (name: string): string[] => [
  `${name} ${name}-s3, ReadFromAws: open Principal, no restricting condition`,
  `${name} ${name}-s3, ReadFromRegistries: open Principal, no restricting condition`,
  `${name} ${name}-s3, OurBuckets: open Principal, Action, Resource, restricted by aws:PrincipalAccount, aws:ResourceAccount`,
];

/** AWS managed policies, by the resource that attaches them. */
const ATTACHED: readonly string[] = [
  "eksRole-4b490823 attaches arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
  "vpc-cni-AmazonEKS_CNI_Policy attaches arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
  "ebs-csi-AmazonEBSCSIDriverEKSClusterScopedPolicy attaches " +
    "arn:aws:iam::aws:policy/AmazonEBSCSIDriverEKSClusterScopedPolicy",
  ...["node", "karpenter-node"].flatMap((role) =>
    ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonSSMManagedInstanceCore"].map(
      (policy) => `${role}-${policy} attaches arn:aws:iam::aws:policy/${policy}`,
    ),
  ),
];

const inEveryCluster = (name: string): string[] => [
  ...ATTACHED.map((line) => `${name} ${name}-${line}`),
  `${name} ${name}-karpenter-node-role, PassNodeRole: open iam:PassRole, restricted by iam:PassedToService`,
  `${name} ${name}-cluster, AccountDecides: open Action, Resource, no restricting condition`,
  `${name} ${name}-cluster, DeploymentsManage: open Principal, Resource, restricted by aws:PrincipalAccount, aws:PrincipalArn`,
  `${name} ${name}-karpenter-discovery, DescribeRegion: open Resource, restricted by aws:RequestedRegion`,
  `${name} ${name}-karpenter-discovery, ListInstanceProfiles: open Resource, no restricting condition`,
  `${name} ${name}-karpenter-discovery, ReadPrices: open Resource, no restricting condition`,
  `${name} ${name}-external-dns-target-role, TakeTargetRole: open sts:AssumeRole, no restricting condition`,
  `${name} ${name}-load-balancer-controller-manage, DescribeRegion: open Resource, restricted by aws:RequestedRegion`,
  `${name} ${name}-load-balancer-controller-manage, LetServiceMakeItsRole: open iam:CreateServiceLinkedRole, ` +
    "restricted by iam:AWSServiceName",
];

/** The reasons are in tools/checks/wildcards/allowed-wildcards.ts. */
const allowed: readonly string[] = [
  ...["hub", "dev", "staging", "prod"].flatMap(inEveryNetwork),
  ...["dev", "staging", "prod"].flatMap(inEveryCluster),
  ...["ecr.api", "ecr.dkr"].flatMap((service) => [
    `hub hub-endpoint-${service}, Authorise: open Principal, Resource, ${OURS}`,
    `hub hub-endpoint-${service}, AwsRegistries: open Principal, ${OURS}`,
    `hub hub-endpoint-${service}, FillTheCache: open Principal, ${OURS}`,
    `hub hub-endpoint-${service}, OurRegistries: open Principal, Resource, ${OURS}, aws:ResourceAccount`,
  ]),
  `hub hub-cache, FillTheCache: open Principal, restricted by aws:PrincipalAccount, aws:PrincipalArn`,
  ...["ecr-public", "kubernetes", "quay"].map(
    (prefix) => `hub hub-cache-${prefix}, PullFromOurAccounts: open Principal, ${OURS}`,
  ),
  `hub hub-images-piksel-core, PullFromOurAccounts: open Principal, ${OURS}`,
  `hub hub-events, PublishFromOurAccounts: open Principal, ${OURS}, aws:PrincipalArn`,
  ...["dev", "staging", "prod"].flatMap((spoke) => [
    `hub hub-spoke-${spoke}-records, FindZone: open Resource, no restricting condition`,
    `hub hub-spoke-${spoke}-records, WriteRecords: open route53:ChangeResourceRecordSets, no restricting condition`,
    `hub hub-spoke-${spoke}-access, AuthorizeVpcs: open route53:CreateVPCAssociationAuthorization, no restricting condition`,
  ]),
];

describe("wildcards in policies", () => {
  it("are exactly the reviewed ones", async () => {
    expect(await openAndAttached(project)).to.deep.equal([...allowed].sort());
  });

  it("are restricted by the organization instead of the accounts if the hub is shared with one", async () => {
    const shared = withConfig(project, "hub", {
      "share-with": ["arn:aws:organizations::111111111111:organization/o-abcdef1234"],
    });
    const byOrganization = (line: string): string =>
      /^hub hub-(endpoint|cache|images|events)/.test(line)
        ? line
            .replaceAll("aws:PrincipalAccount", "aws:PrincipalOrgID")
            .replace("aws:ResourceAccount", "aws:ResourceOrgID")
            // In alphabetical order.
            .replace("aws:PrincipalOrgID, aws:PrincipalArn", "aws:PrincipalArn, aws:PrincipalOrgID")
        : line;
    expect(await openAndAttached(shared)).to.deep.equal(allowed.map(byOrganization).sort());
  });
});
