import type { Rule } from "./faults";

/** The only partition whose Regions `aws:region` takes. */
const PARTITION = "arn:aws";

/** Form of an IAM role's ARN, path included (IAM User Guide, "IAM identifiers"). */
const IAM_ROLE = new RegExp(`^${PARTITION}:iam::\\d{12}:role/(?:[!-~]+/)?[\\w+=,.@-]{1,64}$`);

/** Form of a managed policy's ARN, path included, of an account or of AWS itself (the same page). */
const MANAGED_POLICY = new RegExp(`^${PARTITION}:iam::(\\d{12}|aws):policy/(?:[!-~]+/)?[\\w+=,.@-]{1,128}$`);

const ASSUMED_ROLE = new RegExp(`^(${PARTITION}):sts::(\\d{12}):assumed-role/([\\w+=,.@-]+)/`);

/** Forms of AWS Organizations' own API reference, `Organization` and `OrganizationalUnit`. */
const ORGANIZATION = new RegExp(`^${PARTITION}:organizations::\\d{12}:organization/o-[a-z0-9]{10,32}$`);
const UNIT = new RegExp(`^${PARTITION}:organizations::\\d{12}:ou/o-[a-z0-9]{10,32}/ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$`);

/** A principal of an EKS access entry; it cannot be a session (Amazon EKS API Reference, `CreateAccessEntry`). */
export const iamRoleArnRule: Rule = (arn) => {
  if (IAM_ROLE.test(arn)) return undefined;
  const [, partition, account, role] = ASSUMED_ROLE.exec(arn) ?? [];
  return role === undefined
    ? "must be the ARN of an IAM role, such as arn:aws:iam::222222222222:role/admin"
    : `the ARN of one STS session; use the ARN of its role, ${partition}:iam::${account}:role/${role}, with its path`;
};

/**
 * A permissions boundary, or nothing. It is AWS's, or of the account of the roles that it bounds (IAM User Guide,
 * "Permissions boundaries for IAM entities").
 *
 * @param account whose roles are bounded; undefined when it has a fault
 */
export function permissionsBoundaryRule(account: string | undefined): Rule {
  return (arn) => {
    if (arn === "") return undefined;
    const [, owner] = MANAGED_POLICY.exec(arn) ?? [];
    if (owner === undefined) {
      return "must be the ARN of a managed policy, such as arn:aws:iam::222222222222:policy/boundary, or empty for none";
    }
    return account === undefined || owner === account || owner === "aws"
      ? undefined
      : `must be a policy of the stack's own account, ${account}`;
  };
}

/** Whom AWS RAM shares with besides single accounts (AWS RAM User Guide, "Creating a resource share"). */
export const organizationArnRule: Rule = (arn) =>
  ORGANIZATION.test(arn) || UNIT.test(arn)
    ? undefined
    : "must be the ARN of an organization or an OU, such as arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5";
