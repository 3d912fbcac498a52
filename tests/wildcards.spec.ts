import { expect } from "chai";
import { plan } from "../plan/plan";
import { checks } from "../plan/view/checks";
import type { Project } from "../plan/project";
import { project, withConfig } from "./support/plans";

/**
 * What the check finds open, without the reason: `STACK RESOURCE STATEMENT: what is open if condition keys`, and managed
 * policies: `STACK RESOURCE attaches ARN`.
 */
async function openStatements(of: Project): Promise<string[]> {
  return checks(await plan(of))
    .filter(({ name }) => name === "wildcards-are-allowlisted")
    .flatMap(({ stack, evidence }) => evidence.map((line) => `${stack} ${line.replace(/ \(.*\)$/, "")}`))
    .sort();
}

const OURS = "if aws:PrincipalAccount";

const inEveryNetwork = (name: string): string[] => [
  `${name} ${name}-s3 ReadFromAws: Principal if nothing`,
  `${name} ${name}-s3 ReadFromRegistries: Principal if nothing`,
  `${name} ${name}-s3 OurBuckets: Principal, Action, Resource if aws:PrincipalAccount, aws:ResourceAccount`,
];

/** Managed policies of AWS's own, by what attaches them. */
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
  `${name} ${name}-karpenter-node-role PassNodeRole: iam:PassRole if iam:PassedToService`,
  `${name} ${name}-cluster AccountDecides: Action, Resource if nothing`,
  `${name} ${name}-cluster DeploymentsManage: Principal, Resource if aws:PrincipalAccount, aws:PrincipalArn`,
  `${name} ${name}-karpenter-discovery DescribeRegion: Resource if aws:RequestedRegion`,
  `${name} ${name}-karpenter-discovery ListInstanceProfiles: Resource if nothing`,
  `${name} ${name}-karpenter-discovery ReadPrices: Resource if nothing`,
];

/** The reasons stand in checks/allowed-wildcards.ts. */
const held: readonly string[] = [
  ...["hub", "dev", "staging", "prod"].flatMap(inEveryNetwork),
  ...["dev", "staging", "prod"].flatMap(inEveryCluster),
  ...["ecr.api", "ecr.dkr"].flatMap((service) => [
    `hub hub-endpoint-${service} Authorise: Principal, Resource ${OURS}`,
    `hub hub-endpoint-${service} AwsRegistries: Principal ${OURS}`,
    `hub hub-endpoint-${service} FillTheCache: Principal ${OURS}`,
    `hub hub-endpoint-${service} OurRegistries: Principal, Resource ${OURS}, aws:ResourceAccount`,
  ]),
  `hub hub-cache FillTheCache: Principal if aws:PrincipalAccount, aws:PrincipalArn`,
  ...["ecr-public", "kubernetes", "quay"].map(
    (prefix) => `hub hub-cache-${prefix} PullFromOurAccounts: Principal ${OURS}`,
  ),
  `hub hub-images-piksel-core PullFromOurAccounts: Principal ${OURS}`,
  `hub hub-events PublishFromOurAccounts: Principal ${OURS}, aws:PrincipalArn`,
  ...["dev", "staging", "prod"].flatMap((spoke) => [
    `hub hub-spoke-${spoke}-records FindZone: Resource if nothing`,
    `hub hub-spoke-${spoke}-records WriteRecords: route53:ChangeResourceRecordSets if nothing`,
    `hub hub-spoke-${spoke}-access AuthorizeVpcs: route53:CreateVPCAssociationAuthorization if nothing`,
  ]),
];

describe("wildcards in policies", () => {
  it("are those that AWS leaves no way around, and no others", async () => {
    expect(await openStatements(project)).to.deep.equal([...held].sort());
  });

  it("are closed by the organization in place of the accounts, where the hub is shared with one", async () => {
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
    expect(await openStatements(shared)).to.deep.equal(held.map(byOrganization).sort());
  });
});
