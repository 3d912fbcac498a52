// The policy pack's entry. The Pulumi CLI passes no options to node for a policy pack, so the loader comes from here.
"use strict";

require("../tools/cli/start.cjs");
require("./index.ts");
