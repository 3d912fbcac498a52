import { expect } from "chai";
import fc from "fast-check";
import { anyOf, MAX_CHILDREN, MAX_RULE, pageRules, ruleGroups } from "../../../components/alarms/names";

const names = fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,60}$/), { maxLength: 400 });

describe("the rule of a composite alarm", () => {
  it("is on while any of its alarms is", () => {
    expect(anyOf(["a", "b"])).to.equal('ALARM("a") OR ALARM("b")');
    expect(ruleGroups([])).to.deep.equal([]);
    expect(ruleGroups(["a", "b"])).to.deep.equal([["a", "b"]]);
  });

  it("is a rule of groups where there are more alarms than one can have, and of the alarms else", () => {
    const alarms = Array.from({ length: 101 }, (_, index) => `a${String(index)}`);
    expect(pageRules("piksel-hub", alarms.slice(0, 2))).to.deep.equal({
      rule: 'ALARM("a0") OR ALARM("a1")',
      groups: [],
    });
    expect(pageRules("piksel-hub", alarms)).to.deep.equal({
      rule: 'ALARM("piksel-hub-group-1") OR ALARM("piksel-hub-group-2")',
      groups: [
        { name: "piksel-hub-group-1", rule: anyOf(alarms.slice(0, 100)) },
        { name: "piksel-hub-group-2", rule: 'ALARM("a100")' },
      ],
    });
  });

  it("has groups where one rule cannot have all alarms, each within CloudWatch's limits, none lost, in their order", () => {
    fc.assert(
      fc.property(names, (alarms) => {
        const groups = ruleGroups(alarms);
        expect(groups.flat()).to.deep.equal(alarms);
        for (const group of groups) {
          expect(group).to.have.lengthOf.within(1, MAX_CHILDREN);
          expect(anyOf(group).length).to.be.at.most(MAX_RULE);
        }
        // No two groups that follow each other would fit into one.
        groups.slice(1).forEach(([first = ""], index) => {
          const before = groups[index] ?? [];
          const together = [...before, first];
          expect(together.length > MAX_CHILDREN || anyOf(together).length > MAX_RULE).to.be.true;
        });
      }),
    );
  });
});
