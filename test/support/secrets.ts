/** Secrets that no service ever gave out, made here so that no scanner of sources is alarmed by a test. */
export const SECRET = ['ghp', 'q8ZrT2vLx0Nc4Yw7Ks1Jd5Hf9Mb3Pg6Ea2Uo'].join('_');
export const OTHER_SECRET = ['ghp', 'w3XtB7nQm5Rk9Vz1Cj4Ly8Gd2Sh6Fp0Ae7Iu'].join('_');
/** What is saved in the place of either. */
export const MARKER = '[redacted: github-token]';
