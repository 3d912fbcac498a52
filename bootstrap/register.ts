import { iamRoleArnRule } from "../components/settings/arns";
import { Faults } from "../components/settings/faults";
import { Fields } from "../components/settings/fields";
import { decodeNetworks, HUB } from "../components/settings/networks";
import { readProject, stackConfig, type Project } from "../plan/project";

/** A network, as deployments need it. */
export interface Registered {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  /** ARNs of the IAM roles that administer its cluster: `cluster-admins`. */
  readonly clusterAdmins: readonly string[];
}

/**
 * The stacks of the account map, in its order: `networks` in `Pulumi.yaml`, and what each stack's file says.
 *
 * @param folder the project's
 * @throws ConfigurationError that lists what is wrong with the register, or with a stack's `cluster-admins`; Error for a
 *   network without a region
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
    if (network === undefined) return [];
    const { account } = network;
    return [{ stack, account, region: regionOf(project, stack), clusterAdmins: adminsOf(project, stack) }];
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

function adminsOf(project: Project, stack: string): readonly string[] {
  const key = "cluster-admins";
  const value = stackConfig(project, project.stacks[stack] ?? {})[`${project.name}:${key}`] ?? [];
  const faults = new Faults();
  const clusterAdmins = new Fields({ [key]: JSON.stringify(value) }, faults).list(key, iamRoleArnRule);
  return faults.refuseOr(stack, [{ clusterAdmins }] as const)[0].clusterAdmins;
}
