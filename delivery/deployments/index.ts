import { join } from "node:path";
import { setUp } from "./program";

export = (): Promise<Record<string, unknown>> => setUp(join(__dirname, "..", ".."));
