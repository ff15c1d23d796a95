/** The cookies of one server. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  /** Takes one header `Set-Cookie`. */
  set(header: string): void {
    const [pair = '', ...attributes] = header.split(';').map((each) => each.trim());
    const at = pair.indexOf('=');
    const isOver = attributes.some((each) => /^max-age=0$/i.test(each));
    if (isOver) this.#cookies.delete(pair.slice(0, at));
    else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }

  /** The header `Cookie`; empty without any. */
  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get names(): readonly string[] {
    return [...this.#cookies.keys()];
  }
}
