/** The file name mongodump gives a collection: its name, with what file systems do not take percent-encoded. */
export function fileNameOf(collection: string): string {
  return encodeURIComponent(collection);
}

/** The collection of a file that mongodump wrote, `<name>.bson`. */
export function collectionOf(fileName: string): string {
  return decodeURIComponent(fileName.slice(0, -'.bson'.length));
}
