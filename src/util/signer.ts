import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs texts with a secret. */
export interface Signer {
  /** The signature of a text: 43 characters of base64url (HMAC with SHA-256). */
  sign(text: string): string;
  /** Whether these 43 characters are the text's signature. Takes the same time however close they are. */
  isSignature(signature: string, text: string): boolean;
}

export function createSigner(secret: Buffer): Signer {
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    sign,
    // Compared as text: several texts decode to the same bytes.
    isSignature: (signature, text) => isSameSecret(signature, sign(text)),
  };
}

/** Whether two secrets are equal. Takes the same time however close they are, if they are of one length. */
export function isSameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
