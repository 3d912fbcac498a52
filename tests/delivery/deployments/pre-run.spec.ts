import { expect } from "chai";
import { credentialCommands, IN_THE_HUB, preRunCommands } from "../../../delivery/deployments/settings";
import { plan } from "../../../tools/planner/plan";
import { project } from "../../support/plans";
import { awsProgram, Executor, type Ran, ROLE } from "./executor";

const commands = (file: string): string[] =>
  preRunCommands({ role: ROLE, fullStackName: "acme/piksel-network/dev", hubAccess: "PIKSEL_HUB_ACCESS" }, file);

/** Runs the commands with a `pulumi` of ours. */
function ran(operation: string, pulumi = ""): Ran {
  const executor = new Executor({ aws: awsProgram(), pulumi });
  try {
    return executor.run(commands, operation, { shell: "bash" });
  } finally {
    executor.remove();
  }
}

/** What was called, without the arguments of `aws`, which have a test of their own. */
const calls = (operation: string, pulumi?: string): string[] =>
  ran(operation, pulumi).calls.map((call) => (call[0] === "aws" ? call.slice(0, 3) : call).join(" "));

const CREDENTIALS = ["AWS_ACCESS_KEY_ID=AKIA", "AWS_SECRET_ACCESS_KEY=se/cr+et", "AWS_SESSION_TOKEN=tok==en"];
const READ = "PIKSEL_HUB_ACCESS=read";
const WITHOUT_THE_HUB = `PULUMI_OPTION_EXCLUDE=${IN_THE_HUB}`;

// Review H3, M4.
describe("the commands before an operation", () => {
  const variables: Readonly<Record<string, readonly string[]>> = {
    preview: [READ],
    refresh: [READ, WITHOUT_THE_HUB],
    "detect-drift": [READ, WITHOUT_THE_HUB],
    "remediate-drift": [READ],
    update: CREDENTIALS,
    destroy: CREDENTIALS,
  };
  for (const [operation, expected] of Object.entries(variables)) {
    it(`hand these variables to the operation ${operation}, and succeed`, () => {
      const { status, stderr, environment } = ran(operation);
      expect([status, stderr]).to.deep.equal([0, ""]);
      expect(environment).to.deep.equal(expected);
    });
  }

  it("let an operation that they do not know read alone", () => {
    expect(ran("import").environment).to.deep.equal([READ]);
    expect(calls("import")).to.deep.equal([]);
  });

  it("preview an update, as its own role, before it begins: install, take the role, preview", () => {
    expect(calls("update")).to.deep.equal([
      "pulumi install --use-language-version-tools",
      "aws sts assume-role-with-web-identity",
      "aws sts get-caller-identity",
      "pulumi preview --non-interactive --stack acme/piksel-network/dev",
    ]);
  });

  it("preview nothing else: a destroy has no program, and a preview is one", () => {
    expect(calls("destroy")).to.deep.equal(["aws sts assume-role-with-web-identity", "aws sts get-caller-identity"]);
    for (const operation of ["preview", "refresh", "detect-drift", "remediate-drift"]) {
      expect(calls(operation), operation).to.deep.equal([]);
    }
  });

  it("end an update whose preview violates a policy", () => {
    expect(ran("update", '[ "$1" != preview ] || exit 255').status).to.equal(255);
  });

  it("end an update whose dependencies cannot be installed, before it has credentials", () => {
    const { status, environment } = ran("update", '[ "$1" != install ] || exit 255');
    expect([status, environment]).to.deep.equal([255, []]);
  });
});

describe("what a search for drift leaves out", () => {
  /** Pulumi's rule (pulumi/pulumi, `UrnTargets.getMatcher`): `**` is any text, `*` is text without a colon. */
  const matcher = new RegExp(
    `^${IN_THE_HUB.split("**")
      .map((part) =>
        part
          .split("*")
          .map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
          .join("[^:]*"),
      )
      .join(".*")}$`,
  );

  it("is every resource that a spoke makes in the hub's account, and no other", async () => {
    const resources = (await plan(project)).flatMap(({ name: stack, resources: all }) =>
      all.map(({ type, name, options: { provider } }) => ({
        urn: `urn:pulumi:${stack}::piksel-network::piksel:spoke:Spoke$${type}::${name}`,
        inTheHub: provider === "pulumi:providers:aws::hub",
      })),
    );
    expect(resources.filter(({ inTheHub }) => inTheHub)).to.have.length.above(3);
    expect(resources.filter(({ urn, inTheHub }) => matcher.test(urn) !== inTheHub)).to.deep.equal([]);
  });
});

const takeRole = (file: string): string[] => credentialCommands(ROLE, file);

describe("the commands that take the deployment role", () => {
  let executor: Executor;
  beforeEach(() => {
    executor = new Executor({ aws: awsProgram() });
  });
  afterEach(() => executor.remove());

  for (const operation of ["update", "destroy"]) {
    for (const shell of ["sh", "bash"] as const) {
      it(`hand its credentials to the operation ${operation}, and print none, in ${shell}`, () => {
        const { status, stdout, stderr, environment } = executor.run(takeRole, operation, { shell });
        expect([status, stdout, stderr]).to.deep.equal([0, "", ""]);
        expect(environment).to.deep.equal([
          "AWS_ACCESS_KEY_ID=AKIA",
          "AWS_SECRET_ACCESS_KEY=se/cr+et",
          "AWS_SESSION_TOKEN=tok==en",
        ]);
      });
    }
  }

  // Review A7: both calls name the region, so that STS answers from its own endpoint there.
  it("ask for the role of the stack, with the deployment's own token, and then who they are", () => {
    expect(executor.run(takeRole, "update").calls).to.deep.equal([
      [
        "aws",
        "sts",
        "assume-role-with-web-identity",
        "--region",
        "ap-southeast-3",
        "--role-arn",
        ROLE.roleArn,
        "--role-session-name",
        "dev-update-42",
        "--duration-seconds",
        "7200",
        "--web-identity-token",
        "header.payload.signature",
        "--query",
        "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]",
        "--output",
        "text",
      ],
      ["aws", "sts", "get-caller-identity", "--region", "ap-southeast-3", "--query", "Arn", "--output", "text"],
    ]);
  });

  for (const operation of ["preview", "refresh", "detect-drift", "remediate-drift", ""]) {
    it(`ask for nothing in the operation "${operation}"`, () => {
      const nothing = { status: 0, stdout: "", stderr: "", environment: [], calls: [] };
      expect(executor.run(takeRole, operation)).to.deep.equal(nothing);
    });
  }

  it("fail when the role is refused, so that the operation does not go on without it", () => {
    const refusing = new Executor({ aws: awsProgram({ refuses: true }) });
    const { status, environment } = refusing.run(takeRole, "update");
    refusing.remove();
    expect(status).to.equal(254);
    expect(environment).to.deep.equal([]);
  });

  it("fail, in words, when the operation would go on as the preview role all the same", () => {
    const { status, stderr } = executor.run(takeRole, "update", { handsOver: false });
    expect(status).to.equal(1);
    expect(stderr).to.equal("This update does not have the credentials of the role r-deployment.\n");
  });
});
