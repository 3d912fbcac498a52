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

const PREFIXES = [16, 17, 18, 19, 20, 21];

/** Any /16 to /21 there is. */
const vpcs = fc.tuple(fc.constantFrom(...PREFIXES), fc.nat(2 ** 21 - 1)).map(([prefix, n]) => {
  const first = (n % 2 ** prefix) * 2 ** (32 - prefix);
  return `${[24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256).join(".")}/${prefix}`;
});
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

  const inZone = [
    ["10.1.0.0/16", "10.1.0.0/18", "10.1.192.0/24", "10.1.208.0/28"],
    ["10.1.0.0/17", "10.1.0.0/19", "10.1.96.0/25", "10.1.104.0/28"],
    ["10.1.0.0/18", "10.1.0.0/20", "10.1.48.0/26", "10.1.52.0/28"],
    ["10.1.0.0/19", "10.1.0.0/21", "10.1.24.0/27", "10.1.26.0/28"],
    ["10.1.16.0/20", "10.1.16.0/22", "10.1.28.0/27", "10.1.29.0/28"],
    ["10.1.8.0/21", "10.1.8.0/23", "10.1.14.0/27", "10.1.14.128/28"],
  ] as const;
  for (const [cidr, ...subnets] of inZone) {
    it(`of ${cidr} has these subnets in the first zone`, () => {
      expect(subnetsOf(addressPlan(cidr, ZONES.slice(0, 1)))).to.deep.equal(subnets);
    });
  }

  it("of a /21, the smallest, in three zones is this", () => {
    expect(subnetsOf(addressPlan("10.1.8.0/21", ZONES))).to.deep.equal([
      ...["10.1.8.0/23", "10.1.10.0/23", "10.1.12.0/23"],
      ...["10.1.14.0/27", "10.1.14.32/27", "10.1.14.64/27"],
      ...["10.1.14.128/28", "10.1.14.144/28", "10.1.14.160/28"],
    ]);
  });

  it("gives private subnets a quarter of the VPC, public ones 1/256 and at least 32 addresses, transit ones 16", () => {
    const sizeOf = (cidr: string): number => range(cidr)[1] - range(cidr)[0] + 1;
    fc.assert(
      fc.property(vpcs, (cidr) => {
        const plan = addressPlan(cidr, ZONES);
        const sizes = { private: sizeOf(cidr) / 4, public: Math.max(sizeOf(cidr) / 256, 32), transit: 16 };
        for (const tier of TIERS) {
          expect(plan[tier].map((block) => sizeOf(block.cidr))).to.deep.equal(ZONES.map(() => sizes[tier]));
        }
      }),
    );
  });

  it("leaves room for three /28 at 14/16 of a VPC of any size", () => {
    fc.assert(
      fc.property(vpcs, (cidr) => {
        const [first, last] = range(cidr);
        const reserved = first + ((last - first + 1) * 14) / 16;
        const isFree = (at: number): boolean =>
          freeBlocks(cidr).some((free) => range(free)[0] <= at && at + 15 <= range(free)[1]);
        expect([0, 16, 32].every((offset) => isFree(reserved + offset))).to.equal(true);
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

  for (const cidr of ["10.1.0.0/22", "10.0.0.0/15", "10.1.0.1/16", "10.1.4.0/21", "10.1.0.0"]) {
    it(`refuses ${cidr}, which is no /16 to /21`, () => {
      expect(() => addressPlan(cidr, ZONES)).to.throw(
        RangeError,
        `the address plan divides a /16 to /21 without host bits, got ${cidr}`,
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

  it("tells the egress subnets of a hub from free addresses", () => {
    expect(addressUsage(addressPlan("10.0.0.0/16", ZONES.slice(0, 2)), true)).to.deep.equal({
      total: 65536,
      used: 33344,
      laterZones: 16672,
      free: 15520,
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
