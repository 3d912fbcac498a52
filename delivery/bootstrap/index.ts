import { join } from "node:path";
import { prepare } from "./program";

export = (): Promise<Record<string, unknown>> => prepare(join(__dirname, "..", ".."));
