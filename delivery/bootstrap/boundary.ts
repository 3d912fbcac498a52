import { policyDocument, type PolicyDocument, type Statement } from "../../components/policy-document";
import { clusterName, eventsTopicName } from "../../components/names";
import {
  CONTROL_PLANE,
  EBS_CSI,
  HUB_ROLES,
  IMAGE_PUBLISHERS,
  KARPENTER,
  KARPENTER_ANYWHERE,
  NODES,
  VPC_CNI,
} from "./boundary-callers";
import type { Deployment } from "./deployment-policy";
import { inRegion, on, onOurs, type Scope } from "./grants";

/**
 * Permissions boundary of the roles that the stack creates: only the actions that the roles of this program call. The
 * deployment role writes the policies and trust policies of these roles, so the boundary limits what it can gain through
 * them. It allows no new role or user, no policy change, no read of S3 objects, and no change of the account or of the
 * deployment's own roles.
 */
export function boundaryPolicy(deployment: Deployment): PolicyDocument {
  return deployment.role === "hub" ? hubBoundary(deployment) : spokeBoundary(deployment, deployment.hubAccount);
}

/** Zones and images, and nothing of machines. */
function hubBoundary(scope: Scope): PolicyDocument {
  const { account, region } = scope;
  return policyDocument(
    // Route 53 has no region, and a zone no name in its ARN.
    on("WorkWithZones", HUB_ROLES, "*"),
    inRegion(scope, "Authorise", ["ecr:GetAuthorizationToken"]),
    on("PublishImages", IMAGE_PUBLISHERS, `arn:aws:ecr:${region}:${account}:repository/*`),
  );
}

function spokeBoundary(scope: Scope, hubAccount: string): PolicyDocument {
  const { region, prefix } = scope;
  return policyDocument(
    inRegion(scope, "WorkInRegion", union(NODES, VPC_CNI, EBS_CSI, KARPENTER, CONTROL_PLANE)),
    // Services without a region, and the price list, which is in few.
    on("WorkAnywhere", KARPENTER_ANYWHERE, "*"),
    onOurs(scope, "WorkWithOurRoutes", ["ec2:CreateRoute", "ec2:DeleteRoute"]),
    ...TAGS,
    ...keys(scope),
    ...services(scope),
    on("TellOfChanges", ["sns:Publish"], `arn:aws:sns:${region}:${hubAccount}:${eventsTopicName(prefix)}`),
  );
}

/** What may get tags. Not what the deployment role changes by our tag, or a role with this boundary could tag it first. */
const TAGGED = [
  "fleet",
  "instance",
  "network-interface",
  "security-group",
  "snapshot",
  "spot-instances-request",
  "volume",
];
const TAGS: readonly Statement[] = [
  on(
    "TagMachines",
    ["ec2:CreateTags"],
    TAGGED.map((kind) => `arn:aws:ec2:*:*:${kind}/*`),
  ),
  {
    ...on("TagTemplates", ["ec2:CreateTags"], "arn:aws:ec2:*:*:launch-template/*"),
    // Karpenter's, as it makes them.
    Condition: { StringEquals: { "ec2:CreateAction": "CreateLaunchTemplate" } },
  },
];

/**
 * A boundary also limits what a grant or a key policy gives to a role (IAM User Guide, "Permissions boundaries for IAM
 * entities"): the key of a cluster's secrets, and any key used through a volume.
 */
function keys(scope: Scope): Statement[] {
  const { stack, account, region, prefix } = scope;
  const anyKey = `arn:aws:kms:*:${account}:key/*`;
  return [
    {
      ...on("WorkWithSecretsKey", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ListGrants"], anyKey),
      // Unlike a tag, an alias can be set only by those who manage the key.
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${clusterName(prefix, stack)}` } },
    },
    {
      ...on(
        "WorkWithEncryptedVolumes",
        ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"],
        anyKey,
      ),
      Condition: { StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com` } },
    },
  ];
}

function services({ stack, account }: Scope): Statement[] {
  return [
    {
      ...on("PassRoleToNodes", ["iam:PassRole"], `arn:aws:iam::${account}:role/${stack}-karpenter-node-*`),
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    {
      ...on("LetServiceMakeItsRole", ["iam:CreateServiceLinkedRole"], "arn:aws:iam::*:role/aws-service-role/*"),
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
  ];
}

function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}
