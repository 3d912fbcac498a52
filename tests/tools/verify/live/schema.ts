import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as ts from "typescript";

/** The form of a property, as the provider's package declares it. */
export interface Shape {
  readonly kind: "string" | "number" | "boolean" | "map" | "object";
  readonly isList: boolean;
  /** Of an object, its properties. */
  readonly properties: Shapes;
}
export type Shapes = ReadonlyMap<string, Shape>;

const PACKAGE = dirname(require.resolve("@pulumi/aws/package.json"));
const SCALARS: readonly string[] = ["string", "number", "boolean"];

const parse = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(join(PACKAGE, path), "utf8"), ts.ScriptTarget.Latest, false);

/** Forms of nested properties by their qualified names, `ec2.LaunchTemplateMetadataOptions`. */
const nested = new Map<string, readonly ts.TypeElement[]>();
function collect(node: ts.Node, path: readonly string[]): void {
  ts.forEachChild(node, (child) => {
    if (ts.isModuleDeclaration(child) && child.body !== undefined) collect(child.body, [...path, child.name.text]);
    else if (ts.isInterfaceDeclaration(child)) nested.set([...path, child.name.text].join("."), child.members);
    else collect(child, path);
  });
}
collect(parse("types/output.d.ts"), []);

/** The outputs of a resource type: the properties of its class. */
export function schemaOf(type: string): Shapes {
  const [, path = "", name = ""] = /^aws:([^:]+):(\w+)$/.exec(type) ?? [];
  const found = new Map<string, Shape>();
  ts.forEachChild(parse(`${path}.d.ts`), (node) => {
    if (!ts.isClassDeclaration(node) || node.name?.text !== name) return;
    for (const member of node.members) {
      const isOfObject = ts.isPropertyDeclaration(member) && !member.modifiers?.some(isStatic);
      if (!isOfObject || member.type === undefined || !ts.isIdentifier(member.name)) continue;
      if (ts.isTypeReferenceNode(member.type)) found.set(member.name.text, shape(member.type.typeArguments?.[0]));
    }
  });
  if (found.size === 0) throw new Error(`@pulumi/aws declares no ${type}`);
  return found;
}

function isStatic({ kind }: ts.ModifierLike): boolean {
  return kind === ts.SyntaxKind.StaticKeyword;
}

function shape(node: ts.TypeNode | undefined): Shape {
  if (node === undefined) throw new Error("a property without a type");
  if (ts.isUnionTypeNode(node)) {
    return shape(node.types.find((each) => each.kind !== ts.SyntaxKind.UndefinedKeyword));
  }
  if (ts.isArrayTypeNode(node)) return { ...shape(node.elementType), isList: true };
  if (ts.isTypeLiteralNode(node)) return { kind: "map", isList: false, properties: new Map() };
  if (ts.isTypeReferenceNode(node)) {
    const members = nested.get(qualified(node.typeName).replace(/^outputs\./, ""));
    return { kind: "object", isList: false, properties: new Map((members ?? []).flatMap(property)) };
  }
  const kind =
    SCALARS[
      [ts.SyntaxKind.StringKeyword, ts.SyntaxKind.NumberKeyword, ts.SyntaxKind.BooleanKeyword].indexOf(node.kind)
    ];
  return { kind: (kind ?? "string") as Shape["kind"], isList: false, properties: new Map() };
}

function property(member: ts.TypeElement): [string, Shape][] {
  if (!ts.isPropertySignature(member) || !ts.isIdentifier(member.name)) return [];
  return [[member.name.text, shape(member.type)]];
}

function qualified(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${qualified(name.left)}.${name.right.text}`;
}
