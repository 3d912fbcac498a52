import { parse, YAMLError } from "yaml";
import type { Spaces } from "../components/settings/cidrs";
import { ConfigurationError, Faults } from "../components/settings/faults";
import { isObject } from "../components/settings/fields";
import { decodeNetworks } from "../components/settings/networks";
import type { Network } from "../components/settings/settings";

/** Stacks that a run deploys, in this order; the last one comes to a network that stands. */
export const STACKS = ["hub", "dev", "prod", "qa"] as const;

/** The register of a run, by name. */
export type Register = Readonly<Record<string, Network>>;

/** Why a run must not begin; the message is for the user. */
export class Refused extends Error {}

/**
 * Reads a register, by the rules of the program's own.
 *
 * @param file name of it, for messages
 * @param spaces what its CIDRs depend on
 * @throws Refused with every fault, and when a network is missing that the run deploys
 */
export function readRegister(file: string, text: string, spaces: Spaces): Register {
  const entries = parsed(file, text);
  if (!isObject(entries))
    throw new Refused(`${file} is not an account map: it must have lines NAME: { cidr, account }.`);
  const faults = new Faults();
  const networks = decodeNetworks(entries, spaces, faults);
  try {
    faults.refuseOr(file, []);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new Refused(
      [`${file} cannot be used as an account map:`, ...error.faults.map((fault) => `  - ${fault}`)].join("\n"),
    );
  }
  const register = Object.fromEntries((networks ?? []).map((network) => [network.name, network]));
  const missing = STACKS.filter((name) => register[name] === undefined);
  if (missing.length > 0) throw new Refused(`${file} has no ${missing.join(", ")}, but the run deploys it.`);
  return register;
}

function parsed(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw error instanceof YAMLError ? new Refused(`${file} is not YAML: ${error.message}`) : error;
  }
}
