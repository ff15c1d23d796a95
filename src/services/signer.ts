import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs texts by a secret, for tokens that nobody has to keep. */
export interface Signer {
  /** Of a text: 43 characters of base64url (HMAC with SHA-256). */
  sign(text: string): string;
  /** Whether these 43 characters are the text's signature. How long it takes doesn't tell how near they are. */
  isSignature(signature: string, text: string): boolean;
}

export function createSigner(secret: Buffer): Signer {
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    sign,
    // As text: several texts decode to the same bytes.
    isSignature(signature, text) {
      const [given, expected] = [Buffer.from(signature), Buffer.from(sign(text))];
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
