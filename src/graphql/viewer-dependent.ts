import { Extensions } from 'type-graphql';

/**
 * Marks a field whose answer depends on who asks. A live document that selects such a field runs once per viewer;
 * every other one runs once for all.
 */
export const ViewerDependent = (): ReturnType<typeof Extensions> => Extensions({ viewerDependent: true });
