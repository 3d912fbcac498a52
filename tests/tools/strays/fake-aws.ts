import type { Clients } from "../../../tools/strays/inventory/clients";

type Answer = object | ((input: Readonly<Record<string, unknown>>) => object);

/**
 * AWS that answers each call by the name of its command, `DescribeVpcs`, and the AWS CLI by its words; with nothing, a
 * call that is not listed. An Error is thrown.
 */
export function fakeAws(answers: Readonly<Record<string, Answer>>): Clients {
  const answer = (name: string, input: Readonly<Record<string, unknown>>): object => {
    const given = answers[name] ?? {};
    const found = typeof given === "function" ? (given as (from: typeof input) => object)(input) : given;
    if (found instanceof Error) throw found;
    return found;
  };
  const send = (call: { readonly constructor: { readonly name: string }; readonly input: Record<string, unknown> }) =>
    Promise.resolve().then(() => answer(call.constructor.name.replace(/Command$/, ""), call.input));
  const client = { send };
  const cli = (words: readonly string[]): unknown => answer(words.slice(0, 2).join(" "), { words });
  return { ec2: client, eks: client, route53: client, tagging: client, cli } as unknown as Clients;
}

/** Tags of a stack's resources, with a name. */
export function tags(Name: string, stack = "dev"): { Key: string; Value: string }[] {
  return Object.entries({ Project: "piksel", Environment: stack, Name }).map(([Key, Value]) => ({ Key, Value }));
}

/** An error as EKS makes it. */
export function notFound(): Error {
  return Object.assign(new Error("No cluster found for name: piksel-dev."), {
    name: "ResourceNotFoundException",
    $metadata: {},
  });
}
