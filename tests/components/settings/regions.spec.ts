import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { decodeSettings } from "../../../components/settings/decode";
import { REGIONS, regionOfZone, zoneIdPrefix } from "../../../components/facts/aws-regions";
import { faultsOf, goodConfig, raw } from "./good-config";

/** Faults of a good configuration in a Region, with these AZs; of a list, zones by their letters. */
function faultsIn(region: string, letters: string, count = 2): readonly string[] {
  const config = goodConfig();
  config.region = region;
  config.values["az-count"] = count;
  config.values["availability-zones"] = [...letters].map((letter) => `${region}${letter}`);
  return faultsOf(config);
}

const CODE = "must be the code of an AWS Region, for example: pulumi config set aws:region ap-southeast-3";

const NEW = "if it is newer than 2026-11-26, add it to components/facts/aws-regions.ts";

describe("aws:region", () => {
  // Review F1: every ARN said arn:aws:, with exit code 0.
  for (const [region, partition] of [
    ["cn-north-1", "the China partition, aws-cn"],
    ["cn-northwest-1", "the China partition, aws-cn"],
    ["us-gov-west-1", "the GovCloud (US) partition, aws-us-gov"],
    ["us-gov-east-1", "the GovCloud (US) partition, aws-us-gov"],
    ["us-iso-east-1", "the Top Secret partition, aws-iso"],
    ["us-isob-east-1", "the Secret partition, aws-iso-b"],
    ["us-isof-south-1", "the ISOF partition, aws-iso-f"],
    ["eu-isoe-west-1", "the ISOE partition, aws-iso-e"],
    ["eusc-de-east-1", "the European Sovereign Cloud partition, aws-eusc"],
  ] as const) {
    it(`refuses ${region}, whose ARNs begin otherwise`, () => {
      expect(faultsIn(region, "")).to.deep.equal([
        `aws:region is "${region}": a Region of ${partition}; ARNs and DNS names of this program are those of the ` +
          "partition aws only, so choose one of its Regions, such as ap-southeast-3",
      ]);
    });
  }

  // Review F9, M7.
  for (const [region, advice] of [
    ["ap-southest-3", `${CODE}; the nearest is ap-southeast-3; ${NEW}`],
    ["us-east1", `${CODE}; the nearest is us-east-1`],
    ["AP-SOUTHEAST-3", CODE],
    ["jakarta", CODE],
    ["ap-antarctica-19", `${CODE}; ${NEW}`],
  ] as const) {
    it(`refuses ${region}`, () => {
      expect(faultsIn(region, "")).to.deep.equal([`aws:region is "${region}": ${advice}`]);
    });
  }

  it("takes every Region of the commercial partition that the AWS provider knows", () => {
    const others = /^(cn|us-gov|us-iso[bf]?|eu-isoe|eusc)-/;
    const known = Object.values(aws.Region).filter((region) => !others.test(region));
    expect([...REGIONS.keys()]).to.include.members(known);
    expect(known.length).to.be.above(25);
  });
});

