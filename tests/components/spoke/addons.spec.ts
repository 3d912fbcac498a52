import { expect } from "chai";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
import { plan, type Plan } from "../../../tools/planner/plan";
import { project, stack } from "../../support/plans";
import { policyOf } from "../../support/policies";

const ADDON = "aws:eks/addon:Addon";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const RECORDS_ROLE = "arn:aws:iam::111111111111:role/piksel-dns-records-dev";
const TOLERATIONS = [{ key: "CriticalAddonsOnly", operator: "Exists" }];

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

const find = (type: string, name: string): PlannedResource => {
  const found = stack(planned, "dev").resources.find((each) => each.type === type && each.name === name);
  if (found === undefined) throw new Error(`no ${type} ${name}`);
  return found;
};

describe("the add-ons of a cluster", () => {
  it("have exactly this configuration", () => {
    const addons = stack(planned, "dev").resources.filter(({ type }) => type === ADDON);
    const values = ({ inputs: { configurationValues } }: PlannedResource): unknown =>
      typeof configurationValues === "string" ? JSON.parse(configurationValues) : undefined;
    expect(Object.fromEntries(addons.map((addon) => [addon.inputs["addonName"], values(addon)]))).to.deep.equal({
      "vpc-cni": {
        enableNetworkPolicy: "true",
        env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
      },
      "kube-proxy": undefined,
      "eks-pod-identity-agent": undefined,
      coredns: undefined,
      "aws-ebs-csi-driver": { defaultStorageClass: { enabled: true } },
      "metrics-server": { replicas: 2, tolerations: TOLERATIONS },
      "external-dns": {
        domainFilters: ["dev.piksel.internal"],
        sources: ["service", "ingress"],
        registry: "txt",
        txtOwnerId: "piksel-dev",
        policy: "sync",
        tolerations: TOLERATIONS,
      },
    });
  });
});

describe("external-dns", () => {
  it("gets the hub's role for the records of its spoke, by way of a role that may take no other", () => {
    const { inputs } = find(ASSOCIATION, "dev-external-dns");
    expect(inputs).to.deep.include({
      namespace: "external-dns",
      serviceAccount: "external-dns",
      roleArn: "${aws:iam/role:Role::dev-external-dns.arn}",
      targetRoleArn: RECORDS_ROLE,
    });
    const own = stack(planned, "dev").resources.filter(
      ({ type, name }) => type.startsWith("aws:iam/rolePolic") && name.startsWith("dev-external-dns"),
    );
    expect(own.map(({ name }) => name)).to.deep.equal(["dev-external-dns-target-role"]);
    expect(policyOf(planned, "dev", "aws:iam/rolePolicy:RolePolicy::dev-external-dns-target-role")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TakeTargetRole",
          Effect: "Allow",
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Resource: RECORDS_ROLE,
        },
      ],
    });
  });

  it("is the only service account with a role of another account", () => {
    const targets = stack(planned, "dev").resources.filter(
      ({ type, inputs }) => type === ASSOCIATION && inputs["targetRoleArn"] !== undefined,
    );
    expect(targets.map(({ name }) => name)).to.deep.equal(["dev-external-dns"]);
  });

  it("starts in the namespace of its association, when the association and the nodes exist", () => {
    const { inputs, dependsOn } = find(ADDON, "dev-external-dns");
    expect(find(ASSOCIATION, "dev-external-dns").inputs["namespace"]).to.equal(inputs["addonName"]);
    expect(dependsOn).to.include.members([
      `${ASSOCIATION}::dev-external-dns`,
      "aws:eks/nodeGroup:NodeGroup::dev-system-1",
      "aws:eks/nodeGroup:NodeGroup::dev-system-2",
    ]);
  });
});
