/**
 * Sentences for what the AWS CLI and the Pulumi CLI print when they fail. Both print the reason on the last line that is
 * not empty, the AWS CLI as `An error occurred (CODE) when calling the OPERATION operation: MESSAGE`.
 */

/** What allows a call that was denied, by IAM action. */
const ADVICE: Readonly<Record<string, string>> = {
  "ssm:StartSession":
    "allow it for the instance and for the document AWS-StartPortForwardingSessionToRemoteHost (docs/cluster.md)",
};

const NO_CREDENTIALS = /Unable to locate credentials|Partial credentials|No AWS credentials|credential_process/i;
const NO_PROFILE = /The config profile \((.*)\) could not be found/;
const REJECTED =
  /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|AuthFailure|SignatureDoesNotMatch|InvalidSignature/;
const SIGNED_OUT =
  /Token has expired|Error loading SSO Token|SSO session .*(?:expired|invalid)|Session token not found/i;
const DENIED = /\((?:AccessDenied\w*|UnauthorizedOperation)\)/;
const UNREACHABLE = /Could not connect to the endpoint URL|Connect(?:ion)? timeout|Read timeout|Connection was closed/i;

/**
 * Why a call of the AWS CLI failed, and what to do, in one sentence.
 *
 * @param action the IAM action, such as `ec2:DescribeInstances`
 */
export function awsFailure(action: string, err: string): string {
  const reason = lastLine(err);
  const profile = NO_PROFILE.exec(err)?.[1];
  if (profile !== undefined) return `There is no AWS profile ${profile}: set AWS_PROFILE to one that exists.`;
  if (NO_CREDENTIALS.test(err)) return "There are no AWS credentials: set AWS_PROFILE, or sign in.";
  if (REJECTED.test(err) || SIGNED_OUT.test(err)) return `AWS rejected the credentials: sign in again. ${reason}`;
  if (DENIED.test(err)) {
    return `The credentials have no permission for ${action}: ${ADVICE[action] ?? "allow it (docs/cluster.md)"}. ${reason}`;
  }
  if (UNREACHABLE.test(err)) return `AWS cannot be reached for ${action}: check the network and the Region. ${reason}`;
  return `${action} failed: ${reason}`;
}

/** Why `pulumi stack output` failed, and what to do. */
export function pulumiFailure(stack: string, err: string): string {
  if (/no stack named/.test(err)) {
    return (
      `The Pulumi backend has no stack ${stack}: run pulumi up --stack ${stack} first, log in to the backend that has it ` +
      "(pulumi login), or pass --cluster."
    );
  }
  return `pulumi stack output --stack ${stack} failed: ${lastLine(err)} Correct that, or pass --cluster.`;
}

/** The last line that is not empty, as a sentence. */
export function lastLine(text: string): string {
  const line = text.trim().split("\n").pop()?.trim() ?? "";
  if (line === "") return "It printed no reason.";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
