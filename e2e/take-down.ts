import { again, type AgainArgs } from "./again";
import type { Cloud } from "./facts";
import { STACKS } from "./register";
import type { Stacks } from "./stacks";

export interface RemoveArgs extends AgainArgs {
  readonly stacks: Stacks;
}

export interface TakeDownArgs extends RemoveArgs {
  readonly cloud: Cloud;
}

/**
 * Destroys every stack, last one first, and checks that nothing is left. As operators do, it turns off deletion protection
 * first. If a spoke cannot be destroyed, the hub stays, because the spoke needs it to be destroyed later.
 */
export async function takeDown(args: TakeDownArgs): Promise<void> {
  const { stacks, cloud, checks } = args;
  const names = await stacks.names();
  let stays = false;
  for (const name of STACKS.filter((each) => names.includes(each)).reverse()) {
    if (name === "hub" && stays) break;
    const gone = await checks.succeeds(`${name} is destroyed`, () => remove(args, name));
    stays ||= !gone;
  }
  const left = await cloud.leftovers();
  checks.holds("nothing is left", left.length === 0, left);
}

/** Destroys a stack. */
export async function remove(args: RemoveArgs, name: string): Promise<void> {
  const { stacks } = args;
  await letGo(stacks, name);
  await again(args, `destroy ${name}`, () => stacks.destroy(name));
}

async function letGo(stacks: Stacks, name: string): Promise<void> {
  await stacks.unlock(name);
  await stacks.configure(name, { protect: false });
  try {
    await stacks.up(name);
  } catch {
    // An interrupted stack may fail again here; it is destroyed anyway.
    await stacks.unprotect(name);
  }
}
