import { clusterName } from "../../components/names";
import { HUB } from "../../components/settings/networks";
import { type NetworkToDeploy, SetupError } from "../account-map";

/** A spoke whose stack in `platform/` is deployed, too. */
export interface Platform {
  readonly stack: string;
  readonly region: string;
  readonly clusterName: string;
  /** ARN of the IAM role of its deployments: it trusts their tokens, and it administers the cluster. */
  readonly roleArn: string;
  /** ID of the pool of customer-managed runners, which reach the Kubernetes API. */
  readonly runnerPool: string;
}

const FIELDS = ["role", "runner-pool"];

/**
 * Reads the key `platforms`: `NAME: {role, runner-pool}`.
 *
 * @param value of the key
 * @param networks of the account map
 * @param prefix first part of names in AWS
 * @returns in the order of the account map
 * @throws SetupError for a name that is not a spoke, for a missing or unknown field, and for a role that the spoke's
 *   `cluster-admins` does not list
 */
export function platforms(value: unknown, networks: readonly NetworkToDeploy[], prefix: string): readonly Platform[] {
  const entries = objectOf("platforms", value);
  const spokes = networks.filter(({ stack }) => stack !== HUB);
  const unknown = Object.keys(entries).filter((name) => !spokes.some(({ stack }) => stack === name));
  if (unknown.length > 0) {
    const names = spokes.map(({ stack }) => stack).join(", ");
    throw new SetupError(`platforms names ${unknown.join(", ")}, which is not a spoke (networks): it has ${names}`);
  }
  return spokes.flatMap(({ stack, region, clusterAdmins }) => {
    if (entries[stack] === undefined) return [];
    const place = `platforms.${stack}`;
    const fields = objectOf(place, entries[stack]);
    const other = Object.keys(fields).find((field) => !FIELDS.includes(field));
    if (other !== undefined) throw new SetupError(`${place}.${other} is not a field: it has ${FIELDS.join(" and ")}`);
    const [roleArn, runnerPool] = FIELDS.map((field) => textOf(`${place}.${field}`, fields[field]));
    if (!clusterAdmins.includes(roleArn ?? "")) {
      throw new SetupError(
        `${place}.role is ${roleArn ?? ""}, which does not administer the cluster: ` +
          `add it to cluster-admins in Pulumi.${stack}.yaml, and update that stack`,
      );
    }
    return {
      stack,
      region,
      clusterName: clusterName(prefix, stack),
      roleArn: roleArn ?? "",
      runnerPool: runnerPool ?? "",
    };
  });
}

function objectOf(place: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new SetupError(`${place} is ${JSON.stringify(value)}: must be an object`);
}

function textOf(place: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new SetupError(`${place} is ${JSON.stringify(value) ?? "missing"}: must be a string`);
}
