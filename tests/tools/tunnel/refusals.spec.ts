import { createServer } from "node:net";
import { expect } from "chai";
import { selfSigned } from "../../support/certificate";
import { type Answer, HOST, Machine, OUTPUTS, type Plugin } from "./support";

/** A refusal: what is wrong, and the sentence. */
interface Refusal {
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly plugin?: Plugin;
  readonly argv?: readonly string[];
  readonly err: string;
}

const failed = (operation: string, code: string, message: string): Answer => ({
  code: 254,
  err: `\nAn error occurred (${code}) when calling the ${operation} operation: ${message}\n`,
});
const platform = (changes: object): Answer => ({
  out: JSON.stringify({ ...OUTPUTS, platform: { ...OUTPUTS.platform, ...changes } }),
});

const REFUSALS: Readonly<Record<string, Refusal>> = {
  "a stack that is not deployed": {
    answers: { "pulumi stack output": { out: "{}" } },
    err: "The stack dev has no outputs, because it is not deployed: run pulumi up --stack dev first.",
  },
  "a stack that the backend does not have": {
    answers: { "pulumi stack output": { code: 255, err: "error: no stack named 'dev' found" } },
    err:
      "The Pulumi backend has no stack dev: run pulumi up --stack dev first, log in to the backend that has it " +
      "(pulumi login), or pass --cluster.",
  },
  "a Pulumi CLI that fails": {
    answers: { "pulumi stack output": { code: 255, err: "error: PULUMI_ACCESS_TOKEN must be set" } },
    err: "pulumi stack output --stack dev failed: error: PULUMI_ACCESS_TOKEN must be set. Correct that, or pass --cluster.",
  },
  "a stack without a cluster": {
    answers: { "pulumi stack output": { out: '{ "vpcId": "vpc-0123" }' } },
    err: "The stack dev has no cluster: name the stack of a spoke with cluster: true.",
  },
  "a stack of an earlier release": {
    answers: { "pulumi stack output": { out: '{ "clusterName": "piksel-dev" }' } },
    err:
      "The stack dev has no output platform, because an earlier release deployed it: run pulumi up --stack dev, " +
      "or pass --cluster.",
  },
  "credentials of another account": {
    answers: { "aws sts get-caller-identity": { out: '"111111111111"' } },
    err:
      "The credentials belong to account 111111111111, but the cluster piksel-dev is in 222222222222: " +
      "use credentials of a role in that account that cluster-admins lists.",
  },
  "missing credentials": {
    answers: {
      "aws sts get-caller-identity": {
        code: 253,
        err: 'Unable to locate credentials. You can configure credentials by running "aws configure".',
      },
    },
    err: "There are no AWS credentials: set AWS_PROFILE, or sign in.",
  },
  "an unknown profile": {
    answers: { "aws sts get-caller-identity": { code: 255, err: "The config profile (deev) could not be found" } },
    err: "There is no AWS profile deev: set AWS_PROFILE to one that exists.",
  },
  "expired credentials": {
    answers: { "aws sts get-caller-identity": failed("GetCallerIdentity", "ExpiredToken", "The token has expired") },
    err:
      "AWS rejected the credentials: sign in again. " +
      "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The token has expired.",
  },
  "no network": {
    answers: {
      "aws sts get-caller-identity": { code: 255, err: 'Could not connect to the endpoint URL: "https://sts/"' },
    },
    err:
      "AWS cannot be reached for sts:GetCallerIdentity: check the network and the Region. " +
      'Could not connect to the endpoint URL: "https://sts/".',
  },
  "a missing permission for ec2:DescribeInstances": {
    answers: {
      "aws ec2 describe-instances": failed("DescribeInstances", "UnauthorizedOperation", "You are not authorized."),
    },
    err:
      "The credentials have no permission for ec2:DescribeInstances: allow it (docs/cluster.md). " +
      "An error occurred (UnauthorizedOperation) when calling the DescribeInstances operation: You are not authorized.",
  },
  "a missing permission for ssm:StartSession": {
    answers: { "aws ssm start-session": failed("StartSession", "AccessDeniedException", "Not authorized.") },
    err:
      "The session with i-0bbbbbbb was not opened. The credentials have no permission for ssm:StartSession: allow it for " +
      "the instance and for the document AWS-StartPortForwardingSessionToRemoteHost (docs/cluster.md). " +
      "An error occurred (AccessDeniedException) when calling the StartSession operation: Not authorized.",
  },
  "a missing permission for eks:DescribeCluster": {
    argv: ["--cluster", "arn:aws:eks:ap-southeast-3:222222222222:cluster/piksel-dev"],
    answers: { "aws eks describe-cluster": failed("DescribeCluster", "AccessDeniedException", "No.") },
    err:
      "The credentials have no permission for eks:DescribeCluster: allow it (docs/cluster.md). " +
      "An error occurred (AccessDeniedException) when calling the DescribeCluster operation: No.",
  },
  "a cluster that is being created": {
    argv: ["--cluster", "arn:aws:eks:ap-southeast-3:222222222222:cluster/piksel-dev"],
    answers: { "aws eks describe-cluster": { out: '{ "cluster": { "name": "piksel-dev", "status": "CREATING" } }' } },
    err: "The cluster piksel-dev is CREATING and has no endpoint yet: wait until it is ACTIVE.",
  },
  "no running node": {
    answers: { "aws ec2 describe-instances": { out: "[]" } },
    err:
      "piksel-dev has no running managed node: wait until the node groups are ACTIVE, or name another instance that " +
      "reaches the API with --node.",
  },
  "EKS Auto Mode without --node": {
    answers: {
      "pulumi stack output": platform({ nodeAutoscaling: "auto" }),
      "aws ec2 describe-instances": { out: "[]" },
    },
    err:
      "piksel-dev has no managed nodes, and the nodes of EKS Auto Mode do not allow Session Manager: name another " +
      "instance that reaches the API with --node.",
  },
  "no node that is online": {
    answers: { "aws ssm describe-instance-information": { out: "[]" } },
    err:
      "No managed node of piksel-dev is online in Systems Manager (i-0aaaaaaa, i-0bbbbbbb): wait until the nodes are " +
      "ready, or name another instance with --node.",
  },
  "an instance that is not online": {
    argv: ["dev", "--node", "i-0cccccccc"],
    answers: { "aws ssm describe-instance-information": { out: "[]" } },
    err:
      "The instance i-0cccccccc is not online in Systems Manager in ap-southeast-3: it needs the SSM Agent, the " +
      "permissions of AmazonSSMManagedInstanceCore and a path to Systems Manager.",
  },
  "a node that disconnects": {
    answers: { "aws ssm start-session": failed("StartSession", "TargetNotConnected", "i-0bbbbbbb is not connected.") },
    err:
      "The session with i-0bbbbbbb was not opened. ssm:StartSession failed: " +
      "An error occurred (TargetNotConnected) when calling the StartSession operation: i-0bbbbbbb is not connected.",
  },
  "a plugin that fails": {
    plugin: "fails",
    err: "The session with i-0bbbbbbb was not opened. Cannot perform start session: EOF.",
  },
  "an instance that does not reach the API": {
    plugin: "refused",
    err:
      "i-0bbbbbbb does not reach the API of piksel-dev: name a node of the cluster with --node, or an instance in " +
      "cluster-private-access-cidrs.",
  },
  "a command that does not exist": {
    argv: ["dev", "--", "no-such-command"],
    err: "no-such-command cannot be run (ENOENT): install it, or correct its name.",
  },
};

