import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { positionOf } from './edit.js';
import { InvalidTextError, isTable, type Path, type TextFormat, UnsafeEditError } from './format.js';
import { insertItem, removeItem, replaceValue } from './json-items.js';
import { type Layout, layOut } from './json-layout.js';

/** Of a new file. */
const NEW: Layout = { unit: '  ', lineBreak: '\n', isSpaced: true };

/** JSON, with the comments and trailing commas that hosts allow. */
export const JSON_TEXT: TextFormat = {
  name: 'JSON',

  parse(text) {
    const tree = treeOf(text);
    return tree ? getNodeValue(tree) : {};
  },

  put(text, path, value) {
    const tree = treeOf(text);
    if (!tree) {
      const whole = `${layOut(null, nested(path, value), NEW, '')}\n`;
      return [{ offset: 0, removed: text, inserted: whole }];
    }
    let container = tree;
    for (const [depth, key] of path.entries()) {
      const item = itemAt(container, key);
      const node = item && valueNode(item);
      const rest = path.slice(depth + 1);
      if (!node) return insertItem(text, container, typeof key === 'string' ? key : null, nested(rest, value));
      if (rest.length === 0) return replaceValue(text, node, value);
      container = node;
    }
    return [];
  },

  remove(text, path) {
    const tree = treeOf(text);
    let container = tree;
    for (const [depth, key] of path.entries()) {
      const item = container && itemAt(container, key);
      if (!item) return [];
      if (depth === path.length - 1) return removeItem(text, container!, container!.children!.indexOf(item));
      container = valueNode(item);
    }
    return [];
  },
};

/** The value with the tables and lists of the path around it. */
function nested(path: Path, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), value);
}

/** The property or the element. Of properties with the same key the last one counts, as everywhere. @throws UnsafeEditError */
function itemAt(container: Node, key: string | number): Node | undefined {
  const wanted = typeof key === 'number' ? 'array' : 'object';
  if (container.type !== wanted) throw new UnsafeEditError(`there is ${container.type} where ${wanted} belongs`);
  const items = container.children ?? [];
  return typeof key === 'number' ? items[key] : items.findLast(({ children }) => children?.[0]?.value === key);
}

const valueNode = (item: Node): Node | undefined => (item.type === 'property' ? item.children?.[1] : item);

/** Undefined when there is nothing but spaces. @throws InvalidTextError */
function treeOf(text: string): Node | undefined {
  if (text.trim() === '') return undefined;
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) {
    const { line, column } = positionOf(text, first.offset);
    throw new InvalidTextError(line, column, inWords(printParseErrorCode(first.error)));
  }
  if (!tree || !isTable(getNodeValue(tree))) throw new InvalidTextError(1, 1, 'it is not an object');
  return tree;
}

/** `CommaExpected` is "comma expected". */
const inWords = (code: string): string => code.replace(/(?!^)[A-Z]/g, ' $&').toLowerCase();
