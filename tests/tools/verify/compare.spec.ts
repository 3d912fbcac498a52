import { expect } from "chai";
import fc from "fast-check";
import { compare } from "../../../tools/verify/drift/compare";
import { unmatchedItems } from "../../../tools/verify/drift/difference";
import { UNKNOWN } from "../../../tools/verify/exports/export";

const policy = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

describe("a planned property and a deployed one", () => {
  for (const [what, planned, running] of [
    ["are written in other types", { version: "1", enabled: true }, { version: 1, enabled: "true" }],
    ["are lists in another order", { subnetIds: ["a", "b"] }, { subnetIds: ["b", "a"] }],
    ["are lists of objects in another order", { rules: [{ id: 1 }, { id: 2 }] }, { rules: [{ id: 2 }, { id: 1 }] }],
    ["differ only in properties that the provider adds", { rule: { a: 1 } }, { rule: { a: 1, b: 2 }, arn: "arn:1" }],
    ["are empty and absent", { ingress: [], comment: "", tags: {} }, {}],
    ["are absent and a default", { policy: null }, { policy: "x" }],
    ["are JSON with keys in another order", { policy: '{"a":1,"b":[2,3]}' }, { policy: '{ "b": [3, 2], "a": 1 }' }],
    [
      "are policies with one action, in a list and alone",
      { policy: policy({ Action: ["s3:GetObject"] }) },
      { policy: policy({ Action: "s3:GetObject" }) },
    ],
  ] as const) {
    it(`are the same if they ${what}`, () => {
      expect(compare(planned, running)).to.deep.equal([]);
    });
  }

  const lists = { planned: ["a", "b", "c"], running: ["c", "x", "a", "b"] };
  for (const [what, planned, running, path, values] of [
    [
      "a value",
      { cidrBlock: "10.1.0.0/16" },
      { cidrBlock: "10.2.0.0/16" },
      "cidrBlock",
      ["10.1.0.0/16", "10.2.0.0/16"],
    ],
    ["a nested value", { a: { b: { c: 1 } } }, { a: { b: { c: 2 } } }, "a.b.c", [1, 2]],
    ["a missing value", { a: { b: 1 } }, { a: {} }, "a.b", [1, undefined]],
    ["the one unplanned item of a list", { ids: lists.planned }, { ids: lists.running }, "ids", [undefined, ["x"]]],
    ["the one item that a list lacks", { ids: ["a", "b"] }, { ids: ["b"] }, "ids", [["a"], undefined]],
    ["an item by its position", { rules: [{ p: 1 }, { p: 2 }] }, { rules: [{ p: 3 }, { p: 1 }] }, "rules[1].p", [2, 3]],
    ["a tag", { tags: { Name: "a" } }, { tags: { Name: "b" } }, "tags.Name", ["a", "b"]],
    ["a tag that is not planned", { tags: {} }, { tags: { "a/b": "c" } }, 'tags["a/b"]', [undefined, "c"]],
    [
      "a value in a policy",
      { policy: policy({ Action: ["a", "b"], Effect: "Allow" }) },
      { policy: policy({ Action: ["b", "c"], Effect: "Allow" }) },
      "policy.Statement[0].Action[0]",
      ["a", "c"],
    ],
    [
      "a condition that is missing in a policy",
      { policy: policy({ Condition: { Bool: { a: "b" } } }) },
      { policy: policy({}) },
      "policy.Statement[0].Condition",
      [{ Bool: { a: "b" } }, undefined],
    ],
    [
      "an unplanned element of a policy",
      { policy: policy({ Effect: "Allow" }) },
      { policy: policy({ Effect: "Allow", NotAction: "x" }) },
      "policy.Statement[0].NotAction",
      [undefined, "x"],
    ],
    ["text in place of JSON", { policy: "{}" }, { policy: "{" }, "policy", ["{}", "{"]],
  ] as const) {
    it(`differ by ${what}`, () => {
      const found = compare(planned, running).map((each) => [each.path, each.planned, each.running, each.isUnknown]);
      expect(found).to.deep.equal([[path, ...values, false]]);
    });
  }

  for (const [property, why] of [
    ["domainNameServers", "clients ask the first one first"],
    ["instanceTypes", "EKS prefers the first one"],
  ] as const) {
    it(`differ by the order of ${property}, because ${why}`, () => {
      const found = compare({ [property]: ["a", "b"] }, { [property]: ["b", "a"] });
      expect(found.map(({ path }) => path)).to.deep.equal([`${property}[0]`, `${property}[1]`]);
    });
  }

  it("cannot be compared if one is unknown, but their other values are", () => {
    const planned = { a: UNKNOWN, b: { c: UNKNOWN, d: 1 }, list: ["x", UNKNOWN, "y"], more: [UNKNOWN, "x"] };
    const running = { a: 1, b: { c: 1, d: 2 }, list: ["x", "y", "z"], more: ["x", "y", "z"] };
    const found = compare(planned, running).map(
      ({ path, isUnknown }) => `${path} ${isUnknown ? "unknown" : "differs"}`,
    );
    expect(found).to.deep.equal(["a unknown", "b.c unknown", "b.d differs", "list[1] unknown", "more unknown"]);
  });

  it("are the same if they differ only in the order of lists", () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled).reverse();
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shuffled(each)]));
    };
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (properties) => {
        expect(compare(properties, shuffled(properties) as typeof properties)).to.deep.equal([]);
      }),
    );
  });
});

describe("the unmatched items of two lists", () => {
  it("are those by which the lists differ, with repetitions, in short and in long lists", () => {
    const padding = Array.from({ length: 300 }, (_, index) => `same ${String(index)}`);
    const item = fc.constantFrom("a", "b", "c");
    fc.assert(
      fc.property(fc.array(item), fc.array(item), fc.boolean(), (planned, running, isLong) => {
        const more = isLong ? padding : [];
        const left = unmatchedItems([...planned, ...more], [...more, ...running], Object.is);
        for (const each of ["a", "b", "c"]) {
          const count = (list: readonly unknown[]): number => list.filter((other) => other === each).length;
          const surplus = count(planned) - count(running);
          expect(count(left.planned.map(([, value]) => value))).to.equal(Math.max(surplus, 0));
          expect(count(left.deployed)).to.equal(Math.max(-surplus, 0));
        }
        expect(left.planned.every(([place, value]) => planned[place] === value)).to.equal(true);
      }),
    );
  });
});
