import { UserError } from "../../io/errors";

/** Configuration that the plan, or the Pulumi CLI, refuses before the program starts. */
export class ProjectError extends UserError {}
