import { expect } from "chai";
import fc from "fast-check";
import { Address4 } from "ip-address";
import {
  addressPlan,
  addressUsage,
  egressBlocks,
  freeBlocks,
  hostAddress,
  MAX_ZONES,
  usableAddresses,
  type AddressPlan,
} from "../../components/address-plan";

const ZONES = ["ap-southeast-3a", "ap-southeast-3b", "ap-southeast-3c"];
const TIERS = ["private", "public", "transit"] as const;

/** Any /16 there is. */
const vpcs = fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `${a}.${b}.0.0/16`);
const zoneCounts = fc.integer({ min: 0, max: MAX_ZONES });

const subnetsOf = (plan: AddressPlan): string[] => TIERS.flatMap((tier) => plan[tier].map(({ cidr }) => cidr));

/** First and last address, as numbers of their own: no plan code is used to judge the plan. */
function range(cidr: string): [first: number, last: number] {
  const [address = "", prefix] = cidr.split("/");
  const first = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return [first, first + 2 ** (32 - Number(prefix)) - 1];
}

describe("the address plan", () => {
  it("of 10.1.0.0/16 in three zones is this", () => {
    expect(addressPlan("10.1.0.0/16", ZONES)).to.deep.equal({
      cidr: "10.1.0.0/16",
      private: [
        { zone: "ap-southeast-3a", cidr: "10.1.0.0/18" },
        { zone: "ap-southeast-3b", cidr: "10.1.64.0/18" },
        { zone: "ap-southeast-3c", cidr: "10.1.128.0/18" },
      ],
      public: [
        { zone: "ap-southeast-3a", cidr: "10.1.192.0/24" },
        { zone: "ap-southeast-3b", cidr: "10.1.193.0/24" },
        { zone: "ap-southeast-3c", cidr: "10.1.194.0/24" },
      ],
      transit: [
        { zone: "ap-southeast-3a", cidr: "10.1.208.0/28" },
        { zone: "ap-southeast-3b", cidr: "10.1.208.16/28" },
        { zone: "ap-southeast-3c", cidr: "10.1.208.32/28" },
      ],
    });
  });

  it("of the egress subnets of 10.0.0.0/16 in three zones is this", () => {
    expect(egressBlocks(addressPlan("10.0.0.0/16", ZONES))).to.deep.equal([
      { zone: "ap-southeast-3a", cidr: "10.0.224.0/28" },
      { zone: "ap-southeast-3b", cidr: "10.0.224.16/28" },
      { zone: "ap-southeast-3c", cidr: "10.0.224.32/28" },
    ]);
  });

  it("keeps the egress subnets in space that no tier takes, and moves none when a zone is added", () => {
    fc.assert(
      fc.property(vpcs, zoneCounts, (cidr, count) => {
        const all = egressBlocks(addressPlan(cidr, ZONES));
        const isInside = (inner: string, outer: string): boolean =>
          range(inner)[0] >= range(outer)[0] && range(inner)[1] <= range(outer)[1];
        for (const block of all) expect(freeBlocks(cidr).some((free) => isInside(block.cidr, free))).to.equal(true);
        expect(egressBlocks(addressPlan(cidr, ZONES.slice(0, count)))).to.deep.equal(all.slice(0, count));
        expect(new Set(all.map((block) => range(block.cidr)[0])).size).to.equal(MAX_ZONES);
      }),
    );
  });

  it("only adds when a zone is added", () => {
    fc.assert(
      fc.property(vpcs, zoneCounts, (cidr, count) => {
        const whole = addressPlan(cidr, ZONES);
        const part = addressPlan(cidr, ZONES.slice(0, count));
        for (const tier of TIERS) expect(part[tier]).to.deep.equal(whole[tier].slice(0, count));
      }),
    );
  });

  it("keeps every subnet inside its VPC, and on a boundary of its own size", () => {
    fc.assert(
      fc.property(vpcs, zoneCounts, (cidr, count) => {
        const [first, last] = range(cidr);
        for (const subnet of subnetsOf(addressPlan(cidr, ZONES.slice(0, count)))) {
          const [subnetFirst, subnetLast] = range(subnet);
          expect(subnetFirst).to.be.at.least(first);
          expect(subnetLast).to.be.at.most(last);
          expect(subnetFirst % (subnetLast - subnetFirst + 1)).to.equal(0);
        }
      }),
    );
  });

  it("gives no address to two subnets", () => {
    fc.assert(
      fc.property(vpcs, (cidr) => {
        const ranges = subnetsOf(addressPlan(cidr, ZONES))
          .map(range)
          .sort(([a], [b]) => a - b);
        ranges.slice(1).forEach(([first], index) => expect(first).to.be.greaterThan(ranges[index]![1]));
      }),
    );
  });

  it("refuses a fourth zone", () => {
    expect(() => addressPlan("10.1.0.0/16", ["a", "b", "c", "d"])).to.throw(
      RangeError,
      "the address plan has slots for 3 Availability Zones, got 4: a, b, c, d",
    );
  });

  for (const cidr of ["10.1.0.0/17", "10.0.0.0/15", "10.1.0.1/16", "10.1.0.0"]) {
    it(`refuses ${cidr}, which is no /16`, () => {
      expect(() => addressPlan(cidr, ZONES)).to.throw(
        RangeError,
        `the address plan cuts a /16 without host bits, got ${cidr}`,
      );
    });
  }
});

