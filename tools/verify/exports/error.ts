import { UserError } from "../../io/errors";
import { printable } from "../../io/terminal";

/** A file that cannot be verified; the message is a sentence for the user, with control characters made visible. */
export class ExportError extends UserError {
  constructor(message: string) {
    super(printable(message));
  }
}
