/** The variable that has a service's key in the environment, such as `OPENAI_API_KEY`. */
export function variableOf(provider: string): string {
  return `${provider.toUpperCase().replaceAll(/[.-]/g, '_')}_API_KEY`;
}