describe("a host's address", () => {
  it("is counted from the first of its block", () => {
    expect(hostAddress("10.0.0.0/18", 10)).to.equal("10.0.0.10");
    expect(hostAddress("10.0.64.0/18", 10)).to.equal("10.0.64.10");
    expect(hostAddress("10.0.64.0/18", 0)).to.equal("10.0.64.0");
    expect(hostAddress("10.0.64.0/18", 16383)).to.equal("10.0.127.255");
  });

  it("is within the block or refused", () => {
    expect(() => hostAddress("10.0.208.0/28", 16)).to.throw(RangeError, "10.0.208.0/28 has addresses 0 to 15, got 16");
    expect(() => hostAddress("10.0.208.0/28", -1)).to.throw(RangeError, "10.0.208.0/28 has addresses 0 to 15, got -1");
  });
});

describe("the report of addresses", () => {
  it("leaves out the five of a subnet that AWS keeps", () => {
    expect(["10.1.0.0/18", "10.1.192.0/24", "10.1.208.0/28"].map(usableAddresses)).to.deep.equal([16379, 251, 11]);
  });

  it("names the blocks that no zone will ever take", () => {
    expect(freeBlocks("10.1.0.0/16")).to.deep.equal([
      "10.1.195.0/24",
      "10.1.196.0/22",
      "10.1.200.0/21",
      "10.1.208.48/28",
      "10.1.208.64/26",
      "10.1.208.128/25",
      "10.1.209.0/24",
      "10.1.210.0/23",
      "10.1.212.0/22",
      "10.1.216.0/21",
      "10.1.224.0/19",
    ]);
  });

  it("tells used addresses from those of later zones and free ones", () => {
    expect(addressUsage(addressPlan("10.1.0.0/16", ZONES.slice(0, 2)))).to.deep.equal({
      total: 65536,
      used: 33312,
      laterZones: 16656,
      free: 15568,
    });
    expect(addressUsage(addressPlan("10.1.0.0/16", ZONES))).to.deep.equal({
      total: 65536,
      used: 49968,
      laterZones: 0,
      free: 15568,
    });
  });

  it("covers a VPC without a gap: subnets and free blocks are all there is, each address once", () => {
    fc.assert(
      fc.property(vpcs, (cidr) => {
        const blocks = [...subnetsOf(addressPlan(cidr, ZONES)), ...freeBlocks(cidr)]
          .map(range)
          .sort(([a], [b]) => a - b);
        const [first, last] = range(cidr);
        expect(blocks[0]![0]).to.equal(first);
        expect(blocks.at(-1)![1]).to.equal(last);
        blocks.slice(1).forEach(([start], index) => expect(start).to.equal(blocks[index]![1] + 1));
        expect(freeBlocks(cidr).every((block) => new Address4(block).networkForm() === block)).to.equal(true);
      }),
    );
  });
});
