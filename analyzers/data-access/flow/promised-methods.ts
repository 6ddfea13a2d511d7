/** The method behind `queryAsync`, which `promisifyAll` of bluebird puts on a client. */
export const promisedMethod = (name: string): string => name.replace(/(?<=.)Async$/, '');
