import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../tools/cli/comment";
import { readTextFile } from "../../../tools/io/files";

const PLAN = JSON.stringify({ version: 1, stacks: { hub: { resources: [] } } });

// Review F21.
describe("a file with a byte order mark", () => {
  for (const [what, bytes] of [
    ["UTF-8", Buffer.from(PLAN)],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${PLAN}`)],
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${PLAN}`, "utf16le")],
  ] as const) {
    it(`is read as ${what}, by npm run comment too`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "text-"));
      try {
        const file = join(folder, "plan.json");
        writeFileSync(file, bytes);
        expect(readTextFile(file, { what: "a plan", writtenBy: "", maxBytes: 1000 })).to.equal(PLAN);
        let err = "";
        await main([file, file], { out: () => undefined, err: (text) => void (err += text) });
        expect(err).not.to.contain("is not JSON");
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
