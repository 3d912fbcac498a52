import { expect } from "chai";
import type { PolicyDocument } from "../../../components/policy-document";
import { transitEventPattern } from "../../../components/network/transit-attachment";
import { plan, type Plan } from "../../../tools/planner/plan";
import { evaluate } from "../../support/iam";
import { project, projectWithAlarms, stack } from "../../support/plans";
import { policyOf } from "../../support/policies";

const HUB = "111111111111";
const DEV = "222222222222";
const STRANGER = "999999999999";
const TOPIC = `arn:aws:sns:ap-southeast-3:${HUB}:piksel-network-events`;

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

// Review H4: nothing reported an attachment or a route that nobody had planned.
describe("changes of the transit gateway", () => {
  const inputsOf = (name: string, type: string, resource: string): unknown =>
    stack(planned, name).resources.find((each) => each.type === type && each.name === resource)?.inputs;

  it("go to the hub's topic, from the hub's account and from each spoke's", () => {
    const target = "aws:cloudwatch/eventTarget:EventTarget";
    expect(inputsOf("hub", target, "hub-transit-events")).to.deep.equal({
      rule: "${aws:cloudwatch/eventRule:EventRule::hub-transit-events}",
      arn: TOPIC,
    });
    for (const name of ["dev", "staging", "prod"]) {
      expect(inputsOf(name, target, `${name}-transit-events`)).to.deep.equal({
        rule: `\${aws:cloudwatch/eventRule:EventRule::${name}-transit-events}`,
        arn: TOPIC,
        roleArn: `\${aws:iam/role:Role::${name}-transit-events.arn}`,
      });
    }
  });

  it("are every call that changes an attachment, a route, a table, the gateway or its share, and no call that reads", () => {
    const { source, detail } = transitEventPattern() as { source: string[]; detail: { eventName: string[] } };
    expect(source).to.deep.equal(["aws.ec2", "aws.ram"]);
    expect(detail.eventName).to.include.members([
      "CreateTransitGatewayVpcAttachment",
      "AcceptTransitGatewayVpcAttachment",
      "CreateTransitGatewayRoute",
      "EnableTransitGatewayRouteTablePropagation",
      "AssociateTransitGatewayRouteTable",
      "ModifyTransitGateway",
      "AssociateResourceShare",
    ]);
    expect(detail.eventName.filter((name) => /^(Describe|Get|List|Search)/.test(name))).to.deep.equal([]);
    for (const name of ["hub", "dev"]) {
      expect(inputsOf(name, "aws:cloudwatch/eventRule:EventRule", `${name}-transit-events`)).to.have.property(
        "eventPattern",
        JSON.stringify(transitEventPattern()),
      );
    }
  });
});

/** Part of an event pattern that is matched with a field of an event. */
type Matcher = { readonly exists: boolean } | { readonly "anything-but": readonly string[] };

/**
 * Whether a field of an event matches one of some matchers, as EventBridge does it: `anything-but` needs the field
 * (Amazon EventBridge User Guide, "Comparison operators for use in event patterns in Amazon EventBridge").
 */
function matches(matchers: readonly Matcher[], field: string | undefined): boolean {
  return matchers.some((matcher) =>
    "exists" in matcher
      ? matcher.exists === (field !== undefined)
      : field !== undefined && !matcher["anything-but"].includes(field),
  );
}

