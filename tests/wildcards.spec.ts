import { expect } from "chai";
import { plan } from "../plan/plan";
import { promises } from "../plan/view/promises";
import { project } from "./support/plans";

/** What the promise finds open, without the reason: `STACK RESOURCE STATEMENT: what is open if condition keys`. */
async function openStatements(): Promise<string[]> {
  return promises(await plan(project))
    .filter(({ name }) => name === "wildcards-are-held")
    .flatMap(({ stack, evidence }) => evidence.map((line) => `${stack} ${line.replace(/ \(.*\)$/, "")}`))
    .sort();
}

const OURS = "if aws:PrincipalAccount";

const inEveryNetwork = (name: string): string[] => [
  `${name} ${name}-s3 ReadFromAws: Principal if nothing`,
  `${name} ${name}-s3 OurBuckets: Principal, Action, Resource if aws:PrincipalAccount, aws:ResourceAccount`,
];

const inEveryCluster = (name: string): string[] => [
  `${name} ${name}-cluster AccountDecides: Action, Resource if nothing`,
  `${name} ${name}-cluster DeploymentsManage: Principal, Resource if aws:PrincipalAccount, aws:PrincipalArn`,
  `${name} ${name}-karpenter-discovery DescribeRegion: Resource if aws:RequestedRegion`,
  `${name} ${name}-karpenter-discovery ListInstanceProfiles: Resource if nothing`,
  `${name} ${name}-karpenter-discovery ReadPrices: Resource if nothing`,
];

/** The reasons stand in promises/held-wildcards.ts. */
const held: readonly string[] = [
  ...["hub", "dev", "staging", "prod"].flatMap(inEveryNetwork),
  ...["dev", "staging", "prod"].flatMap(inEveryCluster),
  ...["ecr.api", "ecr.dkr"].flatMap((service) => [
    `hub hub-endpoint-${service} Authorise: Principal, Resource ${OURS}`,
    `hub hub-endpoint-${service} Pull: Principal ${OURS}`,
    `hub hub-endpoint-${service} PushAndFillTheCache: Principal ${OURS}`,
  ]),
  `hub hub-cache FillTheCache: Principal ${OURS}`,
  ...["ecr-public", "kubernetes", "quay"].map(
    (prefix) => `hub hub-cache-${prefix} PullFromOurAccounts: Principal ${OURS}`,
  ),
  `hub hub-images-piksel-core PullFromOurAccounts: Principal ${OURS}`,
  `hub hub-events PublishFromOurAccounts: Principal ${OURS}, aws:PrincipalArn`,
  ...["dev", "staging", "prod"].map((spoke) => `hub hub-spoke-${spoke}-records FindZone: Resource if nothing`),
];

describe("wildcards in policies", () => {
  it("are those that AWS leaves no way around, and no others", async () => {
    expect(await openStatements()).to.deep.equal([...held].sort());
  });
});
