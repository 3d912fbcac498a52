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
 * Takes down every stack that there is, last come first, and looks for what is left. As operators do: the guards off,
 * then the destruction. A spoke that stays keeps the hub, without which it could not be taken down later.
 */
export async function takeDown(args: TakeDownArgs): Promise<void> {
  const { stacks, cloud, checks } = args;
  const names = await stacks.names();
  let stays = false;
  for (const name of STACKS.filter((each) => names.includes(each)).reverse()) {
    if (name === "hub" && stays) break;
    const gone = await checks.succeeds(`${name} is taken down`, () => remove(args, name));
    stays ||= !gone;
  }
  const left = await cloud.leftovers();
  checks.holds("nothing is left", left.length === 0, left);
}

/** Takes down a stack. */
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
    // A stack that has stopped half-way, and stops there again. It is destroyed all the same.
    await stacks.unprotect(name);
  }
}
