import tseslint from "typescript-eslint";

const pulumiPackages = ["@pulumi/*"];

export default tseslint.config(
  { ignores: ["node_modules", "out"] },
  ...tseslint.configs.strict,
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
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
    // What a hub and a spoke know of each other is the contract, and nothing else.
    files: ["components/hub/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: ["**/spoke/**", "**/spoke"] }] },
  },
  {
    files: ["components/spoke/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: ["**/hub/**", "**/hub"] }] },
  },
  {
    files: ["components/network/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[property.name=/^(public|private|isolated)SubnetIds$/]",
          message: "Unknown as a whole while a zone is added: take an element, by vpc-parts.ts (ADR 3).",
        },
      ],
    },
  },
  {
    // Pure code: no Pulumi, so that it runs and is tested without an engine.
    files: [
      "components/settings/**/*.ts",
      "components/facts/**/*.ts",
      "tools/{model,checks,costs,verify,versions,strays}/**/*.ts",
      "delivery/deployments/{credentials,drift,environment,operations,paths,pre-run,previews,rollout}.ts",
      "delivery/bootstrap/{boundary,deployment-policy,documents,grants*,identities,reading,register,trust-policy}.ts",
      "components/{address-plan,deployment-identities,hub-roles,policy-document,tags}.ts",
      "components/**/*-{policy,queries,lifecycle,manifests}.ts",
    ],
    rules: { "no-restricted-imports": ["error", { patterns: pulumiPackages }] },
  },
);
