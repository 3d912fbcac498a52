import { expect } from "chai";
import { decodeSettings } from "../../../components/settings/decode";
import { faultsOf, goodConfig, raw } from "./good-config";

const TOPIC = (name: string, region = "ap-southeast-3"): string => `arn:aws:sns:${region}:111111111111:${name}`;

function withKeys(keys: Readonly<Record<string, unknown>>, stack = "dev") {
  const config = goodConfig(stack);
  return { ...config, values: { ...config.values, ...keys } };
}
const faults = (keys: Readonly<Record<string, unknown>>) => faultsOf(withKeys(keys));
const warnings = (keys: Readonly<Record<string, unknown>>, stack = "dev"): readonly string[] =>
  decodeSettings(raw(withKeys(keys, stack))).warnings.filter((each) => /alarm/.test(each));

describe("alarm-emails", () => {
  it("takes addresses, with a tag and in a subdomain", () => {
    expect(faults({ "alarm-emails": ["a.b+network@mail.example.org", "A@EXAMPLE.ORG"] })).to.deep.equal([]);
  });

  for (const address of [
    "network",
    "a@b",
    "a@b.org, c@d.org",
    "a b@c.org",
    "<a@b.org>",
    "",
    `${"a".repeat(250)}@b.org`,
  ]) {
    it(`refuses ${JSON.stringify(address.slice(0, 30))}`, () => {
      expect(faults({ "alarm-emails": [address] })).to.deep.equal([
        `alarm-emails[0] is ${JSON.stringify(address)}: must be one e-mail address, such as network@example.org`,
      ]);
    });
  }
});

describe("alarm-topics", () => {
  it("takes standard topics of any account in the Region of the stack", () => {
    expect(faults({ "alarm-topics": ["a", "b", "c", "On_call-1"].map((name) => TOPIC(name)) })).to.deep.equal([]);
  });

  for (const arn of [
    "on-call",
    TOPIC("on-call.fifo"),
    "arn:aws:sqs:ap-southeast-3:111111111111:q",
    "arn:aws:sns:ap-southeast-3:1:t",
  ]) {
    it(`refuses ${arn}`, () => {
      expect(faults({ "alarm-topics": [arn] })).to.deep.equal([
        `alarm-topics[0] is ${JSON.stringify(arn)}: must be the ARN of a standard SNS topic, ` +
          "such as arn:aws:sns:ap-southeast-3:111111111111:on-call",
      ]);
    });
  }

  it("refuses a topic of another Region, which CloudWatch cannot notify", () => {
    expect(faults({ "alarm-topics": [TOPIC("on-call", "eu-west-1")] })).to.deep.equal([
      `alarm-topics[0] is "${TOPIC("on-call", "eu-west-1")}": a topic in eu-west-1; an alarm notifies topics of its own ` +
        "Region only, so choose one in ap-southeast-3",
    ]);
  });

  it("refuses a fifth: an alarm has five actions, and one is the stack's own topic", () => {
    const five = ["a", "b", "c", "d", "e"].map((name) => TOPIC(name));
    expect(faults({ "alarm-topics": five })).to.deep.equal([
      `alarm-topics is ${JSON.stringify(five)}: lists 5; an alarm has at most 5 actions, of which one is the stack's own ` +
        "topic: list at most 4, and subscribe the others to one of these",
    ]);
  });
});

describe("alarms", () => {
  it("warn where they reach nobody, in the hub and in spokes", () => {
    for (const stack of ["hub", "dev"]) {
      expect(warnings({ "alarm-emails": [], "alarm-topics": [] }, stack)).to.deep.equal([
        "alarms notify nobody: list alarm-emails or alarm-topics, or set alarms to false",
      ]);
    }
  });

  it("warn where only the page reaches somebody, and where they are off", () => {
    expect(warnings({ "alarm-emails": [], "alarm-topics": [TOPIC("on-call")] })).to.deep.equal([
      "alarm-emails is empty, so warnings notify nobody: alarm-topics get the alarm that pages only",
    ]);
    expect(warnings({ alarms: false })).to.deep.equal([
      "alarms is false, so alarm-emails and alarm-topics change nothing",
    ]);
    expect(warnings({ alarms: false, "alarm-emails": [] })).to.deep.equal([]);
    expect(warnings({})).to.deep.equal([]);
  });
});
