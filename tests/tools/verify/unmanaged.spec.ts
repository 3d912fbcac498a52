import { expect } from "chai";
import { plan, type Plan } from "../../../tools/planner/plan";
import { project } from "../../support/plans";
import { findResource, setOutput } from "./support/exports";
import { verifyEdited } from "./support/verify";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

describe("unmanaged items", () => {
  const added = (stack: string, type: string, name: string, property: string, value: unknown): unknown => {
    const found = verifyEdited(planned, (files) => setOutput(findResource(files, stack, type, name), property, value));
    return found.drift.flatMap((each) =>
      each.added.map(({ resource, words }) => `${resource.split("::")[1] ?? ""}: ${words}`),
    );
  };
  const route = (route: object) => ({ cidrBlock: "", ipv6CidrBlock: "", gatewayId: "", natGatewayId: "", ...route });
  const rule = (rule: object) => ({ cidrBlocks: [], ipv6CidrBlocks: [], securityGroups: [], self: false, ...rule });
  const TABLE = "aws:ec2/routeTable:RouteTable";
  const GROUP = "aws:ec2/securityGroup:SecurityGroup";

  it("include routes, but no managed ones, whatever their target", () => {
    const routes = [
      route({ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-of-yesterday" }),
      route({ cidrBlock: "10.3.0.0/16", vpcPeeringConnectionId: "pcx-1" }),
      route({ ipv6CidrBlock: "::/0", egressOnlyGatewayId: "eigw-1" }),
    ];
    expect(added("dev", TABLE, "dev-private-1", "routes", routes)).to.deep.equal([
      "dev-private-1: 10.3.0.0/16 → pcx-1",
      "dev-private-1: ::/0 → eigw-1",
    ]);
  });

  it("include security group rules, but no managed ones", () => {
    const ingress = [
      rule({ cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"], protocol: "tcp", fromPort: 443, toPort: 443 }),
      rule({ ipv6CidrBlocks: ["::/0"], protocol: "-1", fromPort: 0, toPort: 0 }),
      rule({ securityGroups: ["sg-1"], protocol: "udp", fromPort: 0, toPort: 65535 }),
    ];
    expect(added("hub", GROUP, "hub-endpoint", "ingress", ingress)).to.deep.equal([
      "hub-endpoint: tcp 443 from 0.0.0.0/0",
      "hub-endpoint: all traffic from ::/0",
      "hub-endpoint: udp 0-65535 from sg-1",
    ]);
  });

  it("include policies of a role, but no managed ones", () => {
    const arns = ["AmazonEKSWorkerNodePolicy", "AdministratorAccess"].map((name) => `arn:aws:iam::aws:policy/${name}`);
    const role = "aws:iam/role:Role";
    expect(added("dev", role, "dev-node", "managedPolicyArns", arns)).to.deep.equal([
      "dev-node: arn:aws:iam::aws:policy/AdministratorAccess",
    ]);
    expect(added("dev", role, "dev-node", "inlinePolicies", [{ name: "extra", policy: "{}" }])).to.deep.equal([
      "dev-node: inline policy extra",
    ]);
  });

  it("are included in the checks", () => {
    const found = verifyEdited(planned, (files) =>
      setOutput(findResource(files, "dev", TABLE, "dev-private-1"), "routes", [
        { cidrBlock: "10.3.0.0/16", vpcPeeringConnectionId: "pcx-1" },
      ]),
    );
    const broken = found.checks.filter(({ passed }) => !passed);
    expect(broken.map(({ name, evidence }) => [name, ...evidence])).to.deep.equal([
      ["paths-are-fully-modeled", "route table dev-private-1: 10.3.0.0/16 → pcx-1, not an expected target"],
    ]);
  });
});
