/** A number for people to read: `10,000`. */
export const grouped = (count: number): string => count.toLocaleString('en');
