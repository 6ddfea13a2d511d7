/** Methods that routers have a function for, by its name. */
export const HTTP_METHODS: readonly string[] = [
  ...['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace', 'connect', 'copy', 'lock', 'unlock', 'link', 'unlink'],
  ...['merge', 'mkactivity', 'mkcol', 'move', 'notify', 'propfind', 'proppatch', 'purge', 'report', 'search', 'subscribe', 'unsubscribe'],
  ...['checkout', 'm-search'],
];

/** Method of a request for the name of a function: `del` and `all` are no methods. */
export const toMethod = (name: string): string => (name === 'all' ? 'ALL' : name === 'del' ? 'DELETE' : name.toUpperCase());
