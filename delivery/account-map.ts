import { defaultTags, type Naming, type Tags } from "../components/names";
import { addressSpaceRule, kubernetesServiceCidrRule } from "../components/settings/cidrs";
import { rawConfig } from "../components/settings/decode";
import { ConfigurationError, Faults } from "../components/settings/faults";
import { Fields } from "../components/settings/fields";
import { decodeTagging } from "../components/settings/naming";
import { decodeNetworks, HUB } from "../components/settings/networks";
import { iamRoleArnRule } from "../components/settings/rules";
import { UserError } from "../tools/io/errors";
import { type Project, readProject, type StackConfig, stackConfig } from "../tools/planner/project/project";

/** A network of the account map, with the configuration that deployments need. */
export interface NetworkToDeploy {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  /** ARNs of the IAM roles that administer its cluster: `cluster-admins`. */
  readonly clusterAdmins: readonly string[];
}

/** The names and networks of the project. */
export interface AccountMap {
  readonly naming: Naming;
  /** Keys of the tags that every resource has. */
  readonly tagKeys: readonly string[];
  /** Tags of every resource of a stack. */
  readonly tagsOf: (stack: string) => Tags;
  /** In the order of `networks` in `Pulumi.yaml`. */
  readonly networks: readonly NetworkToDeploy[];
}

/**
 * Reads the names and the stacks of the project: `networks` and the other defaults in `Pulumi.yaml`, and each stack's
 * file.
 *
 * @param folder folder of the project
 * @throws ConfigurationError that lists the faults of the account map, the names and the tags, or of a stack's
 *   `cluster-admins`; SetupError for a network without a Region
 */
export function readAccountMap(folder: string): AccountMap {
  const project = readProject(folder);
  const entries = (project.declared["networks"]?.default ?? {}) as Readonly<Record<string, unknown>>;
  const faults = new Faults();
  const fields = fieldsOf(project, HUB, faults);
  const [{ networks, tagging }] = faults.refuseOr(HUB, [
    {
      networks: decodeNetworks(
        entries,
        {
          addressSpace: fields.string("address-space", addressSpaceRule),
          kubernetesServiceCidr: fields.string("kubernetes-service-cidr", kubernetesServiceCidrRule),
        },
        faults,
      ),
      tagging: decodeTagging(fields, Object.keys(entries), faults),
    },
  ] as const);
  const tagsOf = (stack: string): Tags => defaultTags({ network: stack, ...tagging });
  return {
    naming: { project: project.name, prefix: tagging.prefix },
    tagKeys: Object.keys(tagsOf(HUB)),
    tagsOf,
    networks: Object.keys(entries).flatMap((stack) => {
      const network = networks.find(({ name }) => name === stack);
      if (network === undefined) return [];
      const { account } = network;
      return [{ stack, account, region: regionOf(project, stack), clusterAdmins: adminsOf(project, stack) }];
    }),
  };
}

function regionOf({ stacks }: Project, stack: string): string {
  const region = stacks[stack]?.["aws:region"];
  if (typeof region !== "string") throw new SetupError(`Pulumi.${stack}.yaml must set aws:region`);
  return region;
}

function adminsOf(project: Project, stack: string): readonly string[] {
  const faults = new Faults();
  const clusterAdmins = fieldsOf(project, stack, faults).list("cluster-admins", iamRoleArnRule);
  return faults.refuseOr(stack, [{ clusterAdmins }] as const)[0].clusterAdmins;
}

/** The configuration of a stack, decoded as in the program. */
function fieldsOf(project: Project, stack: string, faults: Faults): Fields {
  const config = stackConfig(project, project.stacks[stack] ?? {});
  const { values } = rawConfig(stack, project.name, asText(config));
  return new Fields(values, faults);
}

/** Values as the CLI passes them. An encrypted value is an object, which no rule of a string or a list accepts. */
function asText(config: StackConfig): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** Configuration or an account map that the two programs cannot use. The message is for the operator. */
export class SetupError extends UserError {}

/**
 * The message with which a program ends after a mistake of its user.
 *
 * @throws the error itself when it is a bug, so that it keeps its stack trace
 */
export function sentenceOf(error: unknown): string {
  if (error instanceof UserError || error instanceof ConfigurationError) return error.message;
  throw error;
}
