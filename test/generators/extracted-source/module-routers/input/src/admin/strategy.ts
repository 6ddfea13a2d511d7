import { Strategy } from 'passport-custom';

export const strategy = new Strategy((_request, done) => done(null, false));
