import { expect } from "chai";
import fc from "fast-check";
import { forMembers, keysInPlaceOf, memberCondition, membersOf, type Side } from "../../components/members";
import { policyDocument } from "../../components/policy-document";
import { evaluate } from "../support/iam";

const HUB = "111111111111";
const ORGANIZATION = "o-a1b2c3d4e5";
const organizationArn = `arn:aws:organizations::${HUB}:organization/${ORGANIZATION}`;
const unitArn = (unit: string): string => `arn:aws:organizations::${HUB}:ou/${ORGANIZATION}/${unit}`;

const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
const text = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...letters), minLength: length, maxLength: length });
const account = text(12).map((each) => each.replace(/\D/g, "7"));
const unit = fc.tuple(text(4), text(8)).map((parts) => `ou-${parts.join("-")}`);
const sides = fc.constantFrom<Side>("Principal", "Source", "Resource");

/** Whether a statement for members applies to a request with these condition keys. */
function holds(
  members: ReturnType<typeof membersOf>,
  context: Record<string, string | readonly string[]>,
  ...of: Side[]
): boolean {
  const statements = forMembers(members, of, { Effect: "Allow", Principal: "*", Action: "s3:GetObject" });
  const request = { principal: "arn:aws:iam::1:role/x", action: "s3:GetObject", resource: "*", context };
  return evaluate(policyDocument(...statements), request) === "allowed";
}

describe("who belongs to us", () => {
  it("is the accounts of networks, where nothing is shared with an organization", () => {
    const members = membersOf({ shareWith: [], hub: HUB, accounts: ["333333333333", HUB, HUB] });
    expect(members).to.deep.equal({ kind: "accounts", values: [HUB, "333333333333"] });
    expect(memberCondition(members, "Source")).to.deep.equal({
      StringEquals: { "aws:SourceAccount": [HUB, "333333333333"] },
    });
  });

  it("is the organization, whatever accounts there are", () => {
    const members = membersOf({ shareWith: [organizationArn, organizationArn], hub: HUB, accounts: [HUB] });
    expect(members).to.deep.equal({ kind: "organizations", values: [ORGANIZATION] });
    expect(memberCondition(members, "Principal")).to.deep.equal({
      StringEquals: { "aws:PrincipalOrgID": [ORGANIZATION] },
    });
  });

  it("is an OU with all that is below it, and the hub's account", () => {
    const members = membersOf({ shareWith: [unitArn("ou-ab12-11111111")], hub: HUB, accounts: [HUB] });
    expect(members).to.deep.equal({ kind: "paths", values: [`${ORGANIZATION}/*/ou-ab12-11111111/*`], hub: HUB });
    const statements = forMembers(members, ["Principal", "Resource"], { Sid: "Pull", Effect: "Allow", Action: "x" });
    expect(statements.map(({ Sid }) => Sid)).to.deep.equal(["Pull", "PullInHub", "PullOfHub", "PullOfHubInHub"]);
  });

  it("is one kind of path for an organization beside an OU of another, since conditions are joined by AND", () => {
    const members = membersOf({
      shareWith: [unitArn("ou-ab12-11111111"), `arn:aws:organizations::${HUB}:organization/o-zzzzzzzzzz`],
      ...{ hub: HUB, accounts: [HUB] },
    });
    expect(members.values).to.deep.equal([`${ORGANIZATION}/*/ou-ab12-11111111/*`, "o-zzzzzzzzzz/*"]);
    expect(holds(members, { "aws:PrincipalOrgPaths": ["o-zzzzzzzzzz/r-root/"] }, "Principal")).to.equal(true);
  });

  it("refuses what is neither an organization nor an OU, in a sentence", () => {
    const config = { shareWith: ["arn:aws:iam::111111111111:role/x"], hub: HUB, accounts: [] };
    expect(() => membersOf(config)).to.throw(
      RangeError,
      "arn:aws:iam::111111111111:role/x is not the ARN of an organization or OU",
    );
  });

  it("has three condition keys per side; any other key has only itself", () => {
    expect(keysInPlaceOf("aws:PrincipalAccount")).to.deep.equal([
      "aws:PrincipalAccount",
      "aws:PrincipalOrgID",
      "aws:PrincipalOrgPaths",
    ]);
    expect(keysInPlaceOf("aws:SourceArn")).to.deep.equal(["aws:SourceArn"]);
  });
});

describe("a statement for members", () => {
  it("applies to each account of the list, and to no other", () => {
    fc.assert(
      fc.property(fc.uniqueArray(account, { minLength: 1, maxLength: 9 }), account, sides, (accounts, other, side) => {
        const members = membersOf({ shareWith: [], hub: HUB, accounts });
        for (const each of accounts) expect(holds(members, { [`aws:${side}Account`]: each }, side)).to.equal(true);
        expect(holds(members, { [`aws:${side}Account`]: other }, side)).to.equal(accounts.includes(other));
        expect(holds(members, {}, side)).to.equal(false);
      }),
    );
  });

  it("applies at any depth below an OU, and neither to its siblings nor to another organization", () => {
    const units = fc.uniqueArray(unit, { minLength: 3, maxLength: 7 });
    fc.assert(
      fc.property(units, fc.nat(), text(4), sides, (path, index, root, side) => {
        const [sibling = "", ...way] = path;
        const shared = way[index % way.length] ?? "";
        const members = membersOf({ shareWith: [unitArn(shared)], hub: HUB, accounts: [HUB] });
        const key = `aws:${side}OrgPaths`;
        const at = (...below: readonly string[]): string => `${ORGANIZATION}/r-${root}/${below.join("/")}/`;
        expect(holds(members, { [key]: [at(...way)] }, side)).to.equal(true);
        expect(holds(members, { [key]: [at(shared)] }, side)).to.equal(true);
        expect(holds(members, { [key]: [at(sibling)] }, side)).to.equal(false);
        expect(holds(members, { [key]: [at(...way).replace(ORGANIZATION, "o-0000000000")] }, side)).to.equal(false);
        expect(holds(members, { [`aws:${side}Account`]: HUB }, side)).to.equal(true);
        expect(holds(members, { [`aws:${side}Account`]: "999999999999" }, side)).to.equal(false);
      }),
    );
  });

  it("needs every side to be one of us", () => {
    const members = membersOf({ shareWith: [unitArn("ou-ab12-11111111")], hub: HUB, accounts: [HUB] });
    const inside = [`${ORGANIZATION}/r-root/ou-ab12-11111111/`];
    const both = { "aws:PrincipalOrgPaths": inside, "aws:ResourceAccount": HUB };
    expect(holds(members, both, "Principal", "Resource")).to.equal(true);
    expect(holds(members, { "aws:PrincipalOrgPaths": inside }, "Principal", "Resource")).to.equal(false);
    expect(holds(members, { "aws:ResourceAccount": HUB }, "Principal", "Resource")).to.equal(false);
  });

  it("is the same when an account joins, where the hub is shared with organizations or OUs", () => {
    const arns = fc.uniqueArray(fc.oneof(fc.constant(organizationArn), unit.map(unitArn)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(arns, fc.array(account), account, (shareWith, accounts, joining) => {
        const before = membersOf({ shareWith, hub: HUB, accounts });
        expect(membersOf({ shareWith, hub: HUB, accounts: [...accounts, joining] })).to.deep.equal(before);
        expect(membersOf({ shareWith: [...shareWith].reverse(), hub: HUB, accounts })).to.deep.equal(before);
      }),
    );
  });
});
