import { printable } from "../../cli/printable";

/** A file that cannot be verified; the message is a sentence for the user, with control characters made visible. */
export class ExportError extends Error {
  constructor(message: string) {
    super(printable(message));
  }
}
