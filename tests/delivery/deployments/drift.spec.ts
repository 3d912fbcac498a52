import { expect } from "chai";
import { driftCrons } from "../../../delivery/deployments/drift";

describe("the search for drift", () => {
  it("is daily, a stack five minutes after the other", () => {
    expect(driftCrons(["hub", "dev", "staging", "prod"], 20)).to.deep.equal({
      hub: "0 20 * * *",
      dev: "5 20 * * *",
      staging: "10 20 * * *",
      prod: "15 20 * * *",
    });
  });

  it("stays within its hour, however many stacks there are", () => {
    const stacks = Array.from({ length: 14 }, (_, index) => `s${String(index)}`);
    expect(driftCrons(stacks, 20)).to.include({ s11: "55 20 * * *", s12: "0 20 * * *", s13: "5 20 * * *" });
  });

  it("refuses an hour that no day has", () => {
    for (const hour of [-1, 24]) {
      expect(() => driftCrons(["hub"], hour)).to.throw(
        `drift-hour is ${String(hour)}: must be a whole number from 0 to 23`,
      );
    }
  });
});
