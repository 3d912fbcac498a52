import { writeFileSync } from "node:fs";
import { expect } from "chai";
import { plainPaint } from "../../../tools/io/terminal";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
import { plan } from "../../../tools/planner/plan";
import type { CommandResult } from "../../../tools/strays/inventory/clients";
import { main, type StraysEnvironment } from "../../../tools/strays/strays";
import { project, stack } from "../../support/plans";
import { Copy, type Result } from "../cli/start";
import { fakeAws, notFound, stateOf, tags } from "./support";

const NETWORK = "urn:pulumi:dev::piksel-network::piksel:spoke:Spoke$piksel:network:Network$awsx:ec2:Vpc";
const PROVIDER = "--provider provider=urn:pulumi:dev::piksel-network::pulumi:providers:aws::aws";
const day = new Date("2026-11-25T07:12:00Z");

/** Two VPCs of dev, of which the first is a stray that contains a NAT gateway and the security group of somebody else. */
const twoVpcs = {
  DescribeCluster: notFound(),
  DescribeVpcs: {
    Vpcs: ["vpc-stray", "vpc-dev-second"].map((VpcId) => ({ VpcId, CidrBlock: "10.1.0.0/16", Tags: tags("dev") })),
  },
  DescribeNatGateways: ({ Filter }: Readonly<Record<string, unknown>>) =>
    JSON.stringify(Filter).includes("vpc-stray")
      ? { NatGateways: [{ NatGatewayId: "nat-1", Tags: tags("dev-1"), CreateTime: day }] }
      : {},
  DescribeSecurityGroups: ({ Filters }: Readonly<Record<string, unknown>>) =>
    JSON.stringify(Filters).includes("vpc-stray")
      ? { SecurityGroups: [{ GroupId: "sg-1", GroupName: "k8s's own" }] }
      : {},
};

