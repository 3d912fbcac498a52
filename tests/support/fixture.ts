/**
 * The project that tests plan: the configuration that the documentation describes. A fork edits the `Pulumi*.yaml` of the
 * repository, never these, so its edits leave every test as it is.
 */
export const FIXTURE = "tests/fixtures/project";
