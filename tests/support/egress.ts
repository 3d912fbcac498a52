import { PRIVATE_SERVICES } from "../../components/facts/endpoint-services";
import type { Project } from "../../tools/planner/project/project";
import { withConfig } from "./plans";

/** Every interface endpoint that a cluster without a path to the internet needs. */
export const ALL_ENDPOINTS: string[] = PRIVATE_SERVICES.map(({ name }) => name).filter((name) => name !== "s3");

/** The project with a hub that offers its NAT gateways and every interface endpoint that clusters need. */
export function withCentralEgress(base: Project): Project {
  return withConfig(base, "hub", { "central-egress": true, "shared-endpoints": ALL_ENDPOINTS });
}

/** The project with every path to the internet: dev is regional, staging uses the hub and prod has none. */
export function withEveryEgress(base: Project): Project {
  const dev = withConfig(withCentralEgress(base), "dev", { egress: "regional" });
  return withConfig(withConfig(dev, "staging", { egress: "hub" }), "prod", { egress: "none" });
}
