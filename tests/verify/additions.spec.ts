import { expect } from "chai";
import { plan, type Plan } from "../../plan/plan";
import { project } from "../support/plans";
import { find, verifiedWith } from "./bent";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

describe("what was added outside of Pulumi", () => {
  const added = (stack: string, type: string, name: string, property: string, value: unknown): unknown => {
    const found = verifiedWith(planned, (files) => {
      const resource = find(files, stack, type, name);
      resource.outputs = { ...resource.outputs, [property]: value };
    });
    return found.drift.flatMap((each) =>
      each.added.map(({ resource, words }) => `${resource.split("::")[1] ?? ""}: ${words}`),
    );
  };
  const route = (route: object) => ({ cidrBlock: "", ipv6CidrBlock: "", gatewayId: "", natGatewayId: "", ...route });
  const rule = (rule: object) => ({ cidrBlocks: [], ipv6CidrBlocks: [], securityGroups: [], self: false, ...rule });
  const TABLE = "aws:ec2/routeTable:RouteTable";
  const GROUP = "aws:ec2/securityGroup:SecurityGroup";

  it("is told of routes, but not those that are managed, wherever they lead", () => {
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

  it("is told of rules of a security group, but not those that are managed", () => {
    const ingress = [
      rule({ cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"], protocol: "tcp", fromPort: 443, toPort: 443 }),
      rule({ ipv6CidrBlocks: ["::/0"], protocol: "-1", fromPort: 0, toPort: 0 }),
      rule({ securityGroups: ["sg-1"], protocol: "udp", fromPort: 0, toPort: 65535 }),
    ];
    expect(added("hub", GROUP, "hub-endpoint", "ingress", ingress)).to.deep.equal([
      "hub-endpoint: 0.0.0.0/0, tcp 443",
      "hub-endpoint: ::/0, everything",
      "hub-endpoint: sg-1, udp 0-65535",
    ]);
  });

  it("is told of policies of a role, but not those that are managed", () => {
    const arns = ["AmazonEKSWorkerNodePolicy", "AdministratorAccess"].map((name) => `arn:aws:iam::aws:policy/${name}`);
    const role = "aws:iam/role:Role";
    expect(added("dev", role, "dev-node", "managedPolicyArns", arns)).to.deep.equal([
      "dev-node: arn:aws:iam::aws:policy/AdministratorAccess",
    ]);
    expect(added("dev", role, "dev-node", "inlinePolicies", [{ name: "extra", policy: "{}" }])).to.deep.equal([
      "dev-node: inline policy extra",
    ]);
  });

  it("is seen by the checks", () => {
    const found = verifiedWith(planned, (files) => {
      const table = find(files, "dev", "aws:ec2/routeTable:RouteTable", "dev-private-1");
      table.outputs = { ...table.outputs, routes: [{ cidrBlock: "10.3.0.0/16", vpcPeeringConnectionId: "pcx-1" }] };
    });
    const broken = found.checks.filter(({ passed }) => !passed);
    expect(broken.map(({ name, evidence }) => [name, ...evidence])).to.deep.equal([
      ["paths-are-fully-modeled", "dev-private-1: 10.3.0.0/16 → pcx-1"],
    ]);
  });
});
