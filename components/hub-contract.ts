import * as pulumi from "@pulumi/pulumi";

/** Version of the contract that this program writes and reads. It rises when a field joins, leaves or changes. */
export const CONTRACT_VERSION = 1;

/** All that a spoke may know of the hub: one stack output, `contract`. */
export interface HubContract {
  readonly version: number;
  readonly region: string;
  /** Block of the hub's VPC. */
  readonly cidr: string;
  readonly transitGatewayId: string;
  /** Bucket that takes the logs of all networks. */
  readonly logArchiveArn: string;
}

/** What the hub writes: the same fields, as far as they are known by then. */
export type HubContractOutput = { readonly [Field in keyof HubContract]: pulumi.Input<HubContract[Field]> };

/** Type of each field, for the reader to check: what another stack exports has none. */
const FIELDS = {
  version: "number",
  region: "string",
  cidr: "string",
  transitGatewayId: "string",
  logArchiveArn: "string",
} satisfies Record<keyof HubContract, "number" | "string">;

/** What the reader holds against the hub's word. */
export interface Expected {
  /** Stack the contract comes from, for messages. */
  readonly hubStack: string;
  /** Stack that reads it, for messages. */
  readonly stack: string;
  readonly region: string;
  /** Block of the hub in this stack's register. */
  readonly hubCidr: string;
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
export function checkContract(exported: unknown, { hubStack, stack, region, hubCidr }: Expected): HubContract {
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
  const wrong = Object.entries(FIELDS).filter(([field, type]) => typeof contract[field as keyof HubContract] !== type);
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
  if (found.cidr !== hubCidr) {
    throw new Error(
      `networks gives the hub ${hubCidr} and the hub ${hubStack} was deployed with ${found.cidr}: ` +
        `correct the register, or deploy the hub with it first.`,
    );
  }
  return found;
}