describe("changes of the transit gateway, with alarms,", () => {
  let alarmed: Plan;
  before(async () => {
    alarmed = await plan(projectWithAlarms);
  });
  /** The matchers of the caller's role in the rule of a stack. */
  const callers = (name: string): readonly Matcher[] => {
    const rule = stack(alarmed, name).resources.find(
      (each) => each.name === `${name}-transit-events` && each.type.endsWith(":EventRule"),
    );
    const { detail, ...rest } = JSON.parse(String(rule?.inputs["eventPattern"])) as {
      detail: { userIdentity: { sessionContext: { sessionIssuer: { arn: Matcher[] } } } };
    };
    const { userIdentity, ...others } = detail;
    // All else is as without alarms.
    expect({ ...rest, detail: others }).to.deep.equal(transitEventPattern());
    expect(Object.keys(userIdentity)).to.deep.equal(["sessionContext"]);
    return userIdentity.sessionContext.sessionIssuer.arn;
  };
  const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;

  it("are not reported if the stack's own deployment role makes them", () => {
    expect(matches(callers("hub"), role(HUB, "pulumi-deployments/piksel-network-hub-deployment"))).to.be.false;
    expect(matches(callers("dev"), role(DEV, "pulumi-deployments/piksel-network-dev-deployment"))).to.be.false;
  });

  it("are reported for everybody else: other stacks, other roles, the same name elsewhere, users and root", () => {
    const others = [
      role(DEV, "pulumi-deployments/piksel-network-prod-deployment"),
      role(DEV, "pulumi-deployments/piksel-network-dev-preview"),
      role(DEV, "piksel-network-dev-deployment"),
      role(STRANGER, "pulumi-deployments/piksel-network-dev-deployment"),
      role(DEV, "admin"),
      // An IAM user and the root user have no session.
      undefined,
    ];
    for (const caller of others) expect(matches(callers("dev"), caller), caller).to.be.true;
  });
});

describe("the topic of the hub", () => {
  const publish = (principal: string, context: Record<string, string>): string =>
    evaluate(policyOf(planned, "hub", "aws:sns/topicPolicy:TopicPolicy::hub-events"), {
      principal,
      action: "sns:Publish",
      resource: TOPIC,
      context: { "aws:SecureTransport": "true", ...context },
    });
  const role = (account: string, name: string): Record<string, string> => ({
    "aws:PrincipalAccount": account,
    "aws:PrincipalArn": `arn:aws:iam::${account}:role/${name}`,
  });

  it("takes events from EventBridge, which gives SNS no key that a condition could hold", () => {
    expect(publish("events.amazonaws.com", {})).to.equal("allowed");
    expect(publish("lambda.amazonaws.com", {})).to.equal("not allowed");
  });

  it("takes them from the publishing role of each of our accounts, and from nobody else", () => {
    const principal = `arn:aws:iam::${DEV}:role/x`;
    expect(publish(principal, role(DEV, "dev-transit-events-1a2b3c4"))).to.equal("allowed");
    expect(publish(principal, role(DEV, "dev-node-1a2b3c4"))).to.equal("not allowed");
    expect(publish(principal, role(STRANGER, "dev-transit-events-1a2b3c4"))).to.equal("not allowed");
  });

  it("refuses whatever comes without TLS", () => {
    const plain = { ...role(DEV, "dev-transit-events-1a2b3c4"), "aws:SecureTransport": "false" };
    expect(publish(`arn:aws:iam::${DEV}:role/x`, plain)).to.equal("denied");
  });
});

describe("the publishing role of a spoke", () => {
  const documentOf = (type: string, property?: string): PolicyDocument =>
    policyOf(planned, "dev", `${type}::dev-transit-events`, property);

  it("publishes to the hub's topic alone", () => {
    const may = (resource: string): string =>
      evaluate(documentOf("aws:iam/rolePolicy:RolePolicy"), {
        principal: `arn:aws:iam::${DEV}:role/x`,
        action: "sns:Publish",
        resource,
        context: {},
      });
    expect(may(TOPIC)).to.equal("allowed");
    expect(may(`arn:aws:sns:ap-southeast-3:${STRANGER}:loot`)).to.equal("not allowed");
  });

  it("is taken by EventBridge for rules of the spoke's account, and by no other service", () => {
    const take = (principal: string, account: string): string =>
      evaluate(documentOf("aws:iam/role:Role", "assumeRolePolicy"), {
        principal,
        action: "sts:AssumeRole",
        resource: "role",
        context: { "aws:SourceAccount": account },
      });
    expect(take("events.amazonaws.com", DEV)).to.equal("allowed");
    expect(take("events.amazonaws.com", STRANGER)).to.equal("not allowed");
    expect(take("ec2.amazonaws.com", DEV)).to.equal("not allowed");
  });
});
