/** The largest message that is read, in bytes (48 MB, as MongoDB's). */
export const maxMessageSize = 48_000_000;

/** A reply may hold a document of 16 MiB and what is around it. */
export const headerSize = 16;
