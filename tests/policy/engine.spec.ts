import type { Policies } from "@pulumi/policy";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { policies } from "../../policy/stack-policies";
import { plan } from "../../tools/planner/plan";
import { withInputs } from "../support/modifications";
import { project, stack } from "../support/plans";
import { engineResources, previewedStack, type EngineResource } from "./preview";

type Rpc = (
  call: { readonly request: object },
  respond: (error: Error | null, response?: proto.AnalyzeResponse) => void,
) => Promise<void>;
type MakeRpc = (pack: string, version: string, level: string, policies: Policies) => Rpc;

/** The functions with which `new PolicyPack` answers the engine, without its server. */
const server = require("@pulumi/policy/server") as { makeAnalyzeRpcFun: MakeRpc; makeAnalyzeStackRpcFun: MakeRpc };

async function ask(rpc: Rpc, request: object): Promise<proto.AnalyzeDiagnostic[]> {
  return new Promise((resolve, reject) => {
    void rpc({ request }, (error, response) => {
      if (error !== null && error !== undefined) reject(error);
      else resolve(response?.getDiagnosticsList() ?? []);
    });
  });
}

const struct = (properties: Readonly<Record<string, unknown>>): Struct =>
  Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);

function options({ options: { protect, ignoreChanges } }: EngineResource): proto.AnalyzerResourceOptions {
  const result = new proto.AnalyzerResourceOptions();
  result.setProtect(protect);
  result.setIgnorechangesList([...ignoreChanges]);
  return result;
}

function resourceRequest(resource: EngineResource): proto.AnalyzeRequest {
  const request = new proto.AnalyzeRequest();
  request.setUrn(resource.urn);
  request.setType(resource.type);
  request.setName(resource.name);
  request.setProperties(struct(resource.inputs));
  request.setOptions(options(resource));
  request.setProvider(provider(resource));
  return request;
}

function provider({ providerName, providerInputs }: EngineResource): proto.AnalyzerProviderResource {
  const result = new proto.AnalyzerProviderResource();
  result.setType("pulumi:providers:aws");
  result.setName(providerName);
  result.setProperties(struct(providerInputs));
  return result;
}

function stackRequest(resources: readonly EngineResource[]): proto.AnalyzeStackRequest {
  const request = new proto.AnalyzeStackRequest();
  request.setResourcesList(
    resources.map((resource) => {
      const one = new proto.AnalyzerResource();
      one.setUrn(resource.urn);
      one.setType(resource.type);
      one.setName(resource.name);
      one.setProperties(struct(resource.outputs));
      one.setOptions(options(resource));
      one.setProvider(provider(resource));
      for (const [property, urns] of Object.entries(resource.dependencies)) {
        const dependencies = new proto.AnalyzerPropertyDependencies();
        dependencies.setUrnsList([...urns]);
        one.getPropertydependenciesMap().set(property, dependencies);
      }
      return one;
    }),
  );
  return request;
}

describe("a first preview, as the engine requests it from the policy pack,", () => {
  it("fails a mandatory policy although many values are unknown", async function () {
    this.timeout(60_000);
    const hub = stack(await plan(project, { preview: true }), "hub");
    const run = async (resources: readonly EngineResource[]): Promise<proto.AnalyzeDiagnostic[]> => {
      const pack = policies(() => previewedStack(hub));
      const one = server.makeAnalyzeRpcFun("piksel-network", "0.1.0", "mandatory", pack);
      const all = server.makeAnalyzeStackRpcFun("piksel-network", "0.1.0", "mandatory", pack);
      const first = await Promise.all(resources.map((resource) => ask(one, resourceRequest(resource))));
      return [...first.flat(), ...(await ask(all, stackRequest(resources)))];
    };
    expect((await run(engineResources(hub, "first preview"))).map((each) => each.getMessage())).to.deep.equal([]);

    const open = withInputs("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-endpoint-https", {
      cidrIpv4: "0.0.0.0/0",
    });
    const found = await run(engineResources(hub, "first preview", open));
    const violations = found.map((each) => [each.getPolicyname(), each.getEnforcementlevel(), each.getMessage()]);
    expect(violations).to.deep.equal([
      [
        "not-reachable-from-the-internet",
        proto.EnforcementLevel.MANDATORY,
        "The internet reaches no private subnet, and a cluster's API only from listed CIDRs.\n" +
          "security group hub-endpoint: hub-endpoint-https allows 0.0.0.0/0",
      ],
      [
        "hub-admits-the-address-space",
        proto.EnforcementLevel.MANDATORY,
        "The hub's Resolver and endpoints allow only DNS and HTTPS, from networks and sites.\n" +
          "rule hub-endpoint-https: allows tcp 443 from 0.0.0.0/0, expected 10.0.0.0/8",
      ],
    ]);
  });
});
