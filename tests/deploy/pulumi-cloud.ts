import type { Cloud } from "../../plan/cloud/cloud";
import { symbolicId } from "../../plan/engine/resource";
import { run, type Registered } from "../../plan/engine/run";
import program from "../../deploy";

/** Pulumi Cloud, as far as the settings of deployments meet it: it gives ids and answers no questions. */
const pulumiCloud: Cloud = {
  create: (request) => ({ id: symbolicId(request), outputs: {}, children: [], dependencies: {} }),
  read: (type, id) => {
    throw new Error(`unexpected read of ${type} ${id}`);
  },
  call: (token) => {
    throw new Error(`unexpected lookup ${token}`);
  },
};

/** What the program of `deploy/` asks for; keys without a namespace are its own. */
export function deployed(config: Readonly<Record<string, string>> = {}, preview = false): Promise<Registered> {
  const all = {
    repository: "acme/network",
    branch: "main",
    gated: '["prod"]',
    unpreviewed: "[]",
    "drift-hour": "20",
    ...config,
  };
  return run(program, pulumiCloud, {
    project: "piksel-network-deploy",
    stack: "all",
    organization: "acme",
    config: Object.fromEntries(Object.entries(all).map(([key, value]) => [`piksel-network-deploy:${key}`, value])),
    preview,
  });
}
