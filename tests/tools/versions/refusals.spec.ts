import { expect } from "chai";
import type { OfferClients } from "../../../tools/versions/offers";
import content from "../../fixtures/cluster-versions.json";
import type { Result } from "../cli/start";
import { PinnedCopy, asPinned, failingAws, fakeAws } from "./support";

describe("npm run versions, if it cannot compare,", () => {
  let copy: PinnedCopy;
  beforeEach(() => {
    copy = new PinnedCopy();
  });
  afterEach(() => {
    copy.remove();
  });
  const run = (clients: OfferClients, ...argv: readonly string[]): Promise<Result> => copy.versions(clients, ...argv);

  for (const [what, error, err] of [
    [
      "without credentials",
      { name: "CredentialsProviderError", message: "Could not load credentials from any providers" },
      "No usable AWS credentials for eks:DescribeAddonVersions: Could not load credentials from any providers. " +
        "Set AWS_PROFILE, or sign in again.\n",
    ],
    [
      "with credentials that have expired",
      { name: "ExpiredTokenException", message: "The security token is expired", $metadata: {} },
      "AWS rejected the credentials for eks:DescribeAddonVersions (ExpiredTokenException): sign in again.\n",
    ],
    [
      "without the permission",
      {
        name: "AccessDeniedException",
        message: "User: x is not authorized to perform: eks:DescribeAddonVersions",
        $metadata: {},
      },
      "The credentials have no permission for eks:DescribeAddonVersions: User: x is not authorized to perform: eks:DescribeAddonVersions.\n",
    ],
    [
      "without a network, or in a region that does not exist",
      { name: "Error", code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND eks.nowhere-1.amazonaws.com" },
      "AWS cannot be reached for eks:DescribeAddonVersions: getaddrinfo ENOTFOUND eks.nowhere-1.amazonaws.com. " +
        "Check the network and the Region.\n",
    ],
    [
      "if AWS fails otherwise",
      { name: "ServerException", message: "Internal error!", $metadata: {} },
      "AWS failed to answer eks:DescribeAddonVersions: ServerException: Internal error!\n",
    ],
  ] as const) {
    it(`exits with 2 and one sentence ${what}`, async () => {
      expect(await run(failingAws(error))).to.deep.equal({ code: 2, out: "", err });
    });
  }

  it("does not hide an error of its own", async () => {
    let thrown: unknown;
    await run(failingAws({ name: "TypeError", message: "x is not a function" })).catch(
      (error: unknown) => (thrown = error),
    );
    expect((thrown as Error).message).to.equal("x is not a function");
  });

  it("exits with 2 and one sentence if the configuration is incomplete", async () => {
    copy.configure("dev", "aws:region: eu-west-1");
    const { clients } = fakeAws({ "1.35": asPinned });
    expect(await run(clients)).to.deep.equal({
      code: 2,
      out: "",
      err: "The stacks are in several Regions (eu-west-1, ap-southeast-3): name one with --region.\n",
    });
    expect((await run(clients, "--region", "eu-west-1")).code).to.equal(0);
    for (const stack of ["hub", "dev", "staging", "prod"]) copy.configure(stack, "piksel-network:cluster: false");
    expect((await run(clients)).err).to.equal(
      "No stack has a cluster: name a version with --kubernetes-version, such as 1.35.\n",
    );
    expect((await run(clients, "--kubernetes-version", "1.35")).err).to.equal(
      "No Pulumi.STACK.yaml has aws:region: name the Region with --region, such as ap-southeast-3.\n",
    );
  });

  it("exits with 2 and one sentence if the file of the pins is invalid", async () => {
    const { clients } = fakeAws({ "1.35": asPinned });
    copy.text = "{";
    expect((await run(clients)).err).to.match(/^components\/facts\/cluster-versions\.json is not JSON: .*\n$/);
    copy.text = JSON.stringify({ ...content, karpenter: { ...content.karpenter, version: "latest" } });
    expect((await run(clients)).err).to.equal(
      'cluster-versions.json cannot be used:\n  - karpenter.version is "latest": must be of the form 1.14.1\n',
    );
  });

  it("rejects wrong usage with a sentence, and prints its usage", async () => {
    const { clients, calls } = fakeAws({});
    expect(await run(clients, "--kubernetes-version", "v1.35")).to.deep.equal({
      code: 2,
      out: "",
      err: '--kubernetes-version is "v1.35": must be MAJOR.MINOR, such as 1.35.\nRun npm run versions -- --help for usage.\n',
    });
    expect((await run(clients, "--bogus")).code).to.equal(2);
    expect((await run(clients, "--help")).out).to.match(/^npm run versions -- /);
    expect(calls).to.deep.equal([]);
  });
});
