/** IAM path of the roles that deploy the stacks: `arn:aws:iam::ACCOUNT:role/pulumi-deployments/NAME`. */
export const DEPLOYMENT_ROLE_PATH = "/pulumi-deployments/";
