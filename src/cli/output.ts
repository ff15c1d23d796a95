import { styleText } from 'node:util';
import { CliError } from './exit.js';
import { colouredLines, plainLines, plainText, toJson } from './text.js';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** A command's output: lines for a person, or JSON for a program, one object a line. */
export interface Output {
  readonly isJson: boolean;
  /** Whether there is a terminal for questions. */
  readonly canAsk: boolean;
  /** Whether lines can be redrawn. */
  readonly canDraw: boolean;
  /** Prints for a person; nothing in JSON. */
  line(text?: string): void;
  /** Prints for a program; nothing otherwise. */
  json(value: object): void;
  /** Prints a part of a document; on a terminal without control sequences. Resolves when the next part can be printed. */
  document(part: string): Promise<void>;
  /** On standard error. */
  error(error: unknown): void;
  /** On standard error, for a person: remarks that aren't part of the result. */
  note(text: string): void;
  style(style: Style, text: string): string;
}

/** Standard output and standard error. */
export function createOutput({
  isJson,
  isColorful,
}: {
  readonly isJson: boolean;
  readonly isColorful: boolean;
}): Output {
  const { stdin, stdout, stderr } = process;
  const isDrawn = Boolean(stdout.isTTY) && !isJson;
  const paints = isColorful && isDrawn && stdout.hasColors();
  const style = (name: Style, text: string) => (paints ? styleText(name, text, { validateStream: false }) : text);
  return {
    isJson,
    canAsk: isDrawn && Boolean(stdin.isTTY),
    canDraw: isDrawn,
    line(text = '') {
      if (!isJson) stdout.write(`${colouredLines(text)}\n`);
    },
    json(value) {
      if (isJson) stdout.write(`${toJson(value)}\n`);
    },
    document: (part) =>
      new Promise((resolve) => void stdout.write(stdout.isTTY ? plainText(part) : part, () => resolve())),
    error(error) {
      const { message, hint, code } = described(error);
      if (isJson) stderr.write(`${toJson({ type: 'error', code, message, hint })}\n`);
      else stderr.write(`${plainLines([message, hint].filter(Boolean).join('\n'))}\n`);
    },
    note(text) {
      if (!isJson) stderr.write(`${plainLines(text)}\n`);
    },
    style,
  };
}

function described(error: unknown): { message: string; hint: string | null; code: string | null } {
  if (error instanceof CliError) return error;
  // A bug: the stack says where.
  return {
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    hint: null,
    code: 'INTERNAL',
  };
}
