import { stringify } from "yaml";
import type { Target } from "./target";

/** Version of the credential plugin API that every supported version of the AWS CLI and of kubectl knows. */
const EXEC_API = "client.authentication.k8s.io/v1beta1";

/**
 * A kubeconfig whose only context is a cluster at the end of a tunnel.
 *
 * It contains no credential: `aws eks get-token` gets a token for each client that uses it, which is valid for 15 minutes
 * (AWS CLI Command Reference, "get-token").
 *
 * @param port of the tunnel on this machine
 * @param profile AWS profile; undefined: the credentials of the client's environment
 */
export function kubeconfig(target: Target, port: number, profile?: string): string {
  const { cluster, region, account, host, certificateAuthority } = target;
  // The name that "aws eks update-kubeconfig" gives it, and by which platform/ finds it.
  const name = `arn:aws:eks:${region}:${account}:cluster/${cluster}`;
  const args = ["--region", region, "eks", "get-token", "--cluster-name", cluster, "--output", "json"];
  const env = profile === undefined ? [] : [{ name: "AWS_PROFILE", value: profile }];
  return stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name,
          cluster: {
            server: `https://127.0.0.1:${String(port)}`,
            // The certificate of the API is for the host of its endpoint, not for the tunnel.
            "tls-server-name": host,
            "certificate-authority-data": certificateAuthority,
          },
        },
      ],
      users: [{ name, user: { exec: { apiVersion: EXEC_API, command: "aws", args, env } } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      "current-context": name,
    },
    { lineWidth: 0 },
  );
}
