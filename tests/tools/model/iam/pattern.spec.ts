import { expect } from "chai";
import fc from "fast-check";
import { hasWildcard, like, likeWithVariables, resolved } from "../../../../tools/model/iam/matching";

/** Text of a few characters, so that patterns and values meet. */
const value = fc.string({ unit: fc.constantFrom("a", "b", ":", "/"), maxLength: 8 });
const pattern = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 8 });

/** The same by a regular expression. */
function byRegExp(text: string): RegExp {
  return new RegExp(`^${text.replaceAll("?", ".").replaceAll("*", ".*")}$`, "s");
}

describe("a pattern of IAM's", () => {
  it("fits what the same regular expression fits", () => {
    fc.assert(
      fc.property(pattern, value, (p, v) => like(p, v) === byRegExp(p).test(v)),
      { numRuns: 2000 },
    );
  });

  it("without a wildcard fits itself alone", () => {
    fc.assert(fc.property(value, value, (p, v) => hasWildcard(p) || like(p, v) === (p === v)));
  });

  it("takes no longer for many asterisks", () => {
    const start = Date.now();
    expect(like("*a".repeat(2000), `${"a".repeat(20_000)}b`)).to.equal(false);
    expect(Date.now() - start).to.be.lessThan(5000);
  });
});

describe("a variable in a pattern", () => {
  const context: Readonly<Record<string, string>> = { "aws:username": "ann", "aws:odd": "a*" };
  const resolve = (key: string): string | undefined => context[key];

  it("stands for what the request has, wildcards of which are literal", () => {
    expect(likeWithVariables("home/${aws:username}/*", "home/ann/x", resolve)).to.equal(true);
    expect(likeWithVariables("home/${aws:odd}", "home/ab", resolve)).to.equal(false);
    expect(likeWithVariables("home/${aws:odd}", "home/a*", resolve)).to.equal(true);
  });

  it("that the request lacks fits nothing, but for its default", () => {
    expect(likeWithVariables("${aws:none}*", "anything", resolve)).to.equal(false);
    expect(likeWithVariables("${aws:none, 'x'}*", "xyz", resolve)).to.equal(true);
    expect(resolved("${aws:none}", resolve)).to.equal(undefined);
  });

  it("escapes the signs that have a meaning", () => {
    expect(likeWithVariables("a${*}b${?}c${$}", "a*b?c$", resolve)).to.equal(true);
    expect(likeWithVariables("a${*}", "ab", resolve)).to.equal(false);
  });

  it("is none where a plan has a symbol for an ARN", () => {
    const symbol = "${aws:s3/bucket:Bucket::hub-logs.arn}";
    expect(likeWithVariables(`${symbol}/*`, `${symbol}/AWSLogs/x`, resolve)).to.equal(true);
  });
});
