/** The user asked for something that cannot be: an unknown name, a number out of range. The command line exits with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** The option that is wrong, where it is one. */
  readonly field: string | null;

  constructor(message: string, { field = null, ...options }: ErrorOptions & { readonly field?: string | null } = {}) {
    super(message, options);
    this.field = field;
  }
}

/** The text of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
