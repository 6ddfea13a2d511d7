import { Router } from 'express';
import passport from 'passport';
import { report } from './report';
import { strategy } from './strategy';

passport.use(strategy);

export const adminRoutes = Router();
adminRoutes.get('/report', report);
