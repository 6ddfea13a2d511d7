export const LIMIT = 100;
