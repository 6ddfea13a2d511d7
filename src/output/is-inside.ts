/** Whether a path, relative and in its shortest form, stays inside the folder it is meant for. */
export const isInside = (path: string): boolean =>
  path !== '' && !/[\\\0]|^[A-Za-z]:/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
