import { expect } from "chai";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
import { plan, type Plan } from "../../../tools/planner/plan";
import {
  pathInWords,
  serversInWords,
  servicesInWords,
  spokeNames,
  type SpokeNames,
} from "../../../tools/report/view/dns";
import { project, withConfig } from "../../support/plans";
import { OFFICE, withSites } from "../../support/sites";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

const ofDev = (of: Plan): SpokeNames => spokeNames(of).find(({ network }) => network === "dev")!;
const words = (of: Plan): string[] => ofDev(of).paths.map((path) => `${path.name}: ${pathInWords(path)}`);

/** The plan with the resources of one stack changed. */
const bent = (stack: string, bend: (resources: readonly PlannedResource[]) => PlannedResource[]): Plan =>
  planned.map((each) => (each.name === stack ? { ...each, resources: bend(each.resources) } : each));
const without =
  (name: string) =>
  (resources: readonly PlannedResource[]): PlannedResource[] =>
    resources.filter((resource) => resource.name !== name);

const TO_HUB = "private hosted zone → transit gateway (table hub-spokes) →";
const LAYERS = "prod-ap-southeast-3-starport-layer-bucket.s3.ap-southeast-3.amazonaws.com";

describe("the names of a spoke", () => {
  it("lead to the hub's endpoints and to S3 without a hop on the internet", () => {
    expect(words(planned)).to.deep.equal([
      "piksel.internal: private hosted zone",
      "dev.piksel.internal: private hosted zone",
      `api.ecr.ap-southeast-3.amazonaws.com: ${TO_HUB} hub-endpoint-ecr.api`,
      `111111111111.dkr.ecr.ap-southeast-3.amazonaws.com: ${TO_HUB} hub-endpoint-ecr.dkr`,
      `${LAYERS}: public DNS → gateway endpoint`,
    ]);
    expect(spokeNames(planned).flatMap(({ paths }) => paths.map(({ isPrivate }) => isPrivate))).to.not.include(false);
  });

  it("are forwarded to a site's DNS servers, for the domains of forward-domains", async () => {
    const forwarding = await plan(withSites(project, { office: OFFICE }, { "corp.example": ["192.168.0.53"] }));
    expect(words(forwarding).slice(words(planned).length)).to.deep.equal([
      "corp.example: Resolver rule → the hub's outbound endpoint → 192.168.0.53",
    ]);
  });

  // Review A2.
  it("are asked of the VPC's own resolver, and of the hub's first where that is configured, with what it costs", async () => {
    expect(serversInWords(ofDev(planned))).to.equal("DNS server AmazonProvidedDNS; shared names resolve as in the hub");
    const byHub = await plan(withConfig(project, "dev", { "dns-resolver": "hub" }));
    expect(serversInWords(ofDev(byHub))).to.equal(
      "DNS servers 10.0.0.10, 10.0.64.10, then AmazonProvidedDNS; " +
        "all give shared names the same answers, and only the last one resolves names of the VPC itself",
    );
    expect(words(byHub)).to.deep.equal(words(planned));
  });

  it("come with the way that nodes take to every service they need", async () => {
    expect(servicesInWords(ofDev(planned))).to.deep.equal([
      "through a NAT gateway: ec2, eks, eks-auth, sts, sqs, elasticloadbalancing, ssm, ssmmessages, ec2messages, logs",
      "through a centralized interface endpoint: ecr.api, ecr.dkr",
      "through the gateway endpoint: s3",
    ]);
    const more = await plan(
      withConfig(project, "hub", { "shared-endpoints": ["ecr.api", "ecr.dkr", "sts", "eks-auth"] }),
    );
    expect(servicesInWords(ofDev(more))[1]).to.equal(
      "through a centralized interface endpoint: ecr.api, ecr.dkr, eks-auth, sts",
    );
    const alone = await plan(withConfig(project, "dev", { cluster: false }));
    expect(servicesInWords(ofDev(alone))).to.deep.equal([]);
  });

  it("are seen to differ when the spoke misses an association", () => {
    const missing = bent("dev", without("dev-dkr.ecr.ap-southeast-3.amazonaws.com"));
    expect(ofDev(missing).alike).to.be.false;
    expect(words(missing)[3]).to.equal(
      "111111111111.dkr.ecr.ap-southeast-3.amazonaws.com: public DNS → NAT gateway dev-1 → internet",
    );
    expect(ofDev(missing).paths[3]?.isPrivate).to.be.false;
  });

  it("are seen to leave by the NAT gateway without the S3 endpoint", () => {
    expect(words(bent("dev", without("dev-s3")))[4]).to.equal(`${LAYERS}: public DNS → NAT gateway dev-1 → internet`);
  });

  it("are seen to end where the route to the hub is missing", () => {
    const cut = bent("dev", (resources) => resources.filter(({ name }) => !name.endsWith("-transit")));
    expect(words(cut)[2]).to.equal(
      "api.ecr.ap-southeast-3.amazonaws.com: private hosted zone → NAT gateway dev-1 → 10.0.0.0/18 is not public",
    );
  });

  it("are the zone's own only below it: a wildcard does not answer for the name that it is below", () => {
    const apex = bent("hub", (resources) =>
      resources.map((resource) =>
        resource.type === "aws:route53/record:Record" && resource.name.includes("api.ecr")
          ? { ...resource, inputs: { ...resource.inputs, name: "*.api.ecr.ap-southeast-3.amazonaws.com" } }
          : resource,
      ),
    );
    expect(words(apex)[2]).to.equal(
      "api.ecr.ap-southeast-3.amazonaws.com: private hosted zone → api.ecr.ap-southeast-3.amazonaws.com does not exist (NXDOMAIN)",
    );
  });
});
