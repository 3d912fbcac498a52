import { expect } from "chai";
import { vcpusOf } from "../../../tools/checks/quotas/measures";
import { lookup } from "../../../tools/model/resource";
import { protocolNamed } from "../../../tools/model/topology/packet-filters";

describe("a lookup in a table", () => {
  it("finds what was put in, and nothing that every object has", () => {
    expect(lookup({ a: 1 }, "a")).to.equal(1);
    for (const key of ["b", "constructor", "toString", "__proto__"]) expect(lookup({ a: 1 }, key)).to.equal(undefined);
  });

  it("keeps names of an export from being taken for entries", () => {
    expect(protocolNamed("constructor")).to.equal("constructor");
    expect(vcpusOf("m7g.constructor")).to.equal(undefined);
  });
});
