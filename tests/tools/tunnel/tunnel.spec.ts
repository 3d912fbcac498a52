import { EventEmitter } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { plainPaint } from "../../../tools/io/terminal";
import { main } from "../../../tools/tunnel/tunnel";
import { FIXTURE } from "../../support/fixture";
import { selfSigned } from "../../support/certificate";
import { HOST, Machine } from "./support";

const LOST =
  "Session Manager ends a session after 20 minutes without traffic, or after the time that the account's preferences set " +
  "(1 to 60 minutes). Run the command again.\n";

describe("npm run tunnel", () => {
  let machine: Machine;
  afterEach(() => {
    machine.remove();
  });

  /** Opens a tunnel, looks at it, and sends a signal when it is open. */
  const whileOpen = async (look: (out: string, file: string) => void, argv = ["dev"], env = {}, isTerminal = true) => {
    const signals = new EventEmitter();
    let [out, err] = ["", ""];
    const io = {
      folder: FIXTURE,
      out: (text: string): void => {
        out += text;
        const file = /KUBECONFIG=(\S+)/.exec(text)?.[1];
        if (file === undefined) return;
        look(out, file);
        setImmediate(() => signals.emit("SIGINT", "SIGINT"));
      },
      err: (text: string) => void (err += text),
      paint: plainPaint,
    };
    const code = await main(argv, io, { env: { ...machine.env, ...env }, signals, isTerminal, patience: 5000 });
    return { code, out, err, listeners: signals.eventNames() };
  };

  it("opens a tunnel through a managed node that is online, and says what to do next", async () => {
    machine = new Machine();
    let [shown, file] = ["", ""];
    const result = await whileOpen((out, kubeconfig) => {
      [shown, file] = [out, kubeconfig];
    });

    const port = /port (\d+)/.exec(shown)?.[1] ?? "";
    expect(shown).to.equal(`The tunnel to piksel-dev in ap-southeast-3 is open: port ${port}, through i-0bbbbbbb.
In another terminal with the same AWS credentials:

  export KUBECONFIG=${file}
  kubectl get nodes
  pulumi up --cwd platform --stack dev

Session Manager ends a session without traffic, after 20 minutes by default. Ctrl-C closes the tunnel.
`);
    expect(result).to.deep.include({ code: 0, out: `${shown}The tunnel is closed.\n`, err: "", listeners: [] });
    const region = "--region ap-southeast-3";
    const session = { host: [HOST], portNumber: ["443"], localPortNumber: [port] };
    expect(machine.calls).to.deep.equal([
      "pulumi stack output --json --stack dev --non-interactive",
      `aws sts get-caller-identity --query Account ${region} --output json`,
      "aws ec2 describe-instances --filters Name=tag:eks:cluster-name,Values=piksel-dev " +
        `Name=instance-state-name,Values=running --query Reservations[].Instances[].InstanceId ${region} --output json`,
      "aws ssm describe-instance-information --filters Key=InstanceIds,Values=i-0aaaaaaa,i-0bbbbbbb " +
        `Key=PingStatus,Values=Online --query InstanceInformationList[].InstanceId ${region} --output json`,
      `aws ssm start-session ${region} --target i-0bbbbbbb --document-name AWS-StartPortForwardingSessionToRemoteHost ` +
        `--parameters ${JSON.stringify(session)}`,
    ]);
  });

  it("writes a kubeconfig that only its owner may read, and deletes its folder at the end", async () => {
    machine = new Machine();
    let file = "";
    await whileOpen(
      (_out, kubeconfig) => {
        file = kubeconfig;
        expect(statSync(file).mode & 0o777).to.equal(0o600);
        expect(statSync(dirname(file)).mode & 0o777).to.equal(0o700);
        expect(readFileSync(file, "utf8")).to.include("AWS_PROFILE").and.include(`tls-server-name: ${HOST}`);
      },
      ["dev"],
      { AWS_PROFILE: "dev" },
    );
    expect(existsSync(dirname(file))).to.equal(false);
  });

  it("terminates the session in AWS if the plugin does not", async () => {
    machine = new Machine({ plugin: "deaf" });
    const { code, err } = await whileOpen(() => undefined);
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    expect(machine.calls.at(-1)).to.equal("aws ssm terminate-session --session-id admin-0123 --region ap-southeast-3");
  });

  it("says that a session may be open that it cannot terminate", async () => {
    const denied = "An error occurred (AccessDeniedException) when calling the TerminateSession operation: no.";
    machine = new Machine({ plugin: "deaf", answers: { "aws ssm terminate-session": { code: 254, err: denied } } });
    const { code, err } = await whileOpen(() => undefined);
    expect({ code, err }).to.deep.equal({
      code: 0,
      err:
        "The session admin-0123 may be open until Session Manager ends it. The credentials have no permission for " +
        `ssm:TerminateSession: allow it (docs/cluster.md). ${denied}\n`,
    });
  });

  it("uses the named port and the named instance", async () => {
    machine = new Machine({ answers: { "aws ssm describe-instance-information": { out: '["i-0cccccccc"]' } } });
    let shown = "";
    await whileOpen((out) => (shown = out), ["dev", "--port", "18443", "--node", "i-0cccccccc"]);
    expect(shown).to.include("is open: port 18443, through i-0cccccccc.");
    expect(machine.calls.filter((call) => call.includes("describe-instances"))).to.deep.equal([]);
  });

  it("asks EKS for a cluster that --cluster names, and needs no Pulumi CLI", async () => {
    const cluster = {
      ...{ name: "piksel-dev", status: "ACTIVE", endpoint: `https://${HOST}` },
      certificateAuthority: { data: Buffer.from(selfSigned(HOST).cert).toString("base64") },
    };
    machine = new Machine({
      programs: ["aws", "session-manager-plugin"],
      answers: { "aws eks describe-cluster": { out: JSON.stringify({ cluster }) } },
    });
    const arn = "arn:aws:eks:ap-southeast-3:222222222222:cluster/piksel-dev";
    const { err } = await machine.tunnel(["--cluster", arn]);
    // The certificate of this test's cluster is another one, so the call to EKS counts, not the tunnel.
    expect(err).to.include(`${HOST} does not identify itself as the API of piksel-dev`);
    expect(machine.calls[0]).to.equal(
      "aws eks describe-cluster --name piksel-dev --region ap-southeast-3 --output json",
    );
  });

  it("ends with exit code 1 when Session Manager ends the session", async () => {
    machine = new Machine({ plugin: "idle" });
    const { code, err } = await machine.tunnel(["dev"]);
    expect(code).to.equal(1);
    expect(err).to.equal(
      `The tunnel ended by itself: SessionId: admin-0123 : Your session timed out due to inactivity.\n${LOST}`,
    );
  });

  it("runs a command with KUBECONFIG set, returns its exit code and closes the tunnel", async () => {
    machine = new Machine();
    const seen = join(machine.folder, "seen");
    const script = `require("fs").writeFileSync(${JSON.stringify(seen)}, process.env.KUBECONFIG); process.exit(7)`;
    const { code, out, err } = await machine.tunnel(["dev", "--", process.execPath, "-e", script]);
    expect({ code, out, err }).to.deep.equal({ code: 7, out: "", err: "" });
    const file = readFileSync(seen, "utf8");
    expect(file).to.match(/\/tunnel-\w+\/kubeconfig$/);
    expect(existsSync(dirname(file))).to.equal(false);
  });

  it("returns 128 plus the number of the signal that ends the command", async () => {
    machine = new Machine();
    const { code } = await machine.tunnel([
      "dev",
      "--",
      process.execPath,
      "-e",
      "process.kill(process.pid, 'SIGTERM')",
    ]);
    expect(code).to.equal(143);
  });
}).timeout(20_000);
