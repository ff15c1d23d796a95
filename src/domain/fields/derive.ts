import { z } from 'zod';

/** The fields of one kind of record, each a schema: what is derived from them is declared nowhere else. */
type Fields = Readonly<Record<string, z.ZodType>>;

type Listed<T> = T extends (infer E)[] ? readonly Readonly<E>[] : T;
type WithoutDefault<S> = S extends z.ZodDefault<infer Inner> ? Inner : S;

/** The fields as a record holds them, read-only. */
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: Listed<z.output<F[K]>> };

/** What a caller may pass to be parsed by an object's schema: optional where there is a default; lists may be read-only. */
export type InputOf<S extends z.ZodType> =
  S extends z.ZodType<unknown, infer Input>
    ? { readonly [K in keyof Input]: Listed<Exclude<Input[K], undefined>> | Extract<Input[K], undefined> }
    : never;

/** The same fields, none of which may be left out: as a stored record has them. */
export function withoutDefaults<F extends Fields>(fields: F): { readonly [K in keyof F]: WithoutDefault<F[K]> } {
  const bare = Object.entries(fields).map(([name, field]) => [name, withoutDefault(field)]);
  return Object.fromEntries(bare) as { readonly [K in keyof F]: WithoutDefault<F[K]> };
}

/** The same fields, each of which may be left out and then stays undefined: as an update takes them. */
export function optional<F extends Fields>(
  fields: F,
): { readonly [K in keyof F]: z.ZodOptional<WithoutDefault<F[K]> & z.ZodType> } {
  const open = Object.entries(fields).map(([name, field]) => [name, withoutDefault(field).optional()]);
  return Object.fromEntries(open) as { readonly [K in keyof F]: z.ZodOptional<WithoutDefault<F[K]> & z.ZodType> };
}

/** The values of the fields that have a default. */
export function defaultsOf<F extends Fields>(fields: F): Defaults<F> {
  const given = Object.entries(fields).flatMap(([name, field]) =>
    field instanceof z.ZodDefault ? [[name, field.def.defaultValue]] : [],
  );
  return Object.fromEntries(given) as Defaults<F>;
}

type Defaults<F extends Fields> = ValuesOf<{ [K in keyof F as F[K] extends z.ZodDefault ? K : never]: F[K] }>;

function withoutDefault(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field;
}
