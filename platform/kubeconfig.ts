import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { isObject } from "../components/settings/fields";

/** The cluster of a kubeconfig's context, as the Kubernetes plugin reaches it. */
export interface ContextCluster {
  /** URL of the API, or of the tunnel to it. */
  readonly server: string;
  /** PEM in base64; undefined where the kubeconfig has none. */
  readonly certificateAuthority: string | undefined;
}

/** A kubeconfig that cannot be used. The message is the beginning of a sentence: what is wrong with it. */
export class KubeconfigError extends Error {}

interface Environment {
  /** Value of `KUBECONFIG`: a list of files; undefined or empty for `~/.kube/config`. */
  readonly kubeconfig: string | undefined;
  readonly home: string;
}

/**
 * Reads the kubeconfig of this environment, as the plugin does: the files of `KUBECONFIG` are merged, and the first one
 * that has a name wins (Kubernetes documentation, "Organizing Cluster Access Using kubeconfig Files").
 *
 * @param context name of the context
 * @throws KubeconfigError
 */
export function clusterOfContext(
  context: string,
  { kubeconfig, home }: Environment = { kubeconfig: process.env["KUBECONFIG"], home: homedir() },
): ContextCluster {
  const listed = (kubeconfig ?? "").split(delimiter).filter((file) => file !== "");
  const files = listed.length > 0 ? listed : [join(home, ".kube", "config")];
  const documents = files.filter((file) => existsSync(file)).map(readDocument);
  if (documents.length === 0) throw new KubeconfigError(`there is no kubeconfig ${files.join(" or ")}`);

  const where = `the kubeconfig ${files.join(" and ")}`;
  const found = find(documents, "contexts", context);
  if (found === undefined) throw new KubeconfigError(`${where} has no context ${context}`);
  const clusterName = found["cluster"];
  const cluster = typeof clusterName === "string" ? find(documents, "clusters", clusterName) : undefined;
  if (cluster === undefined) throw new KubeconfigError(`${where} has no cluster of its context ${context}`);
  const authority = cluster["certificate-authority-data"];
  return {
    server: String(cluster["server"]),
    certificateAuthority: typeof authority === "string" ? authority : undefined,
  };
}

type Document = Readonly<Record<string, unknown>>;

function readDocument(file: string): Document {
  let document: unknown;
  try {
    document = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new KubeconfigError(`the kubeconfig ${file} cannot be read: ${error instanceof Error ? error.message : ""}`);
  }
  if (!isObject(document)) throw new KubeconfigError(`the kubeconfig ${file} has no content`);
  return document;
}

/** The context or cluster of a name: `contexts` and `clusters` are lists of `{name, context}` and `{name, cluster}`. */
function find(documents: readonly Document[], list: "contexts" | "clusters", name: string): Document | undefined {
  const entries = documents.flatMap((document) => {
    const value = document[list];
    return Array.isArray(value) ? (value as unknown[]).filter(isObject) : [];
  });
  const value = entries.find((entry) => entry["name"] === name)?.[list.slice(0, -1)];
  return isObject(value) ? value : undefined;
}