describe("availability-zones", () => {
  const lookUp = (region: string): string =>
    "list the names that each account of networks has, " +
    `aws ec2 describe-availability-zones --region ${region} --query "AvailabilityZones[].ZoneName"`;

  // Review F9: the first letters are not AZs of every account.
  for (const [region, count, zones] of [
    ["ap-northeast-1", 2, "ap-northeast-1a, ap-northeast-1b"],
    ["ap-northeast-1", 3, "ap-northeast-1a, ap-northeast-1b, ap-northeast-1c"],
    ["ca-central-1", 3, "ca-central-1a, ca-central-1b, ca-central-1c"],
    ["us-west-1", 2, "us-west-1a, us-west-1b"],
  ] as const) {
    it(`must be given for ${String(count)} AZs in ${region}, where an account may lack one of REGION + a, b, c`, () => {
      expect(faultsIn(region, "", count)).to.deep.equal([
        `availability-zones is []: ${region} has no ${zones} in every account; ${lookUp(region)}`,
      ]);
    });
  }

  it("may be empty wherever REGION + a, b, c are AZs of every account", () => {
    const needed = [...REGIONS.keys()].filter((region) => faultsIn(region, "", 3).length > 0);
    expect(needed).to.deep.equal(["ap-northeast-1", "ca-central-1", "us-west-1"]);
    expect(faultsIn("ca-central-1", "", 2)).to.deep.equal([]);
  });

  for (const [region, letters, count] of [
    ["ap-northeast-1", "acd", 3],
    ["ap-northeast-1", "ab", 2],
    ["us-west-1", "bc", 2],
    ["us-east-1", "abd", 3],
  ] as const) {
    it(`takes ${letters} in ${region}`, () => {
      expect(faultsIn(region, letters, count)).to.deep.equal([]);
    });
  }

  it("refuses an AZ that the Region does not have", () => {
    expect(faultsIn("eu-west-1", "ad")).to.deep.equal([
      'availability-zones[1] is "eu-west-1d": eu-west-1 has the Availability Zones a, b, c (2026-11-26); choose one of these',
    ]);
  });

  /** Faults of this list in a Region. */
  const faultsOfList = (region: string, zones: readonly string[]): readonly string[] => {
    const config = goodConfig();
    config.region = region;
    config.values["az-count"] = 2;
    config.values["availability-zones"] = zones;
    return faultsOf(config);
  };

  // AWS Global Infrastructure, "AWS Availability Zones", the tables of AZ IDs.
  const PREFIXES =
    "afs1 ape1 ape2 apne1 apne2 apne3 aps1 aps2 apse1 apse2 apse3 apse4 apse5 apse6 apse7 cac1 caw1 euc1 euc2 eun1 eus1 eus2 " +
    "euw1 euw2 euw3 ilc1 mec1 mes1 mxc1 sae1 use1 use2 usw1 usw2";

  it("takes the AZ IDs of every Region, which begin with these prefixes", () => {
    expect([...REGIONS.keys()].map(zoneIdPrefix)).to.deep.equal(PREFIXES.split(" "));
    for (const region of REGIONS.keys()) {
      const ids = ["az1", "az4"].map((az) => `${zoneIdPrefix(region)}-${az}`);
      expect(faultsOfList(region, ids), region).to.deep.equal([]);
      expect(ids.map(regionOfZone), region).to.deep.equal([region, region]);
    }
  });

  for (const [id, advice] of [
    ["use1-az1", "an AZ ID of us-east-1; must be one of aws:region ap-southeast-3, such as apse3-az1"],
    ["apse1-az1", "an AZ ID of ap-southeast-1; must be one of aws:region ap-southeast-3, such as apse3-az1"],
    ["xyz9-az1", "an AZ ID of another Region; must be one of aws:region ap-southeast-3, such as apse3-az1"],
    ["usw2-lax1-az1", "the ID of a Local or Wavelength Zone; must be an AZ ID of ap-southeast-3, such as apse3-az1"],
    [
      "apse3-wl1-jkt-wlz1",
      "the ID of a Local or Wavelength Zone; must be an AZ ID of ap-southeast-3, such as apse3-az1",
    ],
  ] as const) {
    it(`refuses ${id} in ap-southeast-3`, () => {
      expect(faultsOfList("ap-southeast-3", ["apse3-az2", id])).to.deep.equal([
        `availability-zones[1] is "${id}": ${advice}`,
      ]);
    });
  }

  it("refuses a list of names and AZ IDs", () => {
    expect(faultsOfList("ap-southeast-3", ["ap-southeast-3a", "apse3-az2"])).to.deep.equal([
      'availability-zones is ["ap-southeast-3a","apse3-az2"]: mixes names and AZ IDs; list names only, or AZ IDs only',
    ]);
  });

  it("warns of names only in the Regions that AWS maps by account, and where there are several accounts", () => {
    const warningsOf = (region: string, zones: readonly string[], isOneAccount = false): readonly string[] => {
      const config = goodConfig();
      config.region = region;
      config.values["az-count"] = 2;
      config.values["availability-zones"] = zones;
      if (isOneAccount) {
        config.values["permissions-boundary"] = "";
        for (const network of Object.values(config.values["networks"] as Record<string, { account: string }>)) {
          network.account = "111111111111";
        }
      }
      return decodeSettings(raw(config)).warnings.filter((each) => each.includes("AZs"));
    };
    const firstTwo = (region: string): string[] => {
      const { letters = "", sometimes = "" } = REGIONS.get(region) ?? {};
      return [...(letters + sometimes)].slice(0, 2).map((letter) => `${region}${letter}`);
    };
    const warned = [...REGIONS.keys()].filter((region) => warningsOf(region, firstTwo(region)).length > 0);
    // "AZ IDs", "Regions with independently mapped Availability Zones".
    expect(warned).to.deep.equal([
      ...["ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-west-1", "sa-east-1"],
      ...["us-east-1", "us-west-1", "us-west-2"],
    ]);
    expect(warningsOf("us-east-1", [])).to.deep.equal([
      "AZs are given by name, and in us-east-1 a name may mean another AZ in each account: traffic between networks then " +
        "crosses AZs. List AZ IDs in availability-zones instead; the IDs of the AZs in use change nothing",
    ]);
    expect(warningsOf("us-east-1", ["use1-az1", "use1-az2"])).to.deep.equal([]);
    expect(warningsOf("us-east-1", [], true)).to.deep.equal([]);
  });

  it("cannot be three in a Region where an account has two", () => {
    expect(faultsIn("us-west-1", "abc", 3)).to.deep.equal([
      "az-count is 3: an account has 2 AZs in us-west-1; set it to 2, or choose another Region",
    ]);
  });
});
