/** What kept the store from doing as it was asked. The message says what was expected and what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type StoreErrorCode =
  /** The data directory or its disk does not take what is written. */
  | "unwritable"
  /** The data was written by a newer heed. */
  | "newer"
  /** The file is no database, or a damaged one. */
  | "damaged"
  /** Another process writes for so long that this one gave up waiting. */
  | "busy"
  | "unknown-run"
  /** Another run has this name, or the name cannot be one. */
  | "bad-name"
  /** Another process works on this run. */
  | "run-held"
  /** The run has no sound checkpoint where one was asked for. */
  | "no-checkpoint";
