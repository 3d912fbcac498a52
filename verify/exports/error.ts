import { printable } from "../../plan/printable";

/** A file that cannot be verified; the message is a sentence for the user, and shows every character that is in it. */
export class ExportError extends Error {
  constructor(message: string) {
    super(printable(message));
  }
}
