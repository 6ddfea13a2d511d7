import type { RequestHandler } from 'express';

export const slow: RequestHandler = (_request, response) => {
  setTimeout(() => response.end(), 1000);
};
