import express from 'express';
import { slow } from './slow';

const application = express();

application.get('/ping', (request, response) => response.json({ user: request.user?.name }));
application.get('/slow', slow);

export default application;
