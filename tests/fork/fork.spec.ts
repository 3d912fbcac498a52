import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse, stringify } from "yaml";
import prepareAccount from "../../delivery/bootstrap";
import { cloud } from "../../tools/planner/doubles/cloud";
import type { PlannedResource } from "../../tools/planner/engine/resource";
import { run } from "../../tools/planner/engine/run";
import { plan, type Plan } from "../../tools/planner/plan";
import { type Project, readProject } from "../../tools/planner/project/project";
import { analyze } from "../../tools/report/outcome";
import { evaluate } from "../support/iam";
import { project } from "../support/plans";
import { EDITS } from "./edits";

const folders: string[] = [];

/** Writes the configuration files of a project into a temporary folder, and returns the folder. */
function writeProject({ name, declared, stacks }: Project): string {
  const folder = mkdtempSync(join(tmpdir(), "fork-"));
  folders.push(folder);
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name, config: declared }));
  for (const [stack, config] of Object.entries(stacks)) {
    writeFileSync(join(folder, `Pulumi.${stack}.yaml`), stringify({ config }));
  }
  return folder;
}

/** The policies of the deployment role that `delivery/bootstrap/` creates for a stack of the project in a folder. */
async function deploymentPolicies(folder: string, stack: string): Promise<readonly string[]> {
  const config = { "pulumi-organization": "acme", "issuer-exists": "false", "archive-changes": "false" };
  const { resources } = await run(() => prepareAccount(folder), cloud({}), {
    project: "bootstrap",
    stack,
    organization: "acme",
    config: Object.fromEntries(Object.entries(config).map(([key, value]) => [`bootstrap:${key}`, value])),
  });
  return resources
    .filter(({ type, name }) => type === "aws:iam/policy:Policy" && name.startsWith(`${stack}-deployment-`))
    .map(({ inputs }) => String(inputs["policy"]));
}

/** For each type with a name that the program chooses: the IAM action that creates it, and the service and path of its ARN. */
const CREATE_CALLS: Readonly<
  Record<string, (name: string) => readonly [action: string, service: string, path: string]>
> = {
  "aws:iam/role:Role": (name) => ["iam:CreateRole", "iam", `role/${name}`],
  "aws:sns/topic:Topic": (name) => ["sns:CreateTopic", "sns", name],
  "aws:athena/workgroup:Workgroup": (name) => ["athena:CreateWorkGroup", "athena", `workgroup/${name}`],
  "aws:glue/catalogDatabase:CatalogDatabase": (name) => ["glue:CreateDatabase", "glue", `database/${name}`],
  "aws:ssm/parameter:Parameter": (name) => ["ssm:PutParameter", "ssm", `parameter${name}`],
  "aws:sqs/queue:Queue": (name) => ["sqs:CreateQueue", "sqs", name],
  "aws:cloudwatch/logGroup:LogGroup": (name) => ["logs:CreateLogGroup", "logs", `log-group:${name}`],
  "aws:eks/addon:Addon": () => ["eks:CreateAddon", "eks", ""],
};

/** Named resources that these policies of the deployment role do not allow to create: `TYPE NAME`. */
function denied(planned: Plan[number], policies: readonly string[]): string[] {
  const { network, region, permissionsBoundary, naming } = planned.settings;
  const documents = policies.map((text) => JSON.parse(text) as Parameters<typeof evaluate>[0]);
  return planned.resources.flatMap((resource: PlannedResource) => {
    const name = resource.inputs["name"];
    const createCall = CREATE_CALLS[resource.type];
    const isCluster = resource.type === "aws:eks/addon:Addon";
    if (createCall === undefined || (typeof name !== "string" && !isCluster)) return [];
    const [action, service, path] = createCall(String(name));
    const arnRegion = service === "iam" ? "" : region;
    const named = isCluster ? `cluster/${naming.prefix}-${network.name}` : path;
    const allowed = documents.some(
      (document) =>
        evaluate(document, {
          principal: "the role",
          action,
          resource: `arn:aws:${service}:${arnRegion}:${network.account}:${named}`,
          context: {
            "aws:RequestedRegion": region,
            "iam:PermissionsBoundary": permissionsBoundary ?? boundaryOf(planned),
          },
        }) === "allowed",
    );
    return allowed ? [] : [`${resource.type} ${String(name)}`];
  });
}

/** The permissions boundary that `delivery/bootstrap/` creates, which a stack sets once its account is prepared. */
function boundaryOf({ name, settings: { network, naming } }: Plan[number]): string {
  return `arn:aws:iam::${network.account}:policy/pulumi-deployments/${naming.project}-${name}-boundary`;
}

describe("a fork", () => {
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  for (const [title, edit] of Object.entries(EDITS)) {
    it(`with ${title} plans from its files, passes every check, and its deployment role may create the resources`, async function () {
      this.timeout(240_000);
      const folder = writeProject(edit(project));
      const own = readProject(folder);
      const planned = await plan(own);
      expect(planned.map(({ name }) => name)).to.have.members(Object.keys(own.stacks));
      const { checks } = await analyze(own, planned);
      expect(checks.filter(({ passed }) => !passed)).to.deep.equal([]);
      for (const stack of planned) {
        expect(denied(stack, await deploymentPolicies(folder, stack.name)), stack.name).to.deep.equal([]);
      }
    });
  }

  it("with another prefix and project name keeps the old ones only in types of components", async () => {
    const { "another prefix": prefix, "another project name": projectName, "another domain": domain } = EDITS;
    const edited = [prefix, projectName, domain].reduce((each, edit) => edit?.(each) ?? each, project);
    const text = JSON.stringify((await plan(edited)).map(({ resources, outputs }) => ({ resources, outputs })));
    // Types of components never change, and the fixture has a repository of its own.
    expect(text.match(/.{20}piksel(?!:[a-z]+:[A-Z]|-core).{20}/g)).to.equal(null);
  });
});

interface Template {
  readonly config: Readonly<Record<string, { readonly default: string }>>;
}

/** What `pulumi new` does with the repository's files (pulumi/pulumi, `newcmd/new.go` and `workspace/templates.go`). */
describe("the template section", () => {
  it("asks for keys of the project, and its defaults give a plan in a project of another name", async function () {
    const own = readProject(".");
    const { template } = parse(readFileSync("Pulumi.yaml", "utf8")) as { readonly template?: Template };
    // pulumi new removes the section from the new project.
    if (template === undefined) this.skip();
    const answers = Object.entries(template.config).map(([key, { default: value }]) => [key, value] as const);
    expect(answers.map(([key]) => key).filter((key) => own.declared[key] === undefined)).to.deep.equal([]);
    const [created = ""] = Object.keys(own.stacks).filter((name) => name !== "hub");
    const name = "acme-platform";
    const renamed = EDITS["another project name"]?.(own) ?? own;
    // pulumi new writes the answers as text.
    const set = Object.fromEntries(answers.map(([key, value]) => [`${name}:${key}`, value]));
    const stacks = { ...renamed.stacks, [created]: { ...renamed.stacks[created], ...set } };
    const forked = { ...renamed, stacks };
    const { checks } = await analyze(forked, await plan(forked));
    expect(checks.filter(({ passed }) => !passed)).to.deep.equal([]);
  });
});
