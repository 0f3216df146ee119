// What the benchmark and its server say to each other.

export type ToServer = { readonly kind: "load" } | { readonly kind: "stop" };

export type FromServer =
  | { readonly kind: "serving"; readonly port: number; readonly run: string; readonly tokens: readonly string[] }
  | { readonly kind: "load"; readonly load: Load }
  | { readonly kind: "fault"; readonly message: string };

/** Since the last time that it was asked for. */
export interface Load {
  /** Processor time of the main thread, per second. */
  readonly cores: number;
  /** Share of the time that its event loop did not wait, for disks among others. */
  readonly utilisation: number;
  readonly heapMegabytes: number;
  readonly residentMegabytes: number;
  readonly garbageMilliseconds: number;
  /** Queries asked so far. */
  readonly asked: number;
}
