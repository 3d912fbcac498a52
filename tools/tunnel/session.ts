import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:tls";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../io/errors";
import { awsFailure, lastLine } from "./failures";
import type { Target } from "./target";

/** Port of the Kubernetes API. */
const API_PORT = 443;

/** Milliseconds in which the plugin ends by itself after a signal. */
const GRACE = 3000;

/** Milliseconds between two attempts to connect, and the longest that one takes. */
const BETWEEN_ATTEMPTS = 100;
const ATTEMPT = 10_000;

export interface SessionArgs {
  readonly target: Target;
  /** Instance that forwards. */
  readonly node: string;
  /** Port on this machine. */
  readonly port: number;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * A port forwarding session of AWS Systems Manager, which is the AWS CLI and the Session Manager plugin that it starts.
 *
 * Both are in a process group of their own: a signal to the AWS CLI alone would leave the plugin running, and Ctrl-C in a
 * terminal would reach them before this program has closed what uses the tunnel.
 */
export class Session {
  /** When neither of the two processes runs any more. */
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private isOver = false;
  private out = "";
  private err = "";

  constructor(private readonly args: SessionArgs) {
    const { target, node, port, folder, env } = args;
    const parameters = { host: [target.host], portNumber: [String(API_PORT)], localPortNumber: [String(port)] };
    const words = [
      ...["ssm", "start-session", "--region", target.region, "--target", node],
      ...["--document-name", "AWS-StartPortForwardingSessionToRemoteHost", "--parameters", JSON.stringify(parameters)],
    ];
    this.child = spawn("aws", words, { cwd: folder, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.out += text));
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.err += text));
    process.on("exit", this.kill);
    // A plugin that outlives the AWS CLI has no use.
    this.child.on("exit", () => {
      this.signal("SIGINT");
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.on("error", reject);
      // Not "exit": the plugin writes to the same pipes, so they close when both have ended.
      this.child.on("close", () => {
        this.isOver = true;
        process.off("exit", this.kill);
        resolve();
      });
    });
  }

  /** Id of the session, when the plugin has printed it. */
  get id(): string | undefined {
    return /SessionId: (\S+)/.exec(this.out)?.[1];
  }

  /** Whether the plugin has terminated the session, or AWS has. */
  get isTerminated(): boolean {
    return /Exiting session with|SessionId: \S+ : /.test(this.out);
  }

  /** Why it ended: a sentence with the last line that the plugin or the AWS CLI printed. */
  get reason(): string {
    return this.err.trim() === "" ? lastLine(this.out) : awsFailure("ssm:StartSession", this.err);
  }

  /**
   * Waits until the Kubernetes API answers at the other end, and identifies itself by its certificate.
   *
   * @param patience milliseconds
   * @throws UserError if the session ends before, or if something else or nothing answers
   */
  async connect(patience: number, signal: AbortSignal): Promise<void> {
    const { target, node, port } = this.args;
    const deadline = Date.now() + patience;
    const isFinal = (): boolean => this.isOver || this.isRefused || Date.now() > deadline;
    while (!isFinal()) {
      signal.throwIfAborted();
      const answer = await Promise.race([identify(target, port), this.ended]);
      if (answer === "identified") return;
      if (answer !== undefined && !NO_ANSWER.includes(answer)) {
        throw new UserError(
          `${target.host} does not identify itself as the API of ${target.cluster} (${answer}): update the stack.`,
        );
      }
      await pause(BETWEEN_ATTEMPTS, undefined, { signal });
    }
    if (this.isOver) throw new UserError(`The session with ${node} was not opened. ${this.reason}`);
    throw new UserError(
      `${node} does not reach the API of ${target.cluster}: name a node of the cluster with --node, or an instance in ` +
        "cluster-private-access-cidrs.",
    );
  }

  /** Ends the processes, and returns when they have ended. */
  async close(): Promise<void> {
    if (this.isOver) return;
    // The plugin terminates the session on SIGINT, not on SIGTERM (session-manager-plugin, `ControlSignals`).
    this.signal("SIGINT");
    const given = new AbortController();
    await Promise.race([this.ended, pause(GRACE, undefined, { signal: given.signal }).catch(() => undefined)]);
    given.abort();
    if (!this.isOver) this.kill();
    await this.ended;
  }

  /** Whether the SSM Agent could not connect to the API. */
  private get isRefused(): boolean {
    return this.out.includes("Connection to destination port failed");
  }

  private readonly kill = (): void => {
    this.signal("SIGKILL");
  };

  /** Sends a signal to both processes. */
  private signal(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined || this.isOver) return;
    try {
      process.kill(-pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

/** Codes of errors that say that nothing answers yet: the plugin does not listen, or the agent closed the connection. */
const NO_ANSWER = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"];

/** Does a TLS handshake with the API: `identified`, or the code of the error. */
function identify({ host, certificateAuthority }: Target, port: number): Promise<string> {
  return new Promise((resolve) => {
    const ca = Buffer.from(certificateAuthority, "base64");
    const socket = connect({ host: "127.0.0.1", port, servername: host, ca, timeout: ATTEMPT });
    const end = (answer: string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("secureConnect", () => {
      end("identified");
    });
    socket.on("timeout", () => {
      end("ETIMEDOUT");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      end(error.code ?? error.message);
    });
  });
}
