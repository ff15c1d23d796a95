import { hash } from 'node:crypto';

/** Hash of a content, by which its vectors are found again: SHA-256, its first 128 bits in hex. */
export function contentHash(content: string): string {
  return hash('sha256', content, 'hex').slice(0, 32);
}
