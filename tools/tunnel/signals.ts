import { SIGNALS } from "../io/processes";

/** A process, as far as it receives signals. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

/** Runs `body`, whose signal is aborted by the first signal to the process; the reason is its name. */
export async function untilSignal<T>(source: SignalSource, body: (ending: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    ending.abort(signal);
  };
  for (const signal of SIGNALS) source.on(signal, onSignal);
  try {
    return await body(ending.signal);
  } finally {
    for (const signal of SIGNALS) source.off(signal, onSignal);
  }
}
