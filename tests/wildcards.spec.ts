import { expect } from "chai";
import type { Statement } from "../components/policy-document";
import { plan } from "../plan/plan";
import { project } from "./support/plans";
import { policiesOf } from "./support/policies";

/** What a statement leaves open: everybody, everything, or both. */
function wildcards({ Principal, Resource, Effect }: Statement): string[] {
  const everybody = Principal === "*" || (typeof Principal === "object" && Object.values(Principal).includes("*"));
  return Effect === "Deny" ? [] : [...(everybody ? ["Principal"] : []), ...(Resource === "*" ? ["Resource"] : [])];
}

/** `STACK PLACE SID: what is open, and the condition keys that close it`. */
async function openStatements(): Promise<string[]> {
  const planned = await plan(project);
  return planned
    .flatMap(({ name }) =>
      policiesOf(planned, name).flatMap(({ place, document }) =>
        document.Statement.flatMap((statement) => {
          const open = wildcards(statement);
          const keys = Object.values(statement.Condition ?? {}).flatMap((condition) => Object.keys(condition));
          const line = `${name} ${place} ${statement.Sid ?? "-"}: ${open.join(", ")} if ${keys.join(", ") || "nothing"}`;
          return open.length > 0 ? [line] : [];
        }),
      ),
    )
    .sort();
}

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";
const OURS = "if aws:PrincipalAccount";

const inEveryNetwork = (name: string): string[] => [
  // AWS's own buckets: a layer is fetched by a signed URL of ECR's, and packages without credentials.
  `${name} ${ENDPOINT}::${name}-s3 policy ReadFromAws: Principal if nothing`,
  // A gateway endpoint's policy knows no account as principal; buckets are told by their owner.
  `${name} ${ENDPOINT}::${name}-s3 policy OurBuckets: Principal, Resource if aws:PrincipalAccount, aws:ResourceAccount`,
];

/** What Karpenter's controller only looks at: none of these actions knows resources. */
const inEveryCluster = (name: string): string[] => [
  `${name} aws:iam/rolePolicy:RolePolicy::${name}-karpenter-discovery policy DescribeRegion: Resource if aws:RequestedRegion`,
  `${name} aws:iam/rolePolicy:RolePolicy::${name}-karpenter-discovery policy ListInstanceProfiles: Resource if nothing`,
  `${name} aws:iam/rolePolicy:RolePolicy::${name}-karpenter-discovery policy ReadPrices: Resource if nothing`,
];

/** Each with the reason that stands beside it in the code. */
const held: readonly string[] = [
  ...["hub", "dev", "staging", "prod"].flatMap(inEveryNetwork),
  ...["dev", "staging", "prod"].flatMap(inEveryCluster),
  // ECR's token is the registry's: AWS knows no other resource for it.
  ...["ecr.api", "ecr.dkr"].flatMap((service) => [
    `hub ${ENDPOINT}::hub-endpoint-${service} policy Authorise: Principal, Resource ${OURS}`,
    `hub ${ENDPOINT}::hub-endpoint-${service} policy Pull: Principal ${OURS}`,
    `hub ${ENDPOINT}::hub-endpoint-${service} policy PushAndFillTheCache: Principal ${OURS}`,
  ]),
  // Accounts by condition: as principals they pass the size limits, and AWS refuses accounts that do not exist yet.
  `hub aws:ecr/registryPolicy:RegistryPolicy::hub-cache policy FillTheCache: Principal ${OURS}`,
  ...["ecr-public", "kubernetes", "quay"].map(
    (prefix) => `hub ${TEMPLATE}::hub-cache-${prefix} repositoryPolicy PullFromOurAccounts: Principal ${OURS}`,
  ),
  `hub aws:ecr/repositoryPolicy:RepositoryPolicy::hub-images-piksel-core policy PullFromOurAccounts: Principal ${OURS}`,
  `hub aws:iam/role:Role::hub-spoke-access assumeRolePolicy -: Principal ${OURS}`,
];

describe("wildcards in policies", () => {
  it("are those that AWS leaves no way around, and no others", async () => {
    expect(await openStatements()).to.deep.equal([...held].sort());
  });
});
