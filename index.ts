import { Hub } from "./components/hub";
import { Spoke } from "./components/spoke";
import { clusterOutputs, hubOf, hubProvider, readSettings, stackProvider } from "./components/stack";

/** The program of every stack: the stack's name says whether it is the hub or a spoke. */
export = async (): Promise<Record<string, unknown>> => {
  const settings = readSettings();
  if (settings.role === "hub") {
    const { contract, vpcId, imagePublisherRoleArn } = new Hub(settings, { providers: [stackProvider(settings)] });
    return { contract, vpcId, ...(imagePublisherRoleArn === undefined ? {} : { imagePublisherRoleArn }) };
  }
  const hub = await hubOf(settings);
  const { vpcId, kubernetes } = new Spoke(
    { settings, hub, hubProvider: hubProvider(settings, hub) },
    { providers: [stackProvider(settings)] },
  );
  return { vpcId, registry: hub.registry, ...(kubernetes === undefined ? {} : clusterOutputs(kubernetes, settings)) };
};
