// The two ways out: standard output for results, standard error for whatever is said to people meanwhile.

/** Something that text is written to. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export class Output {
  readonly json: boolean;
  readonly #results: TextStream;
  readonly people: TextStream;

  /** @param json whether results are JSON, one object a line, and nothing else */
  constructor(json: boolean, results: TextStream = process.stdout, people: TextStream = process.stderr) {
    this.json = json;
    this.#results = results;
    this.people = people;
  }

  /** A result: the object with `--json`, else the text, if there is one. */
  result(object: object, text?: string): void {
    if (this.json) this.#results.write(`${JSON.stringify(object)}\n`);
    else if (text !== undefined) this.#results.write(`${text}\n`);
  }

  /** Tells people something that is no result. */
  say(text: string): void {
    this.people.write(`${text}\n`);
  }
}