describe("npm run strays", () => {
  let copy: Copy;
  let planned: readonly PlannedResource[];
  before(async () => {
    planned = stack(await plan(project), "dev").resources;
  });
  beforeEach(() => {
    copy = new Copy();
  });
  afterEach(() => {
    copy.remove();
  });
  const strays = async (world: Partial<StraysEnvironment>, ...argv: readonly string[]): Promise<Result> => {
    let [out, err] = ["", ""];
    const io = {
      folder: copy.folder,
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      paint: plainPaint,
    };
    const run = (): CommandResult => ({ code: 0, out: exported({}), err: "" });
    const account = (): Promise<string> => Promise.resolve("222222222222");
    const clients = (): ReturnType<typeof fakeAws> => fakeAws({ DescribeCluster: notFound() });
    const code = await main(argv, io, { run, account, clients, ...world });
    return { code, out, err };
  };
  /** An export of dev, as `pulumi stack export` writes one. */
  const exported = ({ has = (): boolean => true, pending = [] as readonly string[] }): string => {
    const state = stateOf(planned, "second", has, pending);
    const resources = [...state.urns].map((urn) => {
      const [, , types = "", name = ""] = urn.split("::");
      const id = state.ids.get(`${types.split("$").pop() ?? ""}::${name}`);
      return { urn, type: types.split("$").pop(), ...(id === undefined ? {} : { custom: true, id }) };
    });
    const operations = [...state.pending.values()].map((urn) => ({ type: "creating", resource: { urn } }));
    const manifest = { time: "2026-11-25T14:12:31.5+07:00" };
    return JSON.stringify({ version: 3, deployment: { manifest, resources, pending_operations: operations } });
  };

  it("exits with 0 if everything that exists is in the state", async () => {
    expect(await strays({}, "dev")).to.deep.equal({
      code: 0,
      err: "",
      out: `dev, account 222222222222, ap-southeast-3, state of 2026-11-25 07:12 UTC
  No strays: everything that exists is in the state.

No strays.
`,
    });
  });

  it("exits with 1 if a VPC was created twice, and shows how to delete the first one", async () => {
    expect(await strays({ clients: () => fakeAws(twoVpcs) }, "dev")).to.deep.equal({
      code: 1,
      err: "",
      out: `dev, account 222222222222, ap-southeast-3, state of 2026-11-25 07:12 UTC
  To delete, in this order:
    NAT gateway nat-1 dev-1, created 2026-11-25 07:12 UTC
      because it is in vpc-stray, which is in no state
      aws ec2 delete-nat-gateway --nat-gateway-id nat-1 --region ap-southeast-3
      aws ec2 wait nat-gateway-deleted --nat-gateway-ids nat-1 --region ap-southeast-3
    security group sg-1 k8s's own
      because it is in vpc-stray, which is in no state
      aws ec2 delete-security-group --group-id sg-1 --region ap-southeast-3
    VPC vpc-stray dev
      because the state of dev has vpc-dev-second instead, as dev
      aws ec2 delete-vpc --vpc-id vpc-stray --region ap-southeast-3

3 resources exist in AWS but in no state. Nothing was changed. Run the commands one by one, then run npm run strays again.
`,
    });
  });

  it("shows how to import what an interrupted update created, and what to do next", async () => {
    const pending = ["aws:ec2/vpc:Vpc::dev", "aws:kms/alias:Alias::dev-cluster"];
    const run = (): CommandResult => ({ code: 0, out: exported({ has: () => false, pending }), err: "" });
    const { clients } = {
      clients: () =>
        fakeAws({
          DescribeCluster: notFound(),
          DescribeVpcs: { Vpcs: [twoVpcs.DescribeVpcs.Vpcs[0]] },
          DescribeDhcpOptions: { DhcpOptions: [{ DhcpOptionsId: "dopt-1", Tags: tags("").slice(0, 2) }] },
        }),
    };
    expect(await strays({ run, clients }, "dev")).to.deep.equal({
      code: 1,
      err: "",
      out: `dev, account 222222222222, ap-southeast-3, state of 2026-11-25 07:12 UTC
  To import, in this order:
    DHCP option set dopt-1
      because dev plans it as dev, but it is not in its state
      pulumi import aws:ec2/vpcDhcpOptions:VpcDhcpOptions dev dopt-1 --stack dev --parent 'parent=urn:pulumi:dev::piksel-network::piksel:spoke:Spoke$piksel:spoke:DhcpOptions::dev' ${PROVIDER} --protect=false --generate-code=false
    VPC vpc-stray dev
      because dev plans it as dev, but it is not in its state: the update that created it was interrupted
      pulumi import aws:ec2/vpc:Vpc dev vpc-stray --stack dev --parent 'parent=${NETWORK}::dev' ${PROVIDER} --protect=false --generate-code=false
  An update of dev was interrupted. Do not run pulumi up before the steps above are done.
  No resource was found for these interrupted creations:
    kms.Alias dev-cluster
  Finally, remove the pending operations: pulumi refresh --stack dev --clear-pending-creates

2 resources exist in AWS but in no state. Nothing was changed. Run the commands one by one, then run npm run strays again.
`,
    });
  });

  it("shows how to delete what could be imported, with --delete", async () => {
    const run = (): CommandResult => ({ code: 0, out: exported({ has: () => false }), err: "" });
    const clients = (): ReturnType<typeof fakeAws> =>
      fakeAws({ ...twoVpcs, DescribeVpcs: { Vpcs: [twoVpcs.DescribeVpcs.Vpcs[0]] } });
    const { code, out } = await strays({ run, clients }, "dev", "--delete");
    expect(code).to.equal(1);
    expect(out).to.contain("aws ec2 delete-vpc --vpc-id vpc-stray --region ap-southeast-3\n");
    expect(out).to.not.contain("pulumi import");
  });

  it("reads a state from a file in place of the Pulumi CLI", async () => {
    const run = (): CommandResult => {
      throw new Error("the Pulumi CLI was asked");
    };
    writeFileSync(copy.path("dev.json"), exported({}));
    expect((await strays({ run }, "dev", "--export", "dev.json")).code).to.equal(0);
    expect(await strays({ run }, "prod", "--export", "dev.json")).to.deep.equal({
      code: 2,
      out: "",
      err: "The credentials belong to account 222222222222, but the stack prod is in 444444444444 (networks.prod.account): use credentials of that account, and name only its stacks.\n",
    });
    const account = (): Promise<string> => Promise.resolve("444444444444");
    expect((await strays({ run, account }, "prod", "--export", "dev.json")).err).to.equal(
      "dev.json is the export of stack dev, not of prod.\n",
    );
    expect((await strays({ run }, "dev", "--export", "none.json")).err).to.match(/^ENOENT: no such file/);
  });

  for (const [what, ran, err] of [
    [
      "there is no Pulumi CLI",
      { code: undefined, out: "", err: "" },
      "The Pulumi CLI is not on the PATH. Install it, or pass an export with --export FILE.\n",
    ],
    [
      "the Pulumi CLI knows no such stack",
      { code: 255, out: "", err: "error: no stack named 'dev' found\n" },
      "pulumi stack export --stack dev failed: error: no stack named 'dev' found. Fix that, or pass an export with --export FILE.\n",
    ],
    [
      "the export is of another project",
      { code: 0, out: '{"version":3,"deployment":{"resources":[{"urn":"urn:pulumi:dev::other::x:y:Z::n"}]}}', err: "" },
      "the export of dev belongs to the project other, but this project is piksel-network.\n",
    ],
  ] as const) {
    it(`exits with 2 and one sentence if ${what}`, async () => {
      expect(await strays({ run: () => ran }, "dev")).to.deep.equal({ code: 2, out: "", err });
    });
  }

  it("exits with 2 and one sentence if AWS does not answer, and does not hide an error of its own", async () => {
    const denied = Object.assign(new Error("Not authorized."), { name: "AccessDeniedException", $metadata: {} });
    expect(await strays({ clients: () => fakeAws({ DescribeVpcs: denied }) }, "dev")).to.deep.equal({
      code: 2,
      out: "",
      err: "The credentials have no permission for ec2:DescribeVpcs: Not authorized.\n",
    });
    let thrown: unknown;
    const broken = (): never => {
      throw new TypeError("x is not a function");
    };
    await strays({ clients: broken }, "dev").catch((error: unknown) => (thrown = error));
    expect(thrown).to.be.instanceOf(TypeError);
  });

  it("rejects wrong usage with a sentence, and prints its usage", async () => {
    expect(await strays({})).to.deep.equal({
      code: 2,
      out: "",
      err: "STACK is missing: name at least one.\nRun npm run strays -- --help for usage.\n",
    });
    expect((await strays({}, "nowhere")).err).to.equal(
      "There is no stack nowhere; stacks are dev, hub, prod, staging.\nRun npm run strays -- --help for usage.\n",
    );
    expect((await strays({}, "dev", "--bogus")).code).to.equal(2);
    expect((await strays({}, "--help")).out).to.match(/^npm run strays -- STACK\.\.\. /);
  });
});
