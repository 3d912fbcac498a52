import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { UserError } from "./errors";

/** A failed AWS call. */
export class AwsFailure extends UserError {}

/**
 * Calls the AWS API.
 *
 * @param call - the IAM action, such as `eks:DescribeAddonVersions`
 * @throws AwsFailure with one sentence for what the user can fix: credentials, permissions, the network, the Region
 */
export async function ask<T>(call: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    const reason = reasonOf(error as Details, call);
    throw reason === undefined ? error : new AwsFailure(reason, { cause: error });
  }
}

/** Returns the account of the credentials. */
export async function callerAccount(region: string): Promise<string> {
  const { Account } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
  if (Account === undefined) throw new Error("GetCallerIdentity returned no account");
  return Account;
}

/** A DNS name without the final dot that Route 53 returns. */
export function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}

/** Fields of the SDK's errors, and of Node's network errors. */
interface Details {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly $metadata?: unknown;
}

const UNREACHABLE: readonly unknown[] = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT"];
const REJECTED = ["ExpiredToken", "InvalidClientTokenId", "UnrecognizedClient", "AuthFailure", "SignatureDoesNotMatch"];
const DENIED = ["AccessDenied", "UnauthorizedOperation"];

/** The sentence for the user; undefined for an error that AWS did not send, which is a bug. */
function reasonOf({ name, message, code, $metadata }: Details, call: string): string | undefined {
  const is = (names: readonly string[]): boolean => names.some((each) => name.startsWith(each));
  if (name === "CredentialsProviderError" || name === "TokenProviderError") {
    return `No usable AWS credentials for ${call}: ${sentence(message)} Set AWS_PROFILE, or sign in again.`;
  }
  if (is(REJECTED)) return `AWS rejected the credentials for ${call} (${name}): sign in again.`;
  if (is(DENIED)) return `The credentials have no permission for ${call}: ${sentence(message)}`;
  if (UNREACHABLE.includes(code) || name === "TimeoutError") {
    return `AWS cannot be reached for ${call}: ${sentence(message)} Check the network and the Region.`;
  }
  return $metadata === undefined ? undefined : `AWS failed to answer ${call}: ${name}: ${sentence(message)}`;
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
