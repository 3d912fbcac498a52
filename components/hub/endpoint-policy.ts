import { eksAddonRegistry } from "../eks-addon-registries";
import type { EndpointService } from "../endpoint-services";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { ourAccounts, PULL_ACTIONS, PUSH_ACTIONS } from "./pull-policy";

export interface EndpointPolicyArgs {
  readonly service: EndpointService;
  /** Accounts whose principals may use the endpoint. */
  readonly accounts: readonly string[];
  /** Account of the registry. */
  readonly account: string;
  readonly region: string;
}

/**
 * Policy of a shared endpoint: what passes it, whoever asks on whatever credentials. Our accounts' principals alone,
 * so that no stranger's key works from inside our networks; and of ECR, pushes into our registry alone, so that no
 * image leaves by this way.
 */
export function endpointPolicy(args: EndpointPolicyArgs): PolicyDocument {
  return args.service.iamPrefix === "ecr" ? registryPolicy(args) : servicePolicy(args);
}

function servicePolicy({ service, accounts }: EndpointPolicyArgs): PolicyDocument {
  return policyDocument({
    Sid: "OurAccounts",
    Effect: "Allow",
    ...ourAccounts(accounts),
    Action: `${service.iamPrefix}:*`,
    // What a principal may do with the service is its own role's affair; this says who comes through.
    Resource: "*",
  });
}

function registryPolicy({ accounts, account, region }: EndpointPolicyArgs): PolicyDocument {
  const repositories = (registry: string): string => `arn:aws:ecr:${region}:${registry}:repository/*`;
  const ours = repositories(account);
  return policyDocument(
    {
      Sid: "Authorise",
      Effect: "Allow",
      ...ourAccounts(accounts),
      Action: "ecr:GetAuthorizationToken",
      // The token is the registry's, not a repository's: AWS knows no other resource for it.
      Resource: "*",
    },
    {
      Sid: "Pull",
      Effect: "Allow",
      ...ourAccounts(accounts),
      Action: PULL_ACTIONS,
      // The zone of ecr.dkr stands for every registry of the region, AWS's own for EKS add-ons among them.
      Resource: [ours, repositories(eksAddonRegistry(region))],
    },
    {
      Sid: "PushAndFillTheCache",
      Effect: "Allow",
      ...ourAccounts(accounts),
      Action: [...PUSH_ACTIONS, "ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
      Resource: ours,
    },
  );
}
