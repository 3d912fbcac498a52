import { withInputs } from "../../../support/modifications";
import { type Mutation, on } from "./mutation";

const SUBNET = "ec2/subnet:Subnet";
const VPC = "ec2/vpc:Vpc";

const ROOM = ["subnets-have-room"];
const MODEL = ["paths-are-fully-modeled"];
/** A private subnet that AWS refuses is also no source of paths. */
const PATHS_OF_A_SUBNET = [
  ...["image-pulls-are-private", "nat-gateway-of-the-same-az", "paths-are-fully-modeled", "return-paths-are-symmetric"],
  ...["shared-endpoints-are-reachable", "spokes-reach-the-hub", "subnets-reach-each-other"],
];
const PATHS_TO_THE_HUB = ["image-pulls-are-private", "shared-endpoints-are-reachable", "spokes-reach-the-hub"];

/** Mistakes in a plan in which the hub is a /21, dev a /20 with AZ IDs, staging a /18 and prod a /17. */
export const OF_SIZES: readonly Mutation[] = [
  on("dev", "a public subnet of /28", ROOM, withInputs(SUBNET, "dev-public-1", { cidrBlock: "10.0.28.0/28" })),
  on("hub", "a public /28 in the hub", ROOM, withInputs(SUBNET, "hub-public-2", { cidrBlock: "10.0.6.32/28" })),
  on("dev", "a cluster's subnet of /28", ROOM, withInputs(SUBNET, "dev-private-2", { cidrBlock: "10.0.20.0/28" })),
  on(
    "dev",
    "a public subnet at the slot of a /16",
    MODEL,
    withInputs(SUBNET, "dev-public-2", { cidrBlock: "10.0.193.0/24" }),
  ),
  on(
    "dev",
    "a transit subnet inside a public one",
    MODEL,
    withInputs(SUBNET, "dev-transit-1", { cidrBlock: "10.0.28.16/28" }),
  ),
  on(
    "dev",
    "two private subnets that overlap",
    PATHS_OF_A_SUBNET,
    withInputs(SUBNET, "dev-private-2", { cidrBlock: "10.0.18.0/23" }),
  ),
  on(
    "dev",
    "a private subnet outside of its VPC",
    PATHS_OF_A_SUBNET,
    withInputs(SUBNET, "dev-private-2", { cidrBlock: "10.0.32.0/22" }),
  ),
  on(
    "dev",
    "a VPC of /16 that contains the hub's /21",
    ["cidrs-do-not-overlap", ...PATHS_TO_THE_HUB],
    withInputs(VPC, "dev", { cidrBlock: "10.0.0.0/16" }),
  ),
  on(
    "prod",
    "a VPC of /19 inside that of staging",
    ["cidrs-do-not-overlap", ...PATHS_OF_A_SUBNET],
    withInputs(VPC, "prod", { cidrBlock: "10.2.32.0/19" }),
  ),
  on(
    "dev",
    "two transit subnets in one AZ",
    [...MODEL, "return-paths-are-symmetric", ...PATHS_TO_THE_HUB],
    withInputs(SUBNET, "dev-transit-2", { availabilityZone: "apse3-az1" }),
  ),
  on(
    "dev",
    "a subnet with an AZ ID of another Region",
    MODEL,
    withInputs(SUBNET, "dev-public-2", { availabilityZone: "use1-az2" }),
  ),
];
