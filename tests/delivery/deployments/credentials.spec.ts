import { expect } from "chai";
import { credentialCommands } from "../../../delivery/deployments/credentials";
import { awsProgram, Executor, ROLE } from "./executor";

const commands = (file: string): string[] => credentialCommands(ROLE, file);

describe("the commands that take the deployment role", () => {
  let executor: Executor;
  beforeEach(() => {
    executor = new Executor({ aws: awsProgram() });
  });
  afterEach(() => executor.remove());

  for (const operation of ["update", "destroy"]) {
    for (const shell of ["sh", "bash"] as const) {
      it(`hand its credentials to the operation ${operation}, and print none, in ${shell}`, () => {
        const { status, stdout, stderr, environment } = executor.run(commands, operation, { shell });
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
    expect(executor.run(commands, "update").calls).to.deep.equal([
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
      expect(executor.run(commands, operation)).to.deep.equal(nothing);
    });
  }

  it("fail when the role is refused, so that the operation does not go on without it", () => {
    const refusing = new Executor({ aws: awsProgram({ refuses: true }) });
    const { status, environment } = refusing.run(commands, "update");
    refusing.remove();
    expect(status).to.equal(254);
    expect(environment).to.deep.equal([]);
  });

  it("fail, in words, when the operation would go on as the preview role all the same", () => {
    const { status, stderr } = executor.run(commands, "update", { handsOver: false });
    expect(status).to.equal(1);
    expect(stderr).to.equal("This update does not have the credentials of the role r-deployment.\n");
  });
});
