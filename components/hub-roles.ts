import { PREFIX } from "./tags";

/** Names of the roles in the hub's account that serve one spoke. Each trusts only the spoke's account. */
export interface HubRoleNames {
  /** Authorises the spoke's VPC for the zones that the spoke reads. */
  readonly access: string;
  /** Reads the same authorisations, for previews. */
  readonly preview: string;
  /** Writes records in the spoke's own hosted zone, NAME.DOMAIN. */
  readonly records: string;
}

export function hubRoleNames(spoke: string): HubRoleNames {
  return {
    access: `${PREFIX}-spoke-access-${spoke}`,
    preview: `${PREFIX}-spoke-preview-${spoke}`,
    records: `${PREFIX}-dns-records-${spoke}`,
  };
}
