/** Configuration that the plan, or the Pulumi CLI, refuses before the program starts. The message is for the user. */
export class ProjectError extends Error {}
