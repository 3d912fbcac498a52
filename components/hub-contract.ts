import type * as pulumi from "@pulumi/pulumi";
import {
  checkForm,
  ContractError,
  type ContractForm,
  isList,
  isMap,
  isMapWith,
  isOptional,
  isString,
  readOutput,
  type Shape,
  type Written,
} from "./contract";

/** Version of the contract that this program writes and reads. It rises when a field is added, removed or changed. */
export const CONTRACT_VERSION = 3;

/** ARNs of the roles in the hub's account that one spoke's account assumes. */
export interface SpokeRoleArns {
  /** Authorizes the spoke's VPC to be associated with the hub's hosted zones. */
  readonly access: string;
  /** Reads those authorizations: for previews. */
  readonly preview: string;
  /** Writes records in the spoke's own hosted zone. */
  readonly records: string;
}

/** The path to the internet that the hub offers to spokes. */
interface HubEgress {
  /** Public IPv4 addresses of the hub's NAT gateways. */
  readonly addresses: readonly string[];
}

/** Everything that a spoke knows of the hub: the stack output `contract`. */
export interface HubContract {
  readonly version: number;
  readonly region: string;
  /** AWS account of the hub. */
  readonly account: string;
  /** IPv4 CIDR of the hub's VPC. */
  readonly cidr: string;
  readonly transitGatewayId: string;
  /** ARN of the S3 bucket for the logs of all networks. */
  readonly logArchiveArn: string;
  /** Ids of the private hosted zones for the domain of all networks and for each spoke, by domain. */
  readonly zones: Readonly<Record<string, string>>;
  /** Hosted zone ids of the shared endpoints, by domain. */
  readonly endpointZones: Readonly<Record<string, string>>;
  /** Shared endpoints that the hub offers: `ecr.api`, ... */
  readonly sharedEndpoints: readonly string[];
  /** Addresses of the Resolver inbound endpoint; empty where the hub has none. */
  readonly resolverAddresses: readonly string[];
  /** Roles of each spoke in the hub's account, by the name of its network. */
  readonly spokeRoles: Readonly<Record<string, SpokeRoleArns>>;
  /** SNS topic that reports changes of the transit gateway. */
  readonly eventsTopicArn: string;
  /** Name of the image registry: `ACCOUNT.dkr.ecr.REGION.amazonaws.com`. */
  readonly registry: string;
  /** Ids of the Resolver rules for the domains of external sites, by domain; absent: there are none. */
  readonly resolverRules?: Readonly<Record<string, string>>;
  /** Present where the hub has NAT gateways for spokes. */
  readonly egress?: HubEgress;
}

/** The contract as the hub exports it. */
export type HubContractOutput = Written<HubContract>;

const ROLES = ["access", "preview", "records"] satisfies readonly (keyof SpokeRoleArns)[];
const isRolesMap: Shape = (value) =>
  typeof value === "object" && value !== null && Object.values(value).every(isMapWith(ROLES));

const isEgress: Shape = (value) =>
  typeof value === "object" && value !== null && isList((value as Partial<HubEgress>).addresses);

const FORM: ContractForm<HubContract> = {
  writer: "hub",
  version: CONTRACT_VERSION,
  shapes: {
    version: Number.isInteger,
    region: isString,
    account: isString,
    cidr: isString,
    transitGatewayId: isString,
    logArchiveArn: isString,
    zones: isMap,
    endpointZones: isMap,
    sharedEndpoints: isList,
    resolverAddresses: isList,
    spokeRoles: isRolesMap,
    eventsTopicArn: isString,
    registry: isString,
    resolverRules: isOptional(isMap),
    egress: isOptional(isEgress),
  },
};

/** What a spoke compares the contract with. */
export interface ExpectedContract {
  /** Stack that exports the contract, for messages. */
  readonly hubStack: string;
  /** Stack that reads it, for messages. */
  readonly stack: string;
  readonly region: string;
  /** The hub in this stack's account map, `networks`. */
  readonly hub: { readonly cidr: string; readonly account: string };
  /** Domains whose hosted zones this stack reads. */
  readonly domains: readonly string[];
}

/**
 * Reads the hub's contract. The values are plain, because they decide which resources exist.
 *
 * @throws ContractError
 */
