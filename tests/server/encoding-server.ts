/** The production server, which says of each view that it turns into JSON whose it is. */
const stringify = JSON.stringify.bind(JSON) as (...given: unknown[]) => string;

JSON.stringify = (...given: unknown[]) => {
  const [value] = given as [{ audience?: string; workshop?: { language: string } } | undefined];
  if (value?.audience !== undefined)
    console.log(`encoded ${value.audience} ${value.workshop?.language}`);
  return stringify(...given);
};
await import('#server/main.ts');
export {};
