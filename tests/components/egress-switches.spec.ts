import { expect } from "chai";
import { EGRESS, type Egress } from "../../components/settings/egress";
import type { Changes } from "../../tools/planner/changes/changes";
import type { Json } from "../../tools/planner/engine/resource";
import type { Project } from "../../tools/planner/project/project";
import { withCentralEgress } from "../support/egress";
import { changes, project, register, withConfig, withNetworks } from "../support/plans";

const ROUTE = "aws:ec2/route:Route::";
const HALVES = ["dev-private-1", "dev-private-2"].flatMap((name) => [
  `${ROUTE}${name}-egress-low`,
  `${ROUTE}${name}-egress-high`,
]);

/** What each path consists of, apart from the half routes of regional and hub. */
const OWN: Readonly<Record<Egress, readonly string[]>> = {
  zonal: [
    "aws:ec2/eip:Eip::dev-1",
    "aws:ec2/natGateway:NatGateway::dev-1",
    `${ROUTE}dev-private-1`,
    `${ROUTE}dev-private-2`,
  ],
  regional: [
    "piksel:network:RegionalNat::dev",
    "aws:ec2/eip:Eip::dev-regional-1",
    "aws:ec2/eip:Eip::dev-regional-2",
    "aws:ec2/natGateway:NatGateway::dev-regional",
  ],
  hub: [],
  none: [],
};
const hasHalves = (egress: Egress): boolean => egress === "regional" || egress === "hub";
const halves = (egress: Egress): readonly string[] =>
  hasHalves(egress) ? ["piksel:network:EgressRoutes::dev", ...HALVES] : [];

/** The project with some keys of dev, a network without a cluster. */
function dev(config: Readonly<Record<string, Json>>, base: Project = withCentralEgress(project)): Project {
  return withConfig(base, "dev", { cluster: false, ...config });
}

async function ofDev(before: Readonly<Record<string, Json>>, after: Readonly<Record<string, Json>>): Promise<Changes> {
  const { dev: found, ...others } = await changes(dev(before), dev(after));
  for (const each of Object.values(others)) {
    expect(each).to.deep.equal({ create: [], update: [], replace: [], delete: [] });
  }
  if (found === undefined) throw new Error("dev is not planned");
  return found;
}

const sorted = (names: readonly string[]): string[] => [...names].sort();

for (const before of EGRESS) {
  for (const after of EGRESS.filter((each) => each !== before)) {
    describe(`a switch of egress from ${before} to ${after}`, () => {
      it("creates the new path, deletes the old one, moves half routes in place and replaces nothing", async () => {
        const found = await ofDev({ egress: before }, { egress: after });
        const moves = hasHalves(before) && hasHalves(after);
        expect(sorted(found.create)).to.deep.equal(sorted([...OWN[after], ...(moves ? [] : halves(after))]));
        expect(sorted(found.delete)).to.deep.equal(sorted([...OWN[before], ...(moves ? [] : halves(before))]));
        expect(found.replace).to.deep.equal([]);
        expect(found.update).to.deep.equal(
          moves ? HALVES.map((name) => ({ name, properties: ["natGatewayId", "transitGatewayId"] })) : [],
        );
      });
    });
  }
}

describe("a route of a switch", () => {
  it("never has the destination of one that it replaces, which AWS would refuse", async () => {
    const found = await ofDev(
      { egress: "zonal", "one-nat-per-az": true },
      { egress: "regional", "one-nat-per-az": true },
    );
    const created = found.create.filter((name) => name.startsWith(ROUTE));
    expect(created).to.have.length(4);
    expect(created.every((name) => /-egress-(low|high)$/.test(name))).to.equal(true);
    expect(found.delete.filter((name) => name.startsWith(ROUTE))).to.deep.equal([
      `${ROUTE}dev-private-1`,
      `${ROUTE}dev-private-2`,
    ]);
  });
});

describe("growth with an egress", () => {
  for (const egress of EGRESS) {
    it(`${egress} replaces and deletes nothing with a third AZ`, async () => {
      const found = await ofDev({ egress }, { egress, "az-count": 3 });
      expect([found.replace, found.delete]).to.deep.equal([[], []]);
      expect(found.update.filter(({ name }) => name.includes("natGateway") || name.includes("-egress-"))).to.deep.equal(
        egress === "regional"
          ? [{ name: "aws:ec2/natGateway:NatGateway::dev-regional", properties: ["availabilityZoneAddresses"] }]
          : [],
      );
      expect(found.create.filter((name) => name.includes("-egress-") || name.includes("regional"))).to.deep.equal([
        ...(egress === "regional" ? ["aws:ec2/eip:Eip::dev-regional-3"] : []),
        ...(hasHalves(egress) ? [`${ROUTE}dev-private-3-egress-low`, `${ROUTE}dev-private-3-egress-high`] : []),
      ]);
    });

    it(`${egress} changes nothing of a spoke with one more spoke`, async () => {
      const grown = withNetworks(dev({ egress }), {
        ...register(),
        qa: { cidr: "10.4.0.0/16", account: "555555555555" },
      });
      const found = await changes(dev({ egress }), grown);
      expect(found["dev"]).to.deep.equal({ create: [], update: [], replace: [], delete: [] });
      expect([found["hub"]?.replace, found["hub"]?.delete]).to.deep.equal([[], []]);
    });
  }
});
