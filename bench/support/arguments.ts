/** An option that counts something. @throws Error that ends with the usage */
export function atLeastOne(text: string, usage: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`"${text}" is not a whole number from 1 on.\n\n${usage}`);
  return number;
}
