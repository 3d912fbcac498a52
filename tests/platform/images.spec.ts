import { expect } from "chai";
import { imageOf, workloadOf } from "../../components/facts/charts";
import { cachedRepository } from "../../platform/images";

const REGISTRY = "111111111111.dkr.ecr.ap-southeast-3.amazonaws.com";

describe("an image of a chart", () => {
  const image = imageOf(workloadOf("karpenter"));

  it("comes through the hub's registry, which caches it", () => {
    expect(cachedRepository(REGISTRY, image)).to.equal(`${REGISTRY}/ecr-public/karpenter/controller`);
    expect(cachedRepository(REGISTRY, { ...image, repository: "registry.k8s.io/a/b" })).to.equal(
      `${REGISTRY}/kubernetes/a/b`,
    );
  });

  it("of a registry that the hub does not cache is refused", () => {
    for (const repository of ["docker.io/library/nginx", "public.ecr.awsome/x"]) {
      expect(() => cachedRepository(REGISTRY, { ...image, repository })).to.throw(
        `the hub's registry does not cache ${repository}`,
      );
    }
  });
});
