/** Documents of the collection whose indexes come and go: some hundred pages. */
export const pagesSize = 3000;
/** Documents that one command makes of a collection which the next one drops. */
export const scratchSize = 50;
/** Bytes of each file: three chunks of GridFS. */
export const fileSize = 600_000;
