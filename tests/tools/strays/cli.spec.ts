import { expect } from "chai";
import { awsCli, stackExport, type CommandResult } from "../../../tools/strays/inventory/clients";

describe("commands of other programs", () => {
  it("return the JSON of the AWS CLI, or fail with its last line as the reason", () => {
    const ran = (answer: Partial<CommandResult>) => (): CommandResult => ({ code: 0, out: "", err: "", ...answer });
    expect(awsCli(ran({ out: '{"Roles":[]}' }), ["iam", "list-roles"])).to.deep.equal({ Roles: [] });
    expect(() => awsCli(ran({ code: undefined }), ["iam", "list-roles"])).to.throw(
      "The AWS CLI is not on the PATH. It is needed to list IAM roles, log groups and KMS keys: install it.",
    );
    const expired = "\nAn error occurred (ExpiredToken) when calling the ListRoles operation: The token is expired\n";
    expect(() => awsCli(ran({ code: 254, err: expired }), ["iam", "list-roles"])).to.throw(
      "aws iam list-roles failed: An error occurred (ExpiredToken) when calling the ListRoles operation: The token is expired.",
    );
    expect(stackExport(ran({ out: "{}" }), "dev")).to.equal("{}");
  });
});
