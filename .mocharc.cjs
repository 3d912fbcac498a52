const { availableParallelism } = require("node:os");

module.exports = {
  require: ["./tools/cli/start.cjs"],
  timeout: 180_000,
  forbidOnly: true,
  // For "npm run unit", which runs the specs in parallel.
  jobs: availableParallelism(),
};
