import table from "./forces-replacement.json";

/**
 * Properties of a type whose change AWS cannot make in place: the provider deletes the resource and makes another.
 * Nested ones are written `a.b`.
 *
 * The table is the AWS provider's own knowledge (Terraform's ForceNew), for every type that the program uses.
 *
 * @throws for a type that is not in the table: to call it safe without knowing would be a guess.
 */
export function replacesOn(type: string): readonly string[] {
  const properties = knownToReplace(type);
  if (properties === undefined)
    throw new Error(`plan/forces-replacement.json does not know ${type}: add what replaces it`);
  return properties;
}

/** The same, and `undefined` for a type that is not in the table. */
export function knownToReplace(type: string): readonly string[] | undefined {
  if (!type.startsWith("aws:")) return [];
  return (table as Readonly<Record<string, readonly string[]>>)[type];
}
