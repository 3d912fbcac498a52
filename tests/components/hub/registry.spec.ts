import { expect } from "chai";
import { cacheLifecycle, repositoryLifecycle } from "../../../components/hub/registry";

// Review C6.
describe("the lifecycle of images", () => {
  it("of the cache deletes what has no tag after 90 days, since charts refer to such by digest", () => {
    expect(cacheLifecycle()).to.deep.equal({
      rules: [
        {
          rulePriority: 1,
          description: "Delete untagged images after 90 days",
          selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 90 },
          action: { type: "expire" },
        },
      ],
    });
  });

  it("of our own repositories deletes what has no tag after 7 days, and what has one never by its age", () => {
    expect(repositoryLifecycle()).to.deep.equal({
      rules: [
        {
          rulePriority: 1,
          description: "Delete untagged images after 7 days",
          selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
          action: { type: "expire" },
        },
        {
          rulePriority: 2,
          description: "Keep the newest 500 images",
          selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 500 },
          action: { type: "expire" },
        },
      ],
    });
  });
});
