import { expect } from "chai";
import { endpointService } from "../../../components/facts/endpoint-services";
import { logArchivePolicy } from "../../../components/hub/log-archive";
import { registryPolicy, repositoryPullStatements } from "../../../components/hub/registry";
import { endpointPolicy } from "../../../components/hub/shared-endpoints";
import { type Members, membersOf } from "../../../components/members";
import { policyDocument } from "../../../components/policy-document";
import { withSpokes } from "../../../tools/bench/spokes";
import { stackChanges } from "../../../tools/planner/changes/compare";
import { planStack } from "../../../tools/planner/plan";
import { project, withConfig } from "../../support/plans";
import { policiesOf } from "../../support/policies";

const ORGANIZATION = "arn:aws:organizations::100000000000:organization/o-abcdef1234";
const UNIT = "arn:aws:organizations::100000000000:ou/o-abcdef1234/ou-ab12-11111111";
const HUB = "100000000000";
const REGION = "ap-southeast-3";

const hubWith = (spokes: number, shareWith: readonly string[]) =>
  planStack(withConfig(withSpokes(project, spokes), "hub", { "share-with": [...shareWith] }), "hub", {});

describe("a hub that is shared with an organization or OUs", () => {
  for (const shareWith of [[ORGANIZATION], [UNIT], [ORGANIZATION, UNIT]]) {
    it(`creates resources for a new spoke, and updates only what lists spokes: ${shareWith.join(", ")}`, async () => {
      const [three, four] = [await hubWith(3, shareWith), await hubWith(4, shareWith)];
      const changes = stackChanges(three.resources, four.resources);
      const created = changes.create.filter((name) => name.startsWith("aws:"));
      expect(created.filter((name) => !/hub-(spoke|zone)-spoke-4/.test(name))).to.deep.equal([]);
      expect(created).to.have.length.above(0);
      expect(changes.update).to.deep.equal([
        // Athena takes the accounts that have a partition from this list, or from every query.
        { name: "aws:glue/catalogTable:CatalogTable::hub-logs", properties: ["parameters"] },
      ]);
      expect([changes.replace, changes.delete]).to.deep.equal([[], []]);
    });
  }

  it("has the same policies with 100 spokes as with 3, except the roles of each spoke", async () => {
    const documents = async (spokes: number): Promise<string[]> =>
      policiesOf([await hubWith(spokes, [UNIT])], "hub")
        .filter(({ place }) => !place.includes("::hub-spoke-"))
        .map(({ place, document }) => `${place} ${JSON.stringify(document)}`);
    const three = await documents(3);
    expect(three.filter((each) => each.includes("o-abcdef1234"))).to.have.length(9);
    expect(await documents(100)).to.deep.equal(three);
  });
});

/** Documents that name who belongs to us, and what AWS takes of each. */
const documents = (members: Members): readonly { what: string; limit: number; text: string }[] => {
  const scope = { members, account: HUB, region: REGION };
  return [
    { what: "repository policy", limit: 10_240, document: policyDocument(...repositoryPullStatements(members)) },
    { what: "registry policy", limit: 10_240, document: registryPolicy(scope) },
    ...["ecr.api", "ecr.dkr", "sts"].map((service) => ({
      ...{ what: `endpoint policy of ${service}`, limit: 20_480 },
      document: endpointPolicy({ service: endpointService(service, REGION), ...scope }),
    })),
    { what: "bucket policy", limit: 20_480, document: logArchivePolicy({ arn: "arn:aws:s3:::logs", ...scope }) },
  ].map(({ what, limit, document }) => ({ what, limit, text: JSON.stringify(document) }));
};
const tooLong = (members: Members): string[] =>
  documents(members).flatMap(({ what, limit, text }) => (text.length > limit ? [what] : []));
const accounts = (count: number): string[] => Array.from({ length: count }, (_, index) => String(100000000000 + index));

describe("AWS's size limits", () => {
  it("are kept with 100 accounts, one by one", () => {
    expect(tooLong(membersOf({ shareWith: [], hub: HUB, accounts: accounts(101) }))).to.deep.equal([]);
  });

  it("are kept with 1,000 accounts of an organization or an OU, which one by one pass every one of them", () => {
    for (const shareWith of [[ORGANIZATION], [UNIT], [ORGANIZATION, UNIT]]) {
      expect(tooLong(membersOf({ shareWith, hub: HUB, accounts: accounts(1_001) }))).to.deep.equal([]);
    }
    const all = membersOf({ shareWith: [], hub: HUB, accounts: accounts(1_001) });
    expect(tooLong(all)).to.deep.equal([
      "repository policy",
      "registry policy",
      "endpoint policy of ecr.api",
      "endpoint policy of ecr.dkr",
      "bucket policy",
    ]);
  });
});
