/** What a user can mend: configuration, a file, credentials. A command shows the message without a stack trace. */
export class UserError extends Error {}

/** A command line of another form. */
export class UsageError extends UserError {}

/** A file that does not exist, or that cannot be read or written: Node's message names it. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "path" in error;
}
