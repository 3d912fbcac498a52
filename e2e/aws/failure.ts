import { UserError } from "../../tools/io/errors";

/** A failed AWS call. */
export class AwsFailure extends UserError {}

/** What the SDK adds to its errors, and Node to those of the network. */
interface Details {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly $metadata?: unknown;
}

const UNREACHABLE: readonly unknown[] = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT"];
const REFUSED = ["ExpiredToken", "InvalidClientTokenId", "UnrecognizedClient", "AuthFailure", "SignatureDoesNotMatch"];
const DENIED = ["AccessDenied", "UnauthorizedOperation"];

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

function reasonOf({ name, message, code, $metadata }: Details, call: string): string | undefined {
  const is = (names: readonly string[]): boolean => names.some((each) => name.startsWith(each));
  if (name === "CredentialsProviderError" || name === "TokenProviderError") {
    return `No usable AWS credentials for ${call}: ${sentence(message)} Set AWS_PROFILE, or sign in again.`;
  }
  if (is(REFUSED)) return `AWS rejected the credentials for ${call} (${name}): sign in again.`;
  if (is(DENIED)) return `The credentials have no permission for ${call}: ${sentence(message)}`;
  if (UNREACHABLE.includes(code) || name === "TimeoutError") {
    return `AWS cannot be reached for ${call}: ${sentence(message)} Check the network and the Region.`;
  }
  return $metadata === undefined ? undefined : `AWS failed to answer ${call}: ${name}: ${sentence(message)}`;
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
