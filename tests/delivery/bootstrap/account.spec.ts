import { expect } from "chai";
import { permissionsBoundaryRule } from "../../../components/settings/rules";
import prepareAccount from "../../../delivery/bootstrap";
import { cloud } from "../../../tools/planner/doubles/cloud";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
import { type Registered, run } from "../../../tools/planner/engine/run";
import { FIXTURE } from "../../support/fixture";
import { dev } from "./scopes";

/** What the program of `delivery/bootstrap/` asks for in the account of a stack. */
const prepared = (stack: string, config: Readonly<Record<string, string>> = {}, preview = false): Promise<Registered> =>
  run(() => prepareAccount(FIXTURE), cloud({}), {
    project: "piksel-network-bootstrap",
    stack,
    organization: "acme",
    config: Object.fromEntries(
      Object.entries({
        "pulumi-organization": "acme",
        "issuer-exists": "false",
        "archive-changes": "false",
        ...config,
      }).map(([key, value]) => [`piksel-network-bootstrap:${key}`, value]),
    ),
    preview,
  });
const failure = async (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "no failure",
    (error: unknown) => String(error),
  );

const names = ({ resources }: Registered): string[] => resources.map(({ type, name }) => `${type} ${name}`).sort();
const inputs = ({ resources }: Registered, type: string, name: string): PlannedResource["inputs"] | undefined =>
  resources.find((resource) => resource.type === type && resource.name === name)?.inputs;

const deploymentPolicies = {
  hub: ["deployment-1", "deployment-2", "deployment-3", "deployment-4", "deployment-5"],
  dev: ["deployment-1", "deployment-2", "deployment-3", "deployment-4"],
};
const expected = (stack: keyof typeof deploymentPolicies): string[] =>
  [
    `piksel:bootstrap:Account ${stack}`,
    "pulumi:providers:aws aws",
    `aws:iam/openIdConnectProvider:OpenIdConnectProvider ${stack}`,
    `aws:iam/policy:Policy ${stack}-boundary`,
    `aws:iam/role:Role ${stack}-deployment`,
    `aws:iam/role:Role ${stack}-preview`,
    `aws:iam/securityTokenServicePreferences:SecurityTokenServicePreferences ${stack}`,
    ...[...deploymentPolicies[stack], "preview-1"].flatMap((policy) => [
      `aws:iam/policy:Policy ${stack}-${policy}`,
      `aws:iam/rolePolicyAttachment:RolePolicyAttachment ${stack}-${policy}`,
    ]),
  ].sort();

describe("what an account is prepared with", () => {
  for (const stack of ["hub", "dev"] as const) {
    for (const preview of [false, true]) {
      it(`for ${stack} is exactly what is listed, ${preview ? "in a preview" : "in an update"}`, async () => {
        expect(names(await prepared(stack, {}, preview))).to.deep.equal(expected(stack));
      });
    }
  }

  it("is made in the stack's own account alone", async () => {
    const provider = inputs(await prepared("dev"), "pulumi:providers:aws", "aws");
    expect(provider?.["allowedAccountIds"]).to.deep.equal('["222222222222"]');
  });

  it("trusts the organization's tokens", async () => {
    const issuer = inputs(await prepared("dev"), "aws:iam/openIdConnectProvider:OpenIdConnectProvider", "dev");
    expect(issuer).to.deep.equal({ url: "https://api.pulumi.com/oidc", clientIdLists: ["acme"] });
  });

  // Review A7.
  it("has tokens of the global endpoint of STS that are valid in every Region", async () => {
    const type = "aws:iam/securityTokenServicePreferences:SecurityTokenServicePreferences";
    expect(inputs(await prepared("dev"), type, "dev")).to.deep.equal({ globalEndpointTokenVersion: "v2Token" });
  });

  // Review M3.
  it("lets the hub's archive be changed while archive-changes is true, and refuses the key elsewhere", async () => {
    const policies = async (config: Record<string, string>): Promise<string> =>
      (await prepared("hub", config)).resources
        .filter(({ type }) => type === "aws:iam/policy:Policy")
        .map(({ inputs: { policy } }) => String(policy))
        .join();
    expect(await policies({ "archive-changes": "true" })).to.contain("s3:PutBucketObjectLockConfiguration");
    expect(await policies({})).not.to.contain("s3:PutBucketObjectLockConfiguration");
    expect(await failure(prepared("dev", { "archive-changes": "true" }))).to.contain(
      "archive-changes is true in dev: only the hub has a log archive, so remove it here",
    );
  });

  it("makes no second issuer in an account that has one", async () => {
    const registered = await prepared("dev", { "issuer-exists": "true" });
    expect(names(registered)).to.deep.equal(expected("dev").filter((name) => !name.includes("openIdConnectProvider")));
  });

  it("keeps its roles on a path of their own, where no deployment can touch them", async () => {
    const role = inputs(await prepared("dev"), "aws:iam/role:Role", "dev-deployment");
    expect([role?.["path"], role?.["name"], role?.["maxSessionDuration"]]).to.deep.equal([
      "/pulumi-deployments/",
      "piksel-network-dev-deployment",
      7200,
    ]);
  });

  it("has the boundary before the role that needs it", async () => {
    const { resources } = await prepared("dev");
    const role = resources.find(({ name, type }) => type === "aws:iam/role:Role" && name === "dev-deployment");
    expect(role?.dependsOn).to.include("aws:iam/policy:Policy::dev-boundary");
  });

  it("says which roles it made, and how the network's stack is told of the boundary", async () => {
    expect((await prepared("dev")).outputs).to.deep.equal({
      deploymentRoleArn: "${aws:iam/role:Role::dev-deployment.arn}",
      previewRoleArn: "${aws:iam/role:Role::dev-preview.arn}",
      configCommand:
        "pulumi config set --stack dev permissions-boundary " +
        "arn:aws:iam::222222222222:policy/pulumi-deployments/piksel-network-dev-boundary",
    });
  });

  it("names the boundary as it is made", async () => {
    const boundary = inputs(await prepared("dev"), "aws:iam/policy:Policy", "dev-boundary");
    expect(`arn:aws:iam::222222222222:policy${String(boundary?.["path"])}${String(boundary?.["name"])}`).to.equal(
      dev.boundaryArn,
    );
  });

  it("makes a boundary that the network's configuration takes", () => {
    expect(permissionsBoundaryRule("222222222222")(dev.boundaryArn)).to.equal(undefined);
  });

  it("refuses a stack that is not in the account map, and an organization in capitals", async () => {
    expect(await failure(prepared("qa"))).to.contain(
      "qa is not in the account map (networks): it has hub, dev, staging, prod",
    );
    expect(await failure(prepared("dev", { "pulumi-organization": "Acme" }))).to.contain(
      'pulumi-organization is "Acme": must be in lower case, as in OIDC tokens',
    );
  });
});
