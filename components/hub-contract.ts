import * as pulumi from "@pulumi/pulumi";

/** Version of the contract that this program writes and reads. It rises when a field joins, leaves or changes. */
export const CONTRACT_VERSION = 2;

/** All that a spoke may know of the hub: one stack output, `contract`. */
export interface HubContract {
  readonly version: number;
  readonly region: string;
  /** AWS account of the hub. */
  readonly account: string;
  /** Block of the hub's VPC. */
  readonly cidr: string;
  readonly transitGatewayId: string;
  /** Bucket that takes the logs of all networks. */
  readonly logArchiveArn: string;
  /** Hosted zone ids of the company's private names, by domain: that of all networks, and that of each spoke. */
  readonly zones: Readonly<Record<string, string>>;
  /** Hosted zone ids of the shared endpoints, by domain. */
  readonly endpointZones: Readonly<Record<string, string>>;
  /** Shared endpoints that the hub offers: `ecr.api`, ... */
  readonly sharedEndpoints: readonly string[];
  /** Addresses of the inbound resolver. */
  readonly resolverAddresses: readonly string[];
  /** Role that authorises a spoke's VPC for the zones. */
  readonly spokeAccessRoleArn: string;
  /** Name of the image registry: `ACCOUNT.dkr.ecr.REGION.amazonaws.com`. */
  readonly registry: string;
}

/** What the hub writes: the same fields, as far as they are known by then. */
export type HubContractOutput = {
  readonly [Field in keyof HubContract]: HubContract[Field] extends Readonly<Record<string, string>>
    ? Readonly<Record<string, pulumi.Input<string>>>
    : pulumi.Input<HubContract[Field]>;
};

const isString = (value: unknown): boolean => typeof value === "string";
const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isString);
const isMap = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.values(value).every(isString);

/** Shape of each field, for the reader to check: what another stack exports has no type. */
const SHAPES = {
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
  spokeAccessRoleArn: isString,
  registry: isString,
} satisfies Record<keyof HubContract, (value: unknown) => boolean>;

/** What the reader holds against the hub's word. */
export interface Expected {
  /** Stack the contract comes from, for messages. */
  readonly hubStack: string;
  /** Stack that reads it, for messages. */
  readonly stack: string;
  readonly region: string;
  /** The hub in this stack's register. */
  readonly hub: { readonly cidr: string; readonly account: string };
  /** Domains whose zones this stack reads. */
  readonly domains: readonly string[];
}

/** Reads the hub's contract, or says which stack to update. Prompt: what it holds decides which resources exist. */
export async function readHubContract(hub: pulumi.StackReference, expected: Expected): Promise<HubContract> {
  const { value, secretValue } = await hub.getOutputDetails("contract");
  return checkContract(value ?? secretValue, expected);
}

/**
 * Checks what a hub exported.
 *
 * @throws Error with a sentence that says what to do.
 */
export function checkContract(exported: unknown, { hubStack, stack, region, hub, domains }: Expected): HubContract {
  const update = `run "pulumi up --stack ${hubStack}" with this version of the program, then this stack again`;
  if (exported === undefined || exported === null) {
    throw new Error(`The stack ${hubStack} has no output "contract": ${update}.`);
  }
  const contract = exported as Partial<Record<keyof HubContract, unknown>>;
  const version = contract.version;
  if (typeof version !== "number" || version < CONTRACT_VERSION) {
    throw new Error(
      `The hub's contract has version ${String(version)} and ${stack} reads version ${String(CONTRACT_VERSION)}: ${update}.`,
    );
  }
  if (version > CONTRACT_VERSION) {
    throw new Error(
      `The hub's contract has version ${String(version)} and ${stack} reads version ${String(CONTRACT_VERSION)}: ` +
        `the hub was deployed by a newer version of the program; update this checkout to it.`,
    );
  }
  const wrong = Object.entries(SHAPES).filter(([field, fits]) => !fits(contract[field as keyof HubContract]));
  if (wrong.length > 0) {
    const fields = wrong.map(([field]) => field).join(", ");
    throw new Error(`The hub's contract lacks ${fields} or has them in another shape: ${update}.`);
  }
  const found = contract as HubContract;
  if (found.region !== region) {
    throw new Error(
      `aws:region of ${stack} is ${region} and the hub ${hubStack} is in ${found.region}: ` +
        `a network attaches to a hub of its own region; set aws:region to ${found.region} or hub-stack to a hub in ${region}.`,
    );
  }
  for (const field of ["cidr", "account"] as const) {
    if (found[field] !== hub[field]) {
      throw new Error(
        `networks gives the hub the ${field} ${hub[field]} and the hub ${hubStack} was deployed with ${found[field]}: ` +
          `correct the register, or deploy the hub with it first.`,
      );
    }
  }
  const lacking = domains.filter((domain) => found.zones[domain] === undefined);
  if (lacking.length > 0) {
    throw new Error(`The hub has no zone ${lacking.join(", ")}: ${update}.`);
  }
  return found;
}
