import type { RequestHandler } from 'express';

export const report: RequestHandler = (_request, response) => response.json({});
