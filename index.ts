import { Hub } from "./components/hub";
import { Spoke } from "./components/spoke";
import { guardedProvider, hubOf, readSettings } from "./components/stack";

/** The program of every stack: the stack's name says whether it is the hub or a spoke. */
export = async (): Promise<Record<string, unknown>> => {
  const settings = readSettings();
  if (settings.role === "hub") {
    const hub = new Hub(settings, { providers: [guardedProvider(settings)] });
    return { contract: hub.contract, vpcId: hub.vpcId };
  }
  const contract = await hubOf(settings);
  const spoke = new Spoke(settings, contract, { providers: [guardedProvider(settings)] });
  return { vpcId: spoke.vpcId };
};
