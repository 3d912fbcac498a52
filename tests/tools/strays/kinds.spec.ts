import { expect } from "chai";
import replacing from "../../../tools/planner/changes/forces-replacement.json";
import { KINDS } from "../../../tools/strays/kinds";

describe("the kinds of existing resources", () => {
  it("are imported as types that this program creates", () => {
    const types = Object.values(KINDS).flatMap(({ type }) => type ?? []);
    expect(types.filter((type) => !Object.hasOwn(replacing, type))).to.deep.equal([]);
  });

  it("are deleted by commands that can be pasted into a shell", () => {
    const location = { prefix: "piksel", stack: "dev", account: "222222222222", region: "ap-southeast-3" };
    const item = { id: "it's", name: "", tagged: true, kind: "logGroup" as const };
    expect(KINDS.logGroup.remove(item, location)).to.deep.equal([
      String.raw`aws logs delete-log-group --log-group-name 'it'\''s' --region ap-southeast-3`,
    ]);
    expect(KINDS.cluster.remove({ ...item, id: "piksel-dev", kind: "cluster" }, location)).to.deep.equal([
      "aws eks update-cluster-config --name piksel-dev --no-deletion-protection --region ap-southeast-3",
      "aws eks wait cluster-active --name piksel-dev --region ap-southeast-3",
      "aws eks delete-cluster --name piksel-dev --region ap-southeast-3",
      "aws eks wait cluster-deleted --name piksel-dev --region ap-southeast-3",
    ]);
    expect(
      KINDS.zoneAssociation.remove({ ...item, id: "Z1:vpc-1:ap-southeast-3", kind: "zoneAssociation" }, location),
    ).to.deep.equal([
      "aws route53 disassociate-vpc-from-hosted-zone --hosted-zone-id Z1 --vpc VPCRegion=ap-southeast-3,VPCId=vpc-1 --region ap-southeast-3",
    ]);
    expect(
      KINDS.firewallRuleGroup.remove({ ...item, id: "rslvr-frg-1", kind: "firewallRuleGroup" }, location),
    ).to.deep.equal([
      "aws route53resolver list-firewall-rules --firewall-rule-group-id rslvr-frg-1 --query 'FirewallRules[].[FirewallDomainListId]' " +
        "--output text --region ap-southeast-3 | xargs -rn1 aws route53resolver delete-firewall-rule --firewall-rule-group-id rslvr-frg-1 " +
        "--region ap-southeast-3 --firewall-domain-list-id",
      "aws route53resolver delete-firewall-rule-group --firewall-rule-group-id rslvr-frg-1 --region ap-southeast-3",
    ]);
    expect(KINDS.networkFirewall.remove({ ...item, id: "arn:f", kind: "networkFirewall" }, location)).to.deep.equal([
      "aws network-firewall update-firewall-delete-protection --no-delete-protection --firewall-arn arn:f --region ap-southeast-3",
      "aws network-firewall delete-firewall --firewall-arn arn:f --region ap-southeast-3",
    ]);
    expect(KINDS.role.remove({ ...item, id: "dev-node-0a1b2c3", kind: "role" }, location)).to.deep.equal([
      "aws iam list-attached-role-policies --role-name dev-node-0a1b2c3 --query 'AttachedPolicies[].PolicyArn' --output text --region ap-southeast-3 | " +
        "xargs -rn1 aws iam detach-role-policy --role-name dev-node-0a1b2c3 --region ap-southeast-3 --policy-arn",
      "aws iam list-role-policies --role-name dev-node-0a1b2c3 --query 'PolicyNames[]' --output text --region ap-southeast-3 | " +
        "xargs -rn1 aws iam delete-role-policy --role-name dev-node-0a1b2c3 --region ap-southeast-3 --policy-name",
      "aws iam delete-role --role-name dev-node-0a1b2c3 --region ap-southeast-3",
    ]);
  });
});
