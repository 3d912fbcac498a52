/** AWS did not answer; the message is for the user. */
export class AwsFailure extends Error {}

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
 * Makes a call of AWS's API.
 *
 * @param call the action as IAM names it, such as `eks:DescribeAddonVersions`
 * @throws AwsFailure with one sentence for what the user can mend: credentials, permissions, the network, the region
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
    return `There are no usable AWS credentials for ${call}: ${sentence(message)} Set AWS_PROFILE, or sign in again.`;
  }
  if (is(REFUSED)) return `AWS refuses the credentials of ${call} (${name}): sign in again.`;
  if (is(DENIED)) return `The credentials may not call ${call}: ${sentence(message)}`;
  if (UNREACHABLE.includes(code) || name === "TimeoutError") {
    return `AWS cannot be reached for ${call}: ${sentence(message)} Check the network and the region.`;
  }
  return $metadata === undefined ? undefined : `AWS did not answer ${call}: ${name}: ${sentence(message)}`;
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
