import { expect } from "chai";
import { awsCli, stackExport, type Ran } from "../../strays/cli";

describe("the commands of other programs", () => {
  it("are answered with the JSON of the AWS CLI, or its last line as the reason", () => {
    const ran = (answer: Partial<Ran>) => (): Ran => ({ code: 0, out: "", err: "", ...answer });
    expect(awsCli(ran({ out: '{"Roles":[]}' }), ["iam", "list-roles"])).to.deep.equal({ Roles: [] });
    expect(() => awsCli(ran({ code: undefined }), ["iam", "list-roles"])).to.throw(
      "There is no AWS CLI on the PATH, which lists IAM roles, log groups and keys: install it.",
    );
    const expired = "\nAn error occurred (ExpiredToken) when calling the ListRoles operation: The token is expired\n";
    expect(() => awsCli(ran({ code: 254, err: expired }), ["iam", "list-roles"])).to.throw(
      "aws iam list-roles failed: An error occurred (ExpiredToken) when calling the ListRoles operation: The token is expired.",
    );
    expect(stackExport(ran({ out: "{}" }), "dev")).to.equal("{}");
  });
});
