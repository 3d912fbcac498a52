import { Faults } from "../components/settings/faults";
import { decodeNetworks, HUB } from "../components/settings/networks";
import { readProject, type Project } from "../plan/project";

/** A network as deployments see it. */
export interface Registered {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
}

/**
 * The stacks of the register, in its own order: `networks` in `Pulumi.yaml`, and each stack's region.
 *
 * @param folder the project's
 * @throws ConfigurationError that lists what is wrong with the register; Error for a network without a region
 */
export function readRegister(folder: string): readonly Registered[] {
  const project = readProject(folder);
  const entries = project.declared["networks"]?.default as Readonly<Record<string, unknown>> | undefined;
  const faults = new Faults();
  const [{ networks }] = faults.refuseOr(HUB, [
    { networks: decodeNetworks(entries ?? {}, addressSpace(project), faults) },
  ] as const);
  return Object.keys(entries ?? {}).flatMap((stack) => {
    const network = networks.find(({ name }) => name === stack);
    return network === undefined ? [] : [{ stack, account: network.account, region: regionOf(project, stack) }];
  });
}

function addressSpace({ declared }: Project): string | undefined {
  const value = declared["address-space"]?.default;
  return typeof value === "string" ? value : undefined;
}

function regionOf({ stacks }: Project, stack: string): string {
  const region = stacks[stack]?.["aws:region"];
  if (typeof region !== "string") throw new Error(`Pulumi.${stack}.yaml must set aws:region`);
  return region;
}
