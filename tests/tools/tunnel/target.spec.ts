import { expect } from "chai";
import { parse } from "yaml";
import { kubeconfig } from "../../../tools/tunnel/kubeconfig";
import { parseClusterArn, targetOfDescription, targetOfOutputs } from "../../../tools/tunnel/target";
import { CERTIFICATE_AUTHORITY, HOST, OUTPUTS } from "./support";

const ARN = "arn:aws:eks:ap-southeast-3:222222222222:cluster/piksel-dev";
const TARGET = {
  cluster: "piksel-dev",
  region: "ap-southeast-3",
  host: HOST,
  certificateAuthority: CERTIFICATE_AUTHORITY,
  account: "222222222222",
  isAutoMode: false,
};

describe("The target of a tunnel", () => {
  it("is the cluster in the output platform", () => {
    expect(targetOfOutputs("dev", JSON.stringify(OUTPUTS))).to.deep.equal(TARGET);
  });

  it("is the cluster that EKS describes, in the Region and account of its ARN", () => {
    const arn = parseClusterArn(ARN);
    const cluster = {
      name: "piksel-dev",
      status: "ACTIVE",
      endpoint: `https://${HOST}`,
      certificateAuthority: { data: CERTIFICATE_AUTHORITY },
      computeConfig: { enabled: true },
    };
    expect(targetOfDescription(arn, { cluster })).to.deep.equal({ ...TARGET, isAutoMode: true });
  });

  const faults: readonly (readonly [changes: object, message: string])[] = [
    [
      { clusterEndpoint: "" },
      "The output platform of the stack dev has no endpoint of the cluster: update the stack with this release.",
    ],
    [
      { account: undefined },
      "The output platform of the stack dev has no account: update the stack with this release.",
    ],
    [
      { clusterEndpoint: "http://x" },
      'The output platform of the stack dev has the endpoint "http://x": must be https://HOST.',
    ],
    [
      { clusterCertificateAuthority: "eA==" },
      "The output platform of the stack dev has a certificate authority that is not a certificate in base64.",
    ],
  ];
  for (const [changes, message] of faults) {
    it(`is refused with ${JSON.stringify(changes)}`, () => {
      const outputs = { ...OUTPUTS, platform: { ...OUTPUTS.platform, ...changes } };
      expect(() => targetOfOutputs("dev", JSON.stringify(outputs))).to.throw(message);
    });
  }
});

describe("The kubeconfig of a tunnel", () => {
  const user = (profile?: string): unknown =>
    (parse(kubeconfig(TARGET, 18443, profile)) as { users: { user: unknown }[] }).users[0]?.user;
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: [
      ...["--region", "ap-southeast-3", "eks", "get-token"],
      ...["--cluster-name", "piksel-dev", "--output", "json"],
    ],
  };

  it("leads to the tunnel, and identifies the API by the host of its endpoint", () => {
    expect(parse(kubeconfig(TARGET, 18443))).to.deep.equal({
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: ARN,
          cluster: {
            server: "https://127.0.0.1:18443",
            "tls-server-name": HOST,
            "certificate-authority-data": CERTIFICATE_AUTHORITY,
          },
        },
      ],
      users: [{ name: ARN, user: { exec: { ...exec, env: [] } } }],
      contexts: [{ name: ARN, context: { cluster: ARN, user: ARN } }],
      "current-context": ARN,
    });
  });

  it("contains no credential: each client gets its own token, with the profile of the tunnel", () => {
    expect(user("dev")).to.deep.equal({ exec: { ...exec, env: [{ name: "AWS_PROFILE", value: "dev" }] } });
  });
});
