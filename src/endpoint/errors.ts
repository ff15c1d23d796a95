/** A credential that can't be used, or kept. Its texts have no secrets. */
export class CredentialsError extends Error {
  constructor(
    message: string,
    /** What to do next. */
    readonly hint: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CredentialsError';
  }
}
