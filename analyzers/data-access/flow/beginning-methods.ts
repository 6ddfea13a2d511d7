/** Methods of database clients that begin a transaction and pass its client to a callback, or return it. */
export const beginningMethods: ReadonlySet<string> = new Set(['transaction', '$transaction', 'tx', 'txIf', 'begin', 'beginTransaction']);
