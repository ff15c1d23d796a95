/** A record with the given fields set; what is undefined stays as it is. */
export function patched<T extends object>(current: T, patch: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return given.length === 0 ? current : { ...current, ...Object.fromEntries(given) };
}
