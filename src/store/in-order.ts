/** Runs asynchronous work one after the other, in the order in which it was added. */
export class InOrder {
  #last: Promise<unknown> = Promise.resolve();

  add<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    // Whoever added the work hears of its failure; the work behind it does not care.
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when everything added so far is done. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
