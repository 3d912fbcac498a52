import { expect } from "chai";
import { plan } from "../../../tools/planner/plan";
import { project, withConfig } from "../../support/plans";
import { findResource, setOutput } from "./support/exports";
import { driftReport, verifyEdited, type Edit } from "./support/verify";

/** EKS Auto Mode of the cluster of dev, as a refresh reads it. */
const refreshed =
  (enabled: boolean, computeConfig: object): Edit =>
  (files) => {
    const cluster = findResource(files, "dev", "aws:eks/cluster:Cluster", "dev-eksCluster");
    const network = cluster.outputs?.["kubernetesNetworkConfig"] as object;
    setOutput(cluster, "computeConfig", { enabled, ...computeConfig });
    setOutput(cluster, "storageConfig", { blockStorage: { enabled } });
    setOutput(cluster, "kubernetesNetworkConfig", { ...network, elasticLoadBalancing: { enabled } });
  };
const off = refreshed(false, { nodePools: [], nodeRoleArn: "" });
const on = refreshed(true, { nodePools: ["system"], nodeRoleArn: "arn:aws:iam::222222222222:role/nodes" });

describe("npm run verify, of EKS Auto Mode,", () => {
  const ofDev = async (value: string, edit: Edit): Promise<string[]> => {
    const planned = await plan(withConfig(project, "dev", { "node-autoscaling": value }));
    return driftReport(verifyEdited(planned, edit)).filter((line) => !line.trim().startsWith("hub:"));
  };

  it("finds no drift where it is off and the program does not set it", async () => {
    expect((await ofDev("karpenter", off)).join("\n")).to.contain("dev: no drift");
  });

  it("finds no drift where it is off as planned, or on as planned", async () => {
    expect((await ofDev("karpenter-auto-off", off)).join("\n")).to.contain("dev: no drift");
    expect((await ofDev("auto", () => undefined)).join("\n")).to.contain("dev: no drift");
  });

  it("reports that somebody turned it on, or that a step of a move was left out", async () => {
    expect(
      (await ofDev("karpenter", on)).filter((line) => line.includes("critical (")).map((line) => line.trim()),
    ).to.deep.equal([
      "critical (reach): kubernetesNetworkConfig.elasticLoadBalancing.enabled: is true,",
      "critical (access): computeConfig.enabled: is true, which is not planned",
      "critical (access): computeConfig.nodePools: has system, which is not planned",
      "critical (access): computeConfig.nodeRoleArn: is arn:aws:iam::222222222222:role/nodes,",
      "critical (access): storageConfig.blockStorage.enabled: is true,",
    ]);
  });

  it("reports that somebody turned it off", async () => {
    expect((await ofDev("auto", off)).join("\n")).to.contain("computeConfig.enabled: planned true, is false");
  });
});
