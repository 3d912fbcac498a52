import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Folders in the order of their layers: each may import from itself and from those before it. */
const LAYERS = [
  "components/facts",
  "components/settings",
  "components/alarms",
  "components/network",
  "components/hub",
  "components/spoke",
  "tools/io",
  "tools/model",
  "tools/checks",
  "tools/costs",
  "tools/planner",
  "tools/report",
  "tools/verify",
  "tools/upgrade",
  "tools/strays",
  "tools/versions",
  "tools/tunnel",
  "tools/cli",
  "tools/bench",
];

/** Folders that nothing below or beside them imports. */
const TOP = ["policy", "delivery", "e2e", "tests"];

/** Tools for which a plan of the platform is like that of any stack. */
const NO_PLATFORM = LAYERS.filter((layer) => layer.startsWith("tools/") && layer !== "tools/planner");

/** What a file may not import, as zones of import-x/no-restricted-paths. */
const zones = [
  ...LAYERS.flatMap((target, index) => LAYERS.slice(index + 1).map((from) => ({ target, from }))),
  ...["components", "tools", ...TOP.slice(0, 3)].map((target) => ({
    target,
    from: TOP.filter((from) => from !== target),
  })),
  { target: "components", from: "tools" },
  // A hub and a spoke know of each other only what is in the contract.
  { target: "components/spoke", from: "components/hub" },
  // The platform knows of the network only what is in its contract, and the network nothing of the platform.
  { target: "platform", from: [...TOP, "tools", "components/network", "components/hub", "components/spoke"] },
  { target: ["components", "policy", "delivery", ...NO_PLATFORM], from: "platform" },
].map((zone) => ({ ...zone, message: "A folder imports only from layers before it (eslint.config.mjs)." }));

/** Pure code imports no Pulumi, so that it runs and is tested without an engine. */
const PURE = [
  "components/*.ts",
  "components/{facts,settings}/**/*.ts",
  "components/alarms/{dashboard,kinds,names,subjects}.ts",
  "components/**/*-{policy,queries,manifests,services}.ts",
  "tools/{io,model,checks,costs,verify,upgrade,strays,versions,tunnel}/**/*.ts",
  "delivery/*.ts",
  "delivery/bootstrap/{boundary*,deployment-policy,grants*,reading}.ts",
  "delivery/deployments/{platforms,rollout}.ts",
  "platform/{access,entry,images,kubeconfig,names,settings,waiting,*-manifests,*-policies,*-settings}.ts",
];
/** The files at the top of components/ that use Pulumi. */
const NOT_PURE = ["components/{contract,hub-contract,platform-contract,stack,transforms}.ts"];

export default tseslint.config(
  { ignores: ["node_modules", "out"] },
  ...tseslint.configs.strict,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeCheckedOnly],
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true } },
    settings: { "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".js", ".json"] })] },
    rules: {
      // Values of JSON have the type unknown, and their text is what is meant.
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-require-imports": "off",
      // A function of an asynchronous interface may have nothing to await.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-restricted-paths": ["error", { zones }],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  {
    // Runs before TypeScript is loaded.
    files: ["**/*.cjs"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // chai's assertions are expressions: expect(x).to.be.true
    files: ["tests/**/*.ts"],
    rules: { "@typescript-eslint/no-unused-expressions": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["components/network/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[property.name=/^(public|private|isolated)SubnetIds$/]",
          message: "Unknown as a whole while a zone is added: take an element, by Network.subnetIds (ADR 3).",
        },
      ],
    },
  },
  {
    files: PURE,
    ignores: NOT_PURE,
    rules: { "no-restricted-imports": ["error", { patterns: ["@pulumi/*"] }] },
  },
);