describe("npm run tunnel refuses in one sentence, and leaves nothing behind", () => {
  let machine: Machine;
  afterEach(() => {
    machine.remove();
  });

  for (const [what, { answers = {}, plugin = "open", argv = ["dev"], err }] of Object.entries(REFUSALS)) {
    it(what, async () => {
      machine = new Machine({ answers, plugin });
      expect(await machine.tunnel(argv)).to.deep.equal({ code: 1, out: "", err: `${err}\n` });
    });
  }

  it("an API with another certificate", async () => {
    machine = new Machine({ certificate: selfSigned(HOST) });
    expect(await machine.tunnel(["dev"])).to.deep.equal({
      code: 1,
      out: "",
      err: `${HOST} does not identify itself as the API of piksel-dev (DEPTH_ZERO_SELF_SIGNED_CERT): update the stack.\n`,
    });
  });

  it("missing programs, each with its installation page", async () => {
    machine = new Machine({ programs: [] });
    expect(await machine.tunnel(["dev"])).to.deep.equal({
      code: 1,
      out: "",
      err: `The AWS CLI (aws) is not on the PATH: install it, https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html
The Session Manager plugin of the AWS CLI (session-manager-plugin) is not on the PATH: install it, https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html
The Pulumi CLI (pulumi) is not on the PATH: install it, https://www.pulumi.com/docs/install/
`,
    });
  });

  it("a port that is in use", async () => {
    machine = new Machine();
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        resolve((server.address() as { port: number }).port);
      });
    });
    const result = await machine.tunnel(["dev", "--port", String(port)]);
    server.close();
    expect(result).to.deep.equal({
      code: 1,
      out: "",
      err: `Port ${String(port)} is in use: pass another --port, or none.\n`,
    });
    expect(machine.calls).to.deep.equal([]);
  });

  const MISUSE: Readonly<Record<string, readonly [argv: readonly string[], err: string]>> = {
    "no stack": [[], "STACK is missing: name the stack of a spoke, or pass --cluster."],
    "an unknown stack": [["qa"], "There is no stack qa; stacks are dev, hub, prod, staging."],
    "a port out of range": [["dev", "--port", "80"], '--port is "80": must be a number from 1024 to 65535.'],
    "a port that does not exist": [
      ["dev", "--port", "70000"],
      '--port is "70000": must be a number from 1024 to 65535.',
    ],
    "an instance of another form": [
      ["dev", "--node", "node-1"],
      '--node is "node-1": must be the ID of an instance, i-....',
    ],
    "a cluster of another form": [
      ["--cluster", "piksel-dev"],
      '--cluster is "piksel-dev": must be the ARN of an EKS cluster, arn:aws:eks:REGION:ACCOUNT:cluster/NAME.',
    ],
  };
  for (const [what, [argv, err]] of Object.entries(MISUSE)) {
    it(`${what}, with exit code 2`, async () => {
      machine = new Machine();
      const usage = "Run npm run tunnel -- --help for usage.";
      expect(await machine.tunnel(argv)).to.deep.equal({ code: 2, out: "", err: `${err}\n${usage}\n` });
      expect(machine.calls).to.deep.equal([]);
    });
  }
}).timeout(20_000);
