import { policyDocument, type PolicyDocument } from "../components/policy-document";
import { inRegion, on, onOurs, type Scope } from "./grants";

/**
 * The most that a role may do which the stack makes, whatever its own policies say: what nodes, Karpenter, the add-ons,
 * the image publishers and the spokes' access to zones need, in this region. No role or user can be made with it, no
 * policy written, and neither the account nor the deployment's own roles touched.
 */
export function boundaryPolicy(scope: Scope): PolicyDocument {
  const { stack, account, region } = scope;
  const roles = `arn:aws:iam::${account}:role/${stack}-*`;
  return policyDocument(
    inRegion(scope, "WorkOfNodesAndCluster", [
      "autoscaling:Describe*",
      "autoscaling:UpdateAutoScalingGroup",
      "ec2:*",
      "ec2messages:*",
      "eks-auth:AssumeRoleForPodIdentity",
      "eks:DescribeCluster",
      "elasticloadbalancing:*",
      "kms:DescribeKey",
      "kms:ListGrants",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "ssm:*",
      "ssmmessages:*",
    ]),
    // A boundary holds what a grant or a key's policy gives to a role as well (IAM User Guide, "Permissions boundaries for
    // IAM entities"): the key of a cluster's secrets, and any key by way of a volume.
    onOurs(scope, "WorkWithSecretsKey", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"]),
    {
      ...on(
        "WorkWithEncryptedVolumes",
        ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"],
        `arn:aws:kms:${region}:${account}:key/*`,
      ),
      Condition: { StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com` } },
    },
    inRegion(scope, "WorkWithImages", [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:BatchImportUpstreamImage",
      "ecr:CompleteLayerUpload",
      "ecr:CreateRepository",
      "ecr:Describe*",
      "ecr:GetAuthorizationToken",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:ListImages",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]),
    // Services without a region, and the price list, which is in few.
    on(
      "WorkWithoutRegion",
      [
        "iam:GetInstanceProfile",
        "iam:GetRole",
        "iam:ListAttachedRolePolicies",
        "iam:ListInstanceProfiles",
        "pricing:GetProducts",
        "route53:CreateVPCAssociationAuthorization",
        "route53:DeleteVPCAssociationAuthorization",
        "route53:ListVPCAssociationAuthorizations",
      ],
      "*",
    ),
    {
      ...on("PassRolesToNodes", ["iam:PassRole"], roles),
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    {
      ...on("LetServicesMakeTheirRoles", ["iam:CreateServiceLinkedRole"], "arn:aws:iam::*:role/aws-service-role/*"),
      Condition: {
        StringEquals: {
          "iam:AWSServiceName": [
            "eks.amazonaws.com",
            "eks-nodegroup.amazonaws.com",
            "elasticloadbalancing.amazonaws.com",
            "spot.amazonaws.com",
          ],
        },
      },
    },
  );
}
