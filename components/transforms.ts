import type * as pulumi from "@pulumi/pulumi";

/**
 * A transform that sets inputs of every resource of one type, and options if given. As an option of a component it applies to all resources
 * below it, also to those that a plugin registers for a remote component such as `eks.Cluster`. The older
 * `transformations` run in this process and do not see the latter.
 */
export function setInputs(
  type: string,
  inputs: Readonly<Record<string, unknown>>,
  options: Pick<pulumi.ResourceOptions, "protect"> = {},
): pulumi.ResourceTransform {
  return (resource) => {
    if (resource.type !== type) return undefined;
    // The SDK passes false where deleteBeforeReplace is unset. Returning it would override the provider, which deletes
    // a resource with a fixed name before it creates the next one.
    const { deleteBeforeReplace, ...opts } = resource.opts as pulumi.CustomResourceOptions;
    return {
      props: { ...resource.props, ...inputs },
      opts: { ...opts, ...(deleteBeforeReplace === true ? { deleteBeforeReplace } : {}), ...options },
    };
  };
}

/**
 * Options of a component whose IAM roles all have a permissions boundary.
 *
 * @param arn ARN of the managed policy; undefined for no boundary
 */
export function boundRoles(arn: string | undefined): pulumi.ComponentResourceOptions {
  return arn === undefined ? {} : { transforms: [setInputs("aws:iam/role:Role", { permissionsBoundary: arn })] };
}