export async function readHubContract(hub: pulumi.StackReference, expected: ExpectedContract): Promise<HubContract> {
  return checkContract(await readOutput(hub, "contract"), expected);
}

/**
 * Message about a hub stack that the engine cannot read.
 *
 * @param reason in the engine's words; of a stack that does not exist, `unknown stack "ORG/PROJECT/STACK"`
 */
export function unreadableHub(hubStack: string, reason: string): string {
  if (reason.includes("unknown stack")) {
    return (
      `There is no stack ${hubStack}, and every spoke reads the hub: deploy the hub first (pulumi stack init hub, ` +
      "pulumi up --stack hub), or set hub-stack to ORG/PROJECT/STACK of a hub that is deployed."
    );
  }
  return (
    `The stack ${hubStack} cannot be read: ${reason.trim()}. Log in as somebody who may read it, or set hub-stack to ` +
    "ORG/PROJECT/STACK of the hub."
  );
}

/**
 * Checks what a hub exported.
 *
 * @throws ContractError with a sentence that says what to do
 */
export function checkContract(
  exported: unknown,
  { hubStack, stack, region, hub, domains }: ExpectedContract,
): HubContract {
  const update = `run "pulumi up --stack ${hubStack}" with this version of the program, then this stack again`;
  const absence = `The stack ${hubStack} has no output "contract": ${update}.`;
  const found = checkForm(exported, FORM, { reader: stack, absence, update });
  if (found.region !== region) {
    throw new ContractError(
      `aws:region of ${stack} is ${region} and the hub ${hubStack} is in ${found.region}: ` +
        `a network attaches to a hub of its own Region; set aws:region to ${found.region} or hub-stack to a hub in ${region}.`,
    );
  }
  for (const field of ["cidr", "account"] as const) {
    if (found[field] !== hub[field]) {
      throw new ContractError(
        `networks gives the hub the ${field} ${hub[field]} and the hub ${hubStack} was deployed with ${found[field]}: ` +
          `correct networks, or deploy the hub with it first.`,
      );
    }
  }
  const lacking = domains.filter((domain) => !Object.hasOwn(found.zones, domain));
  if (lacking.length > 0) {
    throw new ContractError(
      `The hub ${hubStack} has no hosted zone ${lacking.join(", ")}: domain must be the same in every stack, so correct ` +
        `it if it differs; if it does not, ${update}.`,
    );
  }
  const roles = Object.hasOwn(found.spokeRoles, stack) ? found.spokeRoles[stack] : undefined;
  if (roles === undefined) throw new ContractError(`The hub has no roles for ${stack}: ${update}.`);
  refuseForeignNames(found, roles, hubStack);
  return found;
}

/**
 * ARNs of the roles in the hub's account for a network.
 *
 * @throws Error for a network without roles, whose contract {@link checkContract} refuses
 */
export function spokeRolesOf({ spokeRoles }: HubContract, network: string): SpokeRoleArns {
  const roles = spokeRoles[network];
  if (roles === undefined) throw new Error(`the contract has no roles for ${network}`);
  return roles;
}

/**
 * Refuses names in another account or Region: anyone who can write the hub's state could send a spoke's credentials,
 * images and events there.
 *
 * @throws ContractError that lists the fields
 */
function refuseForeignNames(contract: HubContract, roles: SpokeRoleArns, hubStack: string): void {
  const { account, region, registry, eventsTopicArn } = contract;
  const ours = [
    ...ROLES.map((role) => [`spokeRoles.${role}`, roles[role], `arn:aws:iam::${account}:role/`] as const),
    ["eventsTopicArn", eventsTopicArn, `arn:aws:sns:${region}:${account}:`],
    ["registry", registry, `${account}.dkr.ecr.${region}.`],
  ] as const;
  const foreign = ours.filter(([, value, start]) => !value.startsWith(start));
  if (foreign.length === 0) return;
  const fields = foreign.map(([field, value]) => `${field} ${JSON.stringify(value)}`).join(", ");
  throw new ContractError(
    `The contract of ${hubStack} names resources outside of the hub's account ${account} and Region ${region}: ${fields}. ` +
      "Find out who wrote that output before you deploy anything.",
  );
}
